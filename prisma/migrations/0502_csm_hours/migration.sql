-- Hours of customer success that a deal takes, before and after it was won, and how many each of its people has in a week.

ALTER TABLE "members" ADD COLUMN "csm_minutes_week" INTEGER,
  ADD CONSTRAINT "members_csm_minutes_week_check" CHECK (csm_minutes_week BETWEEN 0 AND 10080);
ALTER TABLE "workspace_settings" ADD COLUMN "csm_minutes_week" INTEGER,
  ADD CONSTRAINT "workspace_settings_csm_minutes_week_check" CHECK (csm_minutes_week BETWEEN 0 AND 10080);

CREATE TABLE "csm_hours" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "handoff_id" UUID,
    "user_id" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,
    "spent_on" DATE NOT NULL,
    "presale" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "logged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "csm_hours_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "csm_hours_minutes_check" CHECK (minutes BETWEEN 1 AND 1440)
);

CREATE INDEX "csm_hours_of_member" ON "csm_hours" (workspace_id, user_id, spent_on);
CREATE INDEX "csm_hours_of_journey" ON "csm_hours" (workspace_id, journey_id);
CREATE INDEX "csm_hours_by_time" ON "csm_hours" (workspace_id, logged_at DESC, id DESC);

ALTER TABLE "csm_hours" ADD CONSTRAINT "csm_hours_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "csm_hours" ADD CONSTRAINT "csm_hours_handoff_id_fkey" FOREIGN KEY (workspace_id, handoff_id)
  REFERENCES "handoffs" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "csm_hours" ADD CONSTRAINT "csm_hours_user_id_fkey" FOREIGN KEY (workspace_id, user_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

ALTER TABLE "csm_hours" ADD CONSTRAINT "csm_hours_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "csm_hours" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "csm_hours" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "csm_hours" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON "csm_hours" TO wheelhouse_app;
