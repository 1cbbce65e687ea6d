-- What a recovery play does is known only against customers for whom it was not played: a share of the light cases, 0 at first.
ALTER TABLE "recovery_settings"
  ADD COLUMN "holdout_percent" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "holdout_since" TIMESTAMPTZ(3),
  ADD CONSTRAINT "recovery_settings_holdout_check" CHECK (holdout_percent BETWEEN 0 AND 20 AND (holdout_percent = 0 OR holdout_since IS NOT NULL));

-- Which side of the comparison an event is on; null for what stands outside it, and everything high or a complaint does.
ALTER TABLE "off_track_events"
  ADD COLUMN "arm" TEXT,
  ADD CONSTRAINT "off_track_events_arm_check" CHECK (arm IS NULL OR (arm IN ('play', 'holdout') AND severity = 'normal'));
