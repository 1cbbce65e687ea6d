-- The weekly digest of a department: once per week and department, each item decided by somebody.

CREATE TABLE "digests" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "spoke_id" UUID NOT NULL,
    "week" DATE NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'built',
    "built_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),

    CONSTRAINT "digests_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "digests_once_key" UNIQUE ("workspace_id","spoke_id","week"),
    CONSTRAINT "digests_state_check" CHECK (state IN ('built','sent','acked')),
    CONSTRAINT "digests_sent_check" CHECK (state <> 'sent' OR sent_at IS NOT NULL),
    CONSTRAINT "digests_acknowledged_check" CHECK ((state = 'acked') = (acknowledged_at IS NOT NULL))
);

CREATE TABLE "digest_items" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "digest_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "about" JSONB NOT NULL,
    "quotes" JSONB NOT NULL DEFAULT '[]',
    "owner_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'open',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "action" TEXT NOT NULL DEFAULT '',
    "action_kind" TEXT,
    "action_id" UUID,
    "escalated_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "digest_items_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "digest_items_place_key" UNIQUE ("workspace_id","digest_id","position"),
    CONSTRAINT "digest_items_state_check" CHECK (state IN ('open','acknowledged','acted')),
    CONSTRAINT "digest_items_decided_check" CHECK ((state = 'open') = (decided_at IS NULL)),
    CONSTRAINT "digest_items_action_check" CHECK (state <> 'acted' OR action <> '')
);

CREATE INDEX "digests_by_week" ON "digests" (workspace_id, week DESC, spoke_id);
CREATE INDEX "digest_items_owner" ON "digest_items" (workspace_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX "digest_items_decider" ON "digest_items" (workspace_id, decided_by_id) WHERE decided_by_id IS NOT NULL;

ALTER TABLE "digests" ADD CONSTRAINT "digests_spoke_id_fkey" FOREIGN KEY (workspace_id, spoke_id)
  REFERENCES "spokes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_digest_id_fkey" FOREIGN KEY (workspace_id, digest_id)
  REFERENCES "digests" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_decided_by_id_fkey" FOREIGN KEY (workspace_id, decided_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['digests', 'digest_items'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;
