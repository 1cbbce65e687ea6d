-- Who sells to a customer together, and the one of them who coordinates.
CREATE TABLE "selling_teams" (
    "workspace_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "coordinator_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "selling_teams_pkey" PRIMARY KEY ("workspace_id","customer_id")
);
CREATE TABLE "selling_team_members" (
    "workspace_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,

    CONSTRAINT "selling_team_members_pkey" PRIMARY KEY ("workspace_id","customer_id","member_id")
);
CREATE INDEX "selling_teams_of_coordinator" ON "selling_teams" (workspace_id, coordinator_id);
CREATE INDEX "selling_team_members_of_member" ON "selling_team_members" (workspace_id, member_id);

ALTER TABLE "selling_teams" ADD CONSTRAINT "selling_teams_customer_id_fkey" FOREIGN KEY (workspace_id, customer_id)
  REFERENCES "customers" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "selling_team_members" ADD CONSTRAINT "selling_team_members_customer_id_fkey" FOREIGN KEY (workspace_id, customer_id)
  REFERENCES "selling_teams" (workspace_id, customer_id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "selling_team_members" ADD CONSTRAINT "selling_team_members_member_id_fkey" FOREIGN KEY (workspace_id, member_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
-- Exactly one coordinates, and she is of the team: settled when the transaction ends.
ALTER TABLE "selling_teams" ADD CONSTRAINT "selling_teams_coordinator_id_fkey" FOREIGN KEY (workspace_id, customer_id, coordinator_id)
  REFERENCES "selling_team_members" (workspace_id, customer_id, member_id) ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['selling_teams', 'selling_team_members'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;
