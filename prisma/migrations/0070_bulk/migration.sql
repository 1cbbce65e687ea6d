-- One decision about many customers: counted first, run row by row in the background, taken back within ten minutes.

CREATE TABLE "bulk_runs" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'counting',
    "selection" JSONB NOT NULL,
    "member_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "is_request" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "bulk_runs_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "bulk_runs_kind_check" CHECK (kind IN ('assign_osc')),
    CONSTRAINT "bulk_runs_status_check" CHECK (status IN ('counting','ready','queued','running','done','failed','cancelled','undoing','undone'))
);

CREATE TABLE "bulk_rows" (
    "workspace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "customer_id" UUID,
    "journey_id" UUID,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "before" JSONB,

    CONSTRAINT "bulk_rows_pkey" PRIMARY KEY ("workspace_id","run_id","position"),
    CONSTRAINT "bulk_rows_outcome_check" CHECK (outcome IN ('waiting','changed','requested','unchanged','refused','restored','kept'))
);

ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_member_id_fkey" FOREIGN KEY (workspace_id, member_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_created_by_id_fkey" FOREIGN KEY (workspace_id, created_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_run_id_fkey" FOREIGN KEY (workspace_id, run_id)
  REFERENCES "bulk_runs" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_customer_id_fkey" FOREIGN KEY (workspace_id, customer_id)
  REFERENCES "customers" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['bulk_runs', 'bulk_rows'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;

CREATE INDEX "bulk_runs_by_member" ON "bulk_runs" (workspace_id, created_by_id, created_at DESC);
CREATE INDEX "bulk_runs_receiver" ON "bulk_runs" (workspace_id, member_id);
CREATE INDEX "bulk_rows_by_outcome" ON "bulk_rows" (workspace_id, run_id, outcome, position);
CREATE INDEX "bulk_rows_customer" ON "bulk_rows" (workspace_id, customer_id) WHERE customer_id IS NOT NULL;
