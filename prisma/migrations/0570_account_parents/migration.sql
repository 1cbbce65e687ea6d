-- Which record is part of which account: a parent with what belongs to it, two levels deep. What one of them is offered binds them all.
CREATE TABLE "account_parents" (
    "workspace_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "parent_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "account_parents_pkey" PRIMARY KEY ("workspace_id","customer_id"),
    CONSTRAINT "account_parents_self_check" CHECK (parent_id <> customer_id)
);
CREATE INDEX "account_parents_of_parent" ON "account_parents" (workspace_id, parent_id) WHERE parent_id IS NOT NULL;

ALTER TABLE "account_parents" ADD CONSTRAINT "account_parents_customer_id_fkey" FOREIGN KEY (workspace_id, customer_id)
  REFERENCES "customers" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "account_parents" ADD CONSTRAINT "account_parents_parent_id_fkey" FOREIGN KEY (workspace_id, parent_id)
  REFERENCES "customers" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text := 'account_parents';
BEGIN
  EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
    WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO wheelhouse_app', t);
END $$;
