-- Who stands behind a leak, as the run that last found it saw them: its page does not read the whole history again.
CREATE TABLE "leak_drops" (
    "workspace_id" UUID NOT NULL,
    "leak_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    -- Seconds since 1970 when she entered the stage, and seconds that she was there.
    "entered" DOUBLE PRECISION NOT NULL,
    "active" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "leak_drops_pkey" PRIMARY KEY ("workspace_id","leak_id","journey_id")
);

CREATE INDEX "leak_drops_newest" ON "leak_drops" (workspace_id, leak_id, entered DESC, journey_id);
CREATE INDEX "leak_drops_of_journey" ON "leak_drops" (workspace_id, journey_id);

ALTER TABLE "leak_drops" ADD CONSTRAINT "leak_drops_leak_id_fkey" FOREIGN KEY (workspace_id, leak_id)
  REFERENCES "leaks" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "leak_drops" ADD CONSTRAINT "leak_drops_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "leak_drops" ADD CONSTRAINT "leak_drops_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES workspaces (id) ON UPDATE NO ACTION;

ALTER TABLE "leak_drops" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "leak_drops" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "leak_drops" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "leak_drops" TO wheelhouse_app;
