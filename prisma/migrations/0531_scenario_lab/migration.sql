-- Which scenario a deal was given at its decision stage, before anybody knew how it would end, and experiments that give it by lot.

CREATE TABLE "scenario_experiments" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "first" TEXT NOT NULL,
    "second" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "seed" INTEGER NOT NULL,
    "block_size" INTEGER NOT NULL,
    "min_p_close" DOUBLE PRECISION,
    "expected_first" DOUBLE PRECISION NOT NULL,
    "expected_second" DOUBLE PRECISION NOT NULL,
    "per_arm" INTEGER NOT NULL,
    "stop_chance" DOUBLE PRECISION NOT NULL,
    "stop_per_arm" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,
    "started_at" TIMESTAMPTZ(3),
    "started_by_id" UUID,
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_by_id" UUID,
    "winner" TEXT,
    "stop_note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "scenario_experiments_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "scenario_experiments_key_key" UNIQUE ("workspace_id","key"),
    CONSTRAINT "scenario_experiments_key_check" CHECK (key ~ '^[a-z0-9_]{1,40}$'),
    CONSTRAINT "scenario_experiments_arms_check" CHECK (first IN ('A','B','C') AND second IN ('A','B','C') AND first <> second),
    CONSTRAINT "scenario_experiments_winner_check" CHECK (winner IS NULL OR (status = 'stopped' AND winner IN (first, second))),
    CONSTRAINT "scenario_experiments_method_check" CHECK (method IN ('hash','blocks')),
    CONSTRAINT "scenario_experiments_share_check" CHECK (share > 0 AND share < 1 AND min_p_close BETWEEN 0 AND 1),
    CONSTRAINT "scenario_experiments_blocks_check" CHECK (block_size BETWEEN 2 AND 20 AND (method = 'hash' OR (share = 0.5 AND block_size % 2 = 0))),
    CONSTRAINT "scenario_experiments_expected_check" CHECK (expected_first > 0 AND expected_first < 1 AND expected_second > 0 AND expected_second < 1
      AND expected_first <> expected_second),
    CONSTRAINT "scenario_experiments_stop_check" CHECK (stop_chance BETWEEN 0.95 AND 0.999 AND stop_per_arm >= 50),
    CONSTRAINT "scenario_experiments_status_check" CHECK (status IN ('draft','running','stopped')),
    CONSTRAINT "scenario_experiments_times_check" CHECK ((status = 'draft') = (started_at IS NULL) AND (status = 'stopped') = (stopped_at IS NOT NULL))
);

CREATE TABLE "scenario_assignments" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "scenario" TEXT NOT NULL,
    "p_close" DOUBLE PRECISION,
    "segment" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "source" TEXT NOT NULL,
    "policy_number" INTEGER,
    "reason" TEXT NOT NULL DEFAULT '',
    "experiment_id" UUID,
    "position" INTEGER,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "scenario_assignments_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "scenario_assignments_journey_key" UNIQUE ("workspace_id","journey_id"),
    CONSTRAINT "scenario_assignments_position_key" UNIQUE ("workspace_id","experiment_id","position"),
    CONSTRAINT "scenario_assignments_scenario_check" CHECK (scenario IN ('A','B','C')),
    CONSTRAINT "scenario_assignments_share_check" CHECK (p_close BETWEEN 0 AND 1),
    CONSTRAINT "scenario_assignments_source_check" CHECK (source IN ('experiment','policy','person')
      AND (source = 'experiment') = (experiment_id IS NOT NULL AND position IS NOT NULL))
);

CREATE UNIQUE INDEX "scenario_experiments_running_key" ON "scenario_experiments" (workspace_id) WHERE status = 'running';
CREATE INDEX "scenario_assignments_by_time" ON "scenario_assignments" (workspace_id, decided_at DESC, id DESC);

ALTER TABLE "scenario_assignments" ADD CONSTRAINT "scenario_assignments_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "scenario_assignments" ADD CONSTRAINT "scenario_assignments_experiment_id_fkey" FOREIGN KEY (workspace_id, experiment_id)
  REFERENCES "scenario_experiments" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "scenario_assignments" ADD CONSTRAINT "scenario_assignments_decided_by_id_fkey" FOREIGN KEY (workspace_id, decided_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "scenario_experiments" ADD CONSTRAINT "scenario_experiments_created_by_id_fkey" FOREIGN KEY (workspace_id, created_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "scenario_experiments" ADD CONSTRAINT "scenario_experiments_started_by_id_fkey" FOREIGN KEY (workspace_id, started_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "scenario_experiments" ADD CONSTRAINT "scenario_experiments_stopped_by_id_fkey" FOREIGN KEY (workspace_id, stopped_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['scenario_experiments', 'scenario_assignments'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;
GRANT UPDATE, DELETE ON "scenario_experiments" TO wheelhouse_app;

-- What an experiment is stands from its start: only that it stopped may still be written.
CREATE FUNCTION app.keep_scenario_experiment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may CONSTANT text[] := ARRAY['status', 'stopped_at', 'stopped_by_id', 'winner', 'stop_note', 'version'];
BEGIN
  IF TG_OP = 'DELETE' AND old.status = 'draft' THEN RETURN old; END IF;
  IF TG_OP = 'UPDATE' AND (old.status = 'draft' OR (old.status = 'running' AND new.status = 'stopped' AND to_jsonb(old) - may = to_jsonb(new) - may)) THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'an experiment that was started does not change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER scenario_experiments_stand BEFORE UPDATE OR DELETE ON "scenario_experiments"
  FOR EACH ROW EXECUTE FUNCTION app.keep_scenario_experiment();
REVOKE ALL ON FUNCTION app.keep_scenario_experiment() FROM PUBLIC;
