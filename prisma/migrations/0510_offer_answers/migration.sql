-- The page on which a customer reads what she was offered, and what she answered there.

CREATE TABLE "proposal_links" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "proposal_links_pkey" PRIMARY KEY ("workspace_id","id")
);

-- One answer per proposal, for good: who gave it and when.
CREATE TABLE "proposal_answers" (
    "workspace_id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "proposal_answers_pkey" PRIMARY KEY ("workspace_id","proposal_id"),
    CONSTRAINT "proposal_answers_decision_check" CHECK (decision IN ('accepted','declined')),
    CONSTRAINT "proposal_answers_name_check" CHECK (name <> '')
);

CREATE UNIQUE INDEX "proposal_links_open" ON "proposal_links" (workspace_id, proposal_id) WHERE revoked_at IS NULL;
CREATE INDEX "proposal_answers_of_link" ON "proposal_answers" (workspace_id, link_id);

ALTER TABLE "proposal_links" ADD CONSTRAINT "proposal_links_proposal_id_fkey" FOREIGN KEY (workspace_id, proposal_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposal_answers" ADD CONSTRAINT "proposal_answers_proposal_id_fkey" FOREIGN KEY (workspace_id, proposal_id)
  REFERENCES "proposals" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "proposal_answers" ADD CONSTRAINT "proposal_answers_link_id_fkey" FOREIGN KEY (workspace_id, link_id)
  REFERENCES "proposal_links" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['proposal_links', 'proposal_answers'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON "proposal_links" TO wheelhouse_app;
GRANT SELECT, INSERT ON "proposal_answers" TO wheelhouse_app;
