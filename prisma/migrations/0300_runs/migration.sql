-- Analyses that say what they rest on, and what was known when: an analysis asked again about the same day finds the same rows.

CREATE TABLE "analytics_runs" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "parameters" TEXT NOT NULL,
    "team_id" UUID,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "config" TEXT NOT NULL,
    "config_version" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "requested_by_id" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "result" TEXT,
    "result_sha256" TEXT,
    "error" TEXT,

    CONSTRAINT "analytics_runs_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "analytics_runs_status_check" CHECK (status IN ('queued','running','done','failed')),
    CONSTRAINT "analytics_runs_result_check" CHECK ((status = 'done') = (result IS NOT NULL) AND (result IS NULL) = (result_sha256 IS NULL)),
    CONSTRAINT "analytics_runs_error_check" CHECK ((status = 'failed') = (error IS NOT NULL)),
    CONSTRAINT "analytics_runs_finished_check" CHECK ((status IN ('done','failed')) = (finished_at IS NOT NULL))
);

-- How a contact stood until it was corrected, merged or moved; what it says now is in its own row.
CREATE TABLE "interaction_versions" (
    "workspace_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "known_until" TIMESTAMPTZ(6) NOT NULL,
    "customer_id" UUID NOT NULL,
    "journey_id" UUID,
    "agent_id" UUID,
    "spoke_id" UUID,
    "medium" TEXT NOT NULL,
    "route" TEXT,
    "type" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interaction_versions_pkey" PRIMARY KEY ("workspace_id","interaction_id","known_until")
);

-- What a journey was worth until somebody said otherwise.
CREATE TABLE "journey_value_versions" (
    "workspace_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "known_until" TIMESTAMPTZ(6) NOT NULL,
    "value_minor" BIGINT,

    CONSTRAINT "journey_value_versions_pkey" PRIMARY KEY ("workspace_id","journey_id","known_until")
);

ALTER TABLE "moment_observations" ADD COLUMN "recorded_at" TIMESTAMPTZ(3);
UPDATE "moment_observations" SET recorded_at = observed_at;
ALTER TABLE "moment_observations" ALTER COLUMN "recorded_at" SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "moment_observations" ALTER COLUMN "recorded_at" SET NOT NULL;

ALTER TABLE "analytics_runs" ADD CONSTRAINT "analytics_runs_requested_by_id_fkey" FOREIGN KEY (workspace_id, requested_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "analytics_runs" ADD CONSTRAINT "analytics_runs_team_id_fkey" FOREIGN KEY (workspace_id, team_id)
  REFERENCES "teams" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "interaction_versions" ADD CONSTRAINT "interaction_versions_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "journey_value_versions" ADD CONSTRAINT "journey_value_versions_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

CREATE INDEX "analytics_runs_latest" ON "analytics_runs" (workspace_id, kind, requested_at DESC, id DESC);
CREATE INDEX "analytics_runs_requester" ON "analytics_runs" (workspace_id, requested_by_id) WHERE requested_by_id IS NOT NULL;
CREATE INDEX "analytics_runs_team" ON "analytics_runs" (workspace_id, team_id) WHERE team_id IS NOT NULL;
CREATE INDEX "stage_transitions_ended" ON "stage_transitions" (workspace_id, at) WHERE status IN ('won', 'lost');

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['analytics_runs', 'interaction_versions', 'journey_value_versions'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wheelhouse_app', t);
  END LOOP;
  GRANT UPDATE ON "analytics_runs" TO wheelhouse_app;
END $$;

-- What was asked never changes, and what was found stands.
CREATE FUNCTION app.keep_finished_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.status IN ('done', 'failed') THEN
    RAISE EXCEPTION 'a finished analysis does not change' USING ERRCODE = 'check_violation';
  END IF;
  IF (old.id, old.kind, old.parameters, old.team_id, old.as_of, old.known_at, old.config, old.config_version, old.seed, old.requested_by_id, old.requested_at)
    IS DISTINCT FROM (new.id, new.kind, new.parameters, new.team_id, new.as_of, new.known_at, new.config, new.config_version, new.seed, new.requested_by_id, new.requested_at) THEN
    RAISE EXCEPTION 'what an analysis was asked does not change' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER analytics_runs_stand BEFORE UPDATE ON "analytics_runs" FOR EACH ROW EXECUTE FUNCTION app.keep_finished_run();

CREATE FUNCTION app.keep_interaction_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.interaction_versions (workspace_id, interaction_id, known_until, customer_id, journey_id, agent_id, spoke_id, medium, route, type, started_at)
    VALUES (old.workspace_id, old.id, clock_timestamp(), old.customer_id, old.journey_id, old.agent_id, old.spoke_id, old.medium, old.route, old.type, old.started_at)
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER interaction_versions_kept AFTER UPDATE OF customer_id, journey_id, agent_id, spoke_id, medium, route, type, started_at ON "interactions" FOR EACH ROW
  WHEN ((old.customer_id, old.journey_id, old.agent_id, old.spoke_id, old.medium, old.route, old.type, old.started_at)
    IS DISTINCT FROM (new.customer_id, new.journey_id, new.agent_id, new.spoke_id, new.medium, new.route, new.type, new.started_at))
  EXECUTE FUNCTION app.keep_interaction_version();

CREATE FUNCTION app.keep_journey_value() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.journey_value_versions (workspace_id, journey_id, known_until, value_minor)
    VALUES (old.workspace_id, old.id, clock_timestamp(), old.value_minor) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER journey_values_kept AFTER UPDATE OF value_minor ON "journeys" FOR EACH ROW
  WHEN (old.value_minor IS DISTINCT FROM new.value_minor) EXECUTE FUNCTION app.keep_journey_value();

REVOKE ALL ON FUNCTION app.keep_finished_run(), app.keep_interaction_version(), app.keep_journey_value() FROM PUBLIC;
