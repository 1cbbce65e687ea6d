-- Stays, leads and who stands where, summed: a night reads sums and who is still there, and no journey that has ended. Transitions are
-- summed by the worker, not in the transaction of whoever writes them down; what waits for it is read from its transitions meanwhile.

-- Journeys that something was written about since they were summed, once for each statement: nobody waits for anybody here.
CREATE TABLE "stale_journeys" (
    "workspace_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "stale_journeys_pkey" PRIMARY KEY ("workspace_id","journey_id","id")
);

-- A workspace whose journeys were summed once, with the time zone whose days its leads were counted in; a locked row while they are.
CREATE TABLE "passage_folds" (
    "workspace_id" UUID NOT NULL,
    "time_zone" TEXT NOT NULL,

    CONSTRAINT "passage_folds_pkey" PRIMARY KEY ("workspace_id")
);

-- What a journey adds to the sums, and what of it no sum can say because it goes on. It names no journey by a foreign key: what one has
-- added is taken off after it is gone.
CREATE TABLE "journey_passages" (
    "workspace_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    -- When the last of it happened, and when the last of it was written down.
    "happened_until" TIMESTAMPTZ(3) NOT NULL,
    "known_until" TIMESTAMPTZ(3) NOT NULL,
    -- Its first stays that last no longer: in which stage, for how many whole days, and how each ended.
    "stages" UUID[] NOT NULL,
    "days" INTEGER[] NOT NULL,
    "ends" TEXT[] NOT NULL,
    -- Where it came to stand: seconds since 1970 at which it came, and the same put off by its holds. `is_stay` says that this is its
    -- first stay in that stage and lasts, `is_there` that its clocks run.
    "stage_id" UUID,
    "spoke_id" UUID,
    "entered" DOUBLE PRECISION,
    "since" DOUBLE PRECISION,
    "is_stay" BOOLEAN NOT NULL,
    "is_there" BOOLEAN NOT NULL,
    -- The day on which the lead came, none where it never did, and how many days later it was won or else merged.
    "arrived_on" DATE,
    "days_to_end" INTEGER,
    "is_won" BOOLEAN NOT NULL,
    "is_merged" BOOLEAN NOT NULL,

    CONSTRAINT "journey_passages_pkey" PRIMARY KEY ("workspace_id","journey_id")
);
CREATE INDEX "journey_passages_happened" ON "journey_passages" (workspace_id, happened_until);
CREATE INDEX "journey_passages_known" ON "journey_passages" (workspace_id, known_until);
CREATE INDEX "journey_passages_running" ON "journey_passages" (workspace_id, stage_id) WHERE is_stay OR is_there;
CREATE INDEX "journey_passages_won" ON "journey_passages" (workspace_id, arrived_on) WHERE is_won AND NOT is_merged;
CREATE INDEX "journey_passages_left_out" ON "journey_passages" (workspace_id, arrived_on, journey_id) WHERE is_won AND days_to_end < 0;

CREATE TABLE "stay_counts" (
    "workspace_id" UUID NOT NULL,
    "stage_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "ended" TEXT NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "stay_counts_pkey" PRIMARY KEY ("workspace_id","stage_id","origin","day","ended")
);
CREATE INDEX "stay_counts_empty" ON "stay_counts" (workspace_id) WHERE n = 0;

-- A lead that is over counts by the days it took, one that is not by the day on which it came.
CREATE TABLE "lead_counts" (
    "workspace_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "arrived_on" DATE,
    "days_to_end" INTEGER,
    "is_won" BOOLEAN NOT NULL,
    "is_merged" BOOLEAN NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "lead_counts_key" UNIQUE NULLS NOT DISTINCT ("workspace_id","origin","arrived_on","days_to_end","is_won","is_merged")
);
CREATE INDEX "lead_counts_empty" ON "lead_counts" (workspace_id) WHERE n = 0;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['stale_journeys', 'passage_folds', 'journey_passages', 'stay_counts', 'lead_counts'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
  END LOOP;
  GRANT SELECT, INSERT, UPDATE, DELETE ON "passage_folds", "journey_passages", "stay_counts", "lead_counts" TO wheelhouse_app;
  GRANT SELECT, INSERT, DELETE ON "stale_journeys" TO wheelhouse_app;
END $$;

CREATE FUNCTION app.passages_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.stale_journeys (workspace_id, journey_id) SELECT DISTINCT workspace_id, journey_id FROM told;
  RETURN NULL;
END $$;
CREATE TRIGGER passages_told AFTER INSERT ON "stage_transitions" REFERENCING NEW TABLE AS told
  FOR EACH STATEMENT EXECUTE FUNCTION app.passages_told();
CREATE TRIGGER passages_taken_back AFTER DELETE ON "stage_transitions" REFERENCING OLD TABLE AS told
  FOR EACH STATEMENT EXECUTE FUNCTION app.passages_told();

-- Whose it is, and where she came from.
CREATE FUNCTION app.passages_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.stale_journeys (workspace_id, journey_id) VALUES (new.workspace_id, new.id);
  RETURN NULL;
END $$;
CREATE TRIGGER passages_given AFTER UPDATE OF customer_id ON "journeys" FOR EACH ROW
  WHEN (old.customer_id IS DISTINCT FROM new.customer_id) EXECUTE FUNCTION app.passages_given();

CREATE FUNCTION app.passages_of_origin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.stale_journeys (workspace_id, journey_id)
    SELECT new.workspace_id, id FROM public.journeys WHERE workspace_id = new.workspace_id AND customer_id = new.id;
  RETURN NULL;
END $$;
CREATE TRIGGER passages_of_origin AFTER UPDATE OF origin ON "customers" FOR EACH ROW
  WHEN (old.origin IS DISTINCT FROM new.origin) EXECUTE FUNCTION app.passages_of_origin();

REVOKE ALL ON FUNCTION app.passages_told(), app.passages_given(), app.passages_of_origin() FROM PUBLIC;
