-- When time was written down and when it was taken back, by the clock of the database: an analysis asked again finds the same time.
ALTER TABLE "csm_hours" ADD COLUMN "recorded_at" TIMESTAMPTZ(3), ADD COLUMN "removed_at" TIMESTAMPTZ(3);
UPDATE "csm_hours" SET recorded_at = logged_at;
ALTER TABLE "csm_hours" ALTER COLUMN "recorded_at" SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "csm_hours" ALTER COLUMN "recorded_at" SET NOT NULL;

CREATE FUNCTION app.note_hours_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.removed_at := coalesce(old.removed_at, CURRENT_TIMESTAMP);
  RETURN new;
END $$;
CREATE TRIGGER csm_hours_removed BEFORE UPDATE OF removed_at ON "csm_hours" FOR EACH ROW EXECUTE FUNCTION app.note_hours_removal();
GRANT UPDATE (removed_at) ON "csm_hours" TO wheelhouse_app;
