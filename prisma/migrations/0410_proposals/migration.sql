-- What we sell at which price, what a customer was offered, who approved it, and that two offers never stand against each other.

CREATE TABLE "products" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "products_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "products_name_key" UNIQUE ("workspace_id","name")
);

-- The rate is how many units of the workspace's currency one unit of the book's currency is, in millionths; null while nobody said.
CREATE TABLE "price_books" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "rate_micro" BIGINT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "price_books_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "price_books_name_key" UNIQUE ("workspace_id","name"),
    CONSTRAINT "price_books_rate_check" CHECK (rate_micro > 0),
    CONSTRAINT "price_books_dates_check" CHECK (valid_to >= valid_from)
);

CREATE TABLE "price_book_lines" (
    "workspace_id" UUID NOT NULL,
    "price_book_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "recurrence" TEXT NOT NULL,
    "unit_minor" BIGINT NOT NULL,
    "cost_minor" BIGINT,

    CONSTRAINT "price_book_lines_pkey" PRIMARY KEY ("workspace_id","price_book_id","product_id"),
    CONSTRAINT "price_book_lines_recurrence_check" CHECK (recurrence IN ('once','monthly')),
    CONSTRAINT "price_book_lines_price_check" CHECK (unit_minor >= 0 AND cost_minor >= 0)
);

CREATE TABLE "proposals" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "need" TEXT NOT NULL,
    "need_key" TEXT NOT NULL,
    "seller_id" UUID NOT NULL,
    "price_book_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "rate_micro" BIGINT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "scope_tags" TEXT[] NOT NULL,
    "families" TEXT[] NOT NULL,
    "term_months" INTEGER NOT NULL,
    "free_months" INTEGER NOT NULL,
    "list_minor" BIGINT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "cost_minor" BIGINT,
    "monthly_minor" BIGINT NOT NULL,
    "discount_bp" INTEGER NOT NULL,
    "margin_bp" INTEGER,
    "authority_bp" INTEGER,
    "tiers" TEXT[] NOT NULL DEFAULT '{}',
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'draft',
    "is_oor" BOOLEAN NOT NULL DEFAULT false,
    "content_hash" TEXT NOT NULL,
    "approved_hash" TEXT,
    "supersedes_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "submitted_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "presented_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_reason" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "proposals_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "proposals_state_check" CHECK (state IN
      ('draft','pending_approval','approved','presented','accepted','declined','expired','withdrawn','superseded')),
    CONSTRAINT "proposals_oor_check" CHECK (NOT is_oor OR state IN ('approved','presented','accepted')),
    CONSTRAINT "proposals_approved_check" CHECK (state NOT IN ('approved','presented','accepted')
      OR (approved_hash = content_hash AND approved_at IS NOT NULL)),
    CONSTRAINT "proposals_presented_check" CHECK (state NOT IN ('presented','accepted') OR (presented_at IS NOT NULL AND rate_micro IS NOT NULL)),
    CONSTRAINT "proposals_price_check" CHECK (list_minor > 0 AND net_minor BETWEEN 0 AND list_minor),
    CONSTRAINT "proposals_term_check" CHECK (term_months BETWEEN 1 AND 120 AND free_months BETWEEN 0 AND term_months - 1),
    CONSTRAINT "proposals_dates_check" CHECK (valid_to >= valid_from)
);

-- The lines of every revision stay, so that what was approved can be read for good.
CREATE TABLE "proposal_lines" (
    "workspace_id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "product_id" UUID NOT NULL,
    "quantity" INTEGER NOT NULL,
    "recurrence" TEXT NOT NULL,
    "unit_minor" BIGINT NOT NULL,
    "cost_minor" BIGINT,
    "discount_bp" INTEGER NOT NULL,

    CONSTRAINT "proposal_lines_pkey" PRIMARY KEY ("workspace_id","proposal_id","revision","position"),
    CONSTRAINT "proposal_lines_amount_check" CHECK (quantity > 0 AND unit_minor > 0 AND discount_bp BETWEEN 0 AND 10000)
);

CREATE TABLE "approval_requests" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "content_hash" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by_id" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "approval_requests_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "approval_requests_tier_check" CHECK (tier IN ('manager','director','vp','finance')),
    CONSTRAINT "approval_requests_decision_check" CHECK (decision IN ('approved','rejected','void') AND (decision IS NULL) = (decided_at IS NULL))
);

-- Who may approve beyond what the role alone grants, between two dates.
CREATE TABLE "approval_authorities" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "approval_authorities_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "approval_authorities_tier_check" CHECK (tier IN ('manager','director','vp','finance')),
    CONSTRAINT "approval_authorities_dates_check" CHECK (valid_to >= valid_from)
);

CREATE TABLE "conflict_cases" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "kinds" TEXT[] NOT NULL,
    "gap" DOUBLE PRECISION NOT NULL,
    "overlap" DOUBLE PRECISION NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "winner_id" UUID,

    CONSTRAINT "conflict_cases_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "conflict_cases_pair_key" UNIQUE ("workspace_id","proposal_id","other_id"),
    CONSTRAINT "conflict_cases_state_check" CHECK (state IN ('open','resolved') AND (state = 'open') = (resolved_at IS NULL))
);

-- The offer of record: at most one per customer and need, whoever approves at the same moment.
CREATE UNIQUE INDEX "proposals_offer_of_record" ON "proposals" (workspace_id, customer_id, need_key) WHERE is_oor;
CREATE INDEX "proposals_live" ON "proposals" (workspace_id, customer_id, need_key) WHERE state IN ('approved','presented','accepted');
CREATE INDEX "proposals_of_customer" ON "proposals" (workspace_id, customer_id, created_at DESC);
CREATE INDEX "proposals_newest" ON "proposals" (workspace_id, created_at DESC, id DESC);
CREATE INDEX "proposals_of_seller" ON "proposals" (workspace_id, seller_id, created_at DESC);
CREATE INDEX "proposals_ending" ON "proposals" (workspace_id, valid_to) WHERE state IN ('pending_approval','approved','presented');
CREATE UNIQUE INDEX "approval_requests_waiting" ON "approval_requests" (workspace_id, proposal_id, tier) WHERE decision IS NULL;
CREATE INDEX "approval_requests_of_proposal" ON "approval_requests" (workspace_id, proposal_id, requested_at);
CREATE INDEX "approval_authorities_of_member" ON "approval_authorities" (workspace_id, member_id);
CREATE INDEX "conflict_cases_of_other" ON "conflict_cases" (workspace_id, other_id);

ALTER TABLE "price_book_lines" ADD CONSTRAINT "price_book_lines_price_book_id_fkey" FOREIGN KEY (workspace_id, price_book_id)
  REFERENCES "price_books" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "price_book_lines" ADD CONSTRAINT "price_book_lines_product_id_fkey" FOREIGN KEY (workspace_id, product_id)
  REFERENCES "products" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_customer_id_fkey" FOREIGN KEY (workspace_id, customer_id)
  REFERENCES "customers" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_seller_id_fkey" FOREIGN KEY (workspace_id, seller_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_submitted_by_id_fkey" FOREIGN KEY (workspace_id, submitted_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_price_book_id_fkey" FOREIGN KEY (workspace_id, price_book_id)
  REFERENCES "price_books" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_supersedes_id_fkey" FOREIGN KEY (workspace_id, supersedes_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposal_lines" ADD CONSTRAINT "proposal_lines_proposal_id_fkey" FOREIGN KEY (workspace_id, proposal_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposal_lines" ADD CONSTRAINT "proposal_lines_product_id_fkey" FOREIGN KEY (workspace_id, product_id)
  REFERENCES "products" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_proposal_id_fkey" FOREIGN KEY (workspace_id, proposal_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_requested_by_id_fkey" FOREIGN KEY (workspace_id, requested_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_decided_by_id_fkey" FOREIGN KEY (workspace_id, decided_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "approval_authorities" ADD CONSTRAINT "approval_authorities_member_id_fkey" FOREIGN KEY (workspace_id, member_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "conflict_cases" ADD CONSTRAINT "conflict_cases_proposal_id_fkey" FOREIGN KEY (workspace_id, proposal_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "conflict_cases" ADD CONSTRAINT "conflict_cases_other_id_fkey" FOREIGN KEY (workspace_id, other_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "conflict_cases" ADD CONSTRAINT "conflict_cases_winner_id_fkey" FOREIGN KEY (workspace_id, winner_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "conflict_cases" ADD CONSTRAINT "conflict_cases_resolved_by_id_fkey" FOREIGN KEY (workspace_id, resolved_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['products', 'price_books', 'price_book_lines', 'proposals', 'proposal_lines', 'approval_requests',
    'approval_authorities', 'conflict_cases'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;
