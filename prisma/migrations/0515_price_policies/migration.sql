-- Who may give which discount, from which day on. A row never changes: what was approved by it stays approved by it.
CREATE TABLE "price_policies" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "bands" JSONB NOT NULL,
    "margin_floor_bp" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,

    CONSTRAINT "price_policies_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "price_policies_number_key" UNIQUE ("workspace_id","number"),
    CONSTRAINT "price_policies_floor_check" CHECK (margin_floor_bp BETWEEN 0 AND 10000),
    CONSTRAINT "price_policies_catch_all_check" CHECK (coalesce(bands #> '{-1,below}', '0') = 'null')
);
CREATE INDEX "price_policies_in_force" ON "price_policies" (workspace_id, valid_from DESC, number DESC);

ALTER TABLE "price_policies" ADD CONSTRAINT "price_policies_created_by_id_fkey" FOREIGN KEY (workspace_id, created_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "price_policies" ADD CONSTRAINT "price_policies_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "price_policies" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "price_policies" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "price_policies" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT ON "price_policies" TO wheelhouse_app;
REVOKE UPDATE, DELETE ON "price_policies" FROM wheelhouse_app;

-- Who lent her own authority to somebody, and that it ended before its day.
ALTER TABLE "approval_authorities" ADD COLUMN "delegated_by_id" UUID, ADD COLUMN "ended_at" TIMESTAMPTZ(3),
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
  ADD CONSTRAINT "approval_authorities_delegated_check" CHECK (delegated_by_id IS NULL OR (valid_to IS NOT NULL AND delegated_by_id <> member_id));
ALTER TABLE "approval_authorities" ADD CONSTRAINT "approval_authorities_delegated_by_id_fkey" FOREIGN KEY (workspace_id, delegated_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
CREATE INDEX "approval_authorities_lent" ON "approval_authorities" (workspace_id, delegated_by_id) WHERE delegated_by_id IS NOT NULL;
