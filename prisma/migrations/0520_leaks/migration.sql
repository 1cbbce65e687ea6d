-- Where customers fall out more than elsewhere, who mends it by when, and whether it held.

-- Stages go by their keys, because every version of a template is the same place to a leak. What was found is kept as it was found.
CREATE TABLE "leaks" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'suspected',
    "owner_id" UUID,
    "due_on" DATE,
    "action" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "finding" JSONB NOT NULL,
    "horizon_days" INTEGER NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "last_as_of" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "fixing_since" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "leaks_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "leaks_dimension_check" CHECK (dimension IN ('origin','osc','recent')),
    CONSTRAINT "leaks_state_check" CHECK (state IN ('suspected','confirmed','being_fixed','closed','rejected')),
    CONSTRAINT "leaks_ended_check" CHECK ((state IN ('closed','rejected')) = (ended_at IS NOT NULL)),
    CONSTRAINT "leaks_confirmed_check" CHECK (state NOT IN ('confirmed','being_fixed','closed') OR (confirmed_at IS NOT NULL AND due_on IS NOT NULL)),
    CONSTRAINT "leaks_fixing_check" CHECK (state NOT IN ('being_fixed','closed') OR (fixing_since IS NOT NULL AND owner_id IS NOT NULL))
);

CREATE UNIQUE INDEX "leaks_standing_key" ON "leaks" (workspace_id, template, stage, dimension, value) WHERE state IN ('suspected','confirmed','being_fixed');
CREATE INDEX "leaks_ended" ON "leaks" (workspace_id, ended_at DESC, id) WHERE ended_at IS NOT NULL;
CREATE INDEX "leaks_of_owner" ON "leaks" (workspace_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX "leaks_of_run" ON "leaks" (workspace_id, run_id);
CREATE INDEX "leaks_ended_by" ON "leaks" (workspace_id, ended_by_id) WHERE ended_by_id IS NOT NULL;

ALTER TABLE "leaks" ADD CONSTRAINT "leaks_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_ended_by_id_fkey" FOREIGN KEY (workspace_id, ended_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_run_id_fkey" FOREIGN KEY (workspace_id, run_id)
  REFERENCES "analytics_runs" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION;
ALTER TABLE "leaks" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "leaks" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "leaks" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON "leaks" TO wheelhouse_app;
