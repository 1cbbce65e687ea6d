-- Taking customers' data out needs two persons: a manager asks and says why, an admin approves (DOMAIN 4).

CREATE TABLE "exports" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "query" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "estimate" INTEGER NOT NULL,
    "is_at_least" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "exports_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "exports_state_check" CHECK (state IN ('requested','approved','refused')),
    CONSTRAINT "exports_decided_check" CHECK ((state = 'requested') = (decided_at IS NULL)),
    CONSTRAINT "exports_two_persons_check" CHECK (decided_by_id <> requested_by_id)
);

ALTER TABLE "exports" ADD CONSTRAINT "exports_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "exports" ADD CONSTRAINT "exports_requested_by_id_fkey" FOREIGN KEY (workspace_id, requested_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "exports" ADD CONSTRAINT "exports_decided_by_id_fkey" FOREIGN KEY (workspace_id, decided_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

ALTER TABLE "exports" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "exports" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "exports" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "exports" TO wheelhouse_app;

CREATE INDEX "exports_open" ON "exports" (workspace_id, requested_at DESC) WHERE state = 'requested';
CREATE INDEX "exports_by_member" ON "exports" (workspace_id, requested_by_id, requested_at DESC);
CREATE INDEX "exports_decider" ON "exports" (workspace_id, decided_by_id) WHERE decided_by_id IS NOT NULL;
