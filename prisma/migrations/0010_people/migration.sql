-- A session that a workspace's own provider vouched for opens that workspace alone: no tenant can sign anybody in elsewhere.
ALTER TABLE "sessions" ADD COLUMN "connection_workspace_id" UUID;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_connection_workspace_fkey"
  FOREIGN KEY ("connection_workspace_id") REFERENCES "workspaces" ("id") ON UPDATE NO ACTION;
CREATE INDEX "identities_user" ON "identities" ("user_id", "connection_workspace_id");
CREATE UNIQUE INDEX "members_email" ON "members" (workspace_id, lower(email)) WHERE email IS NOT NULL AND status IN ('invited', 'active');
