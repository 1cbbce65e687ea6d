-- What follows a win: the plan of an onboarding with its milestones, the first value that was agreed at the sale and measured at delivery, and how well it goes.

-- Plans to begin an onboarding from; each onboarding keeps a copy of the milestones it was begun with.
CREATE TABLE "onboarding_plans" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "milestones" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by_id" UUID,
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "onboarding_plans_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "onboarding_plans_milestones_check" CHECK (jsonb_typeof(milestones) = 'array' AND jsonb_array_length(milestones) BETWEEN 1 AND 40)
);

CREATE TABLE "onboardings" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "handoff_id" UUID,
    "plan_id" UUID,
    "plan_version" INTEGER NOT NULL,
    "owner_id" UUID,
    "spoke_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "won_on" DATE NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "kickoff_on" DATE,
    "kickoff_recorded_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    "end_note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "onboardings_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "onboardings_journey_key" UNIQUE ("workspace_id","journey_id"),
    CONSTRAINT "onboardings_state_check" CHECK (state IN ('open','done','cancelled')),
    CONSTRAINT "onboardings_ended_check" CHECK ((state = 'open') = (ended_at IS NULL)),
    CONSTRAINT "onboardings_kickoff_check" CHECK ((kickoff_on IS NULL) = (kickoff_recorded_at IS NULL))
);

CREATE TABLE "onboarding_milestones" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "onboarding_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_he" TEXT,
    "owner_id" UUID,
    "spoke_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "first_due_at" TIMESTAMPTZ(3) NOT NULL,
    "is_customer_visible" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "late_told_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "onboarding_milestones_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "onboarding_milestones_state_check" CHECK (state IN ('planned','in_progress','done','missed','cancelled')),
    CONSTRAINT "onboarding_milestones_ended_check" CHECK ((state IN ('planned','in_progress')) = (ended_at IS NULL)),
    CONSTRAINT "onboarding_milestones_name_check" CHECK (name <> '')
);

-- First value: what the customer gets out of it first, how that will be noticed and by when, said at the sale; then when it came.
CREATE TABLE "first_values" (
    "workspace_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "sign" TEXT NOT NULL,
    "target_on" DATE NOT NULL,
    "defined_at" TIMESTAMPTZ(3) NOT NULL,
    "defined_by_id" UUID,
    "reached_on" DATE,
    "evidence" TEXT NOT NULL DEFAULT '',
    "measured_at" TIMESTAMPTZ(3),
    "measured_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "first_values_pkey" PRIMARY KEY ("workspace_id","journey_id"),
    CONSTRAINT "first_values_defined_check" CHECK (text <> '' AND sign <> ''),
    CONSTRAINT "first_values_measured_check" CHECK ((reached_on IS NULL) = (measured_at IS NULL) AND (reached_on IS NULL OR evidence <> ''))
);

-- Health as it stood so many days after the win; never changed.
CREATE TABLE "onboarding_healths" (
    "workspace_id" UUID NOT NULL,
    "onboarding_id" UUID NOT NULL,
    "day" INTEGER NOT NULL,
    "score" DOUBLE PRECISION,
    "terms" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "onboarding_healths_pkey" PRIMARY KEY ("workspace_id","onboarding_id","day"),
    CONSTRAINT "onboarding_healths_score_check" CHECK (score BETWEEN 0 AND 100)
);

CREATE INDEX "onboardings_open" ON "onboardings" (workspace_id, started_at, id) WHERE state = 'open';
CREATE INDEX "onboardings_ended" ON "onboardings" (workspace_id, ended_at DESC, id DESC) WHERE state <> 'open';
CREATE INDEX "onboarding_milestones_of" ON "onboarding_milestones" (workspace_id, onboarding_id, position);
CREATE INDEX "onboarding_milestones_of_owner" ON "onboarding_milestones" (workspace_id, owner_id) WHERE ended_at IS NULL;

ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_handoff_id_fkey" FOREIGN KEY (workspace_id, handoff_id)
  REFERENCES "handoffs" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_plan_id_fkey" FOREIGN KEY (workspace_id, plan_id)
  REFERENCES "onboarding_plans" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_ended_by_id_fkey" FOREIGN KEY (workspace_id, ended_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_spoke_id_fkey" FOREIGN KEY (workspace_id, spoke_id)
  REFERENCES "spokes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboarding_milestones" ADD CONSTRAINT "onboarding_milestones_onboarding_id_fkey" FOREIGN KEY (workspace_id, onboarding_id)
  REFERENCES "onboardings" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboarding_milestones" ADD CONSTRAINT "onboarding_milestones_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboarding_milestones" ADD CONSTRAINT "onboarding_milestones_ended_by_id_fkey" FOREIGN KEY (workspace_id, ended_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboarding_milestones" ADD CONSTRAINT "onboarding_milestones_spoke_id_fkey" FOREIGN KEY (workspace_id, spoke_id)
  REFERENCES "spokes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboarding_plans" ADD CONSTRAINT "onboarding_plans_saved_by_id_fkey" FOREIGN KEY (workspace_id, saved_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "first_values" ADD CONSTRAINT "first_values_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "first_values" ADD CONSTRAINT "first_values_defined_by_id_fkey" FOREIGN KEY (workspace_id, defined_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "first_values" ADD CONSTRAINT "first_values_measured_by_id_fkey" FOREIGN KEY (workspace_id, measured_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "onboarding_healths" ADD CONSTRAINT "onboarding_healths_onboarding_id_fkey" FOREIGN KEY (workspace_id, onboarding_id)
  REFERENCES "onboardings" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['onboarding_plans', 'onboardings', 'onboarding_milestones', 'first_values', 'onboarding_healths'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wheelhouse_app', t);
    IF t <> 'onboarding_healths' THEN EXECUTE format('GRANT UPDATE ON %I TO wheelhouse_app', t); END IF;
  END LOOP;
END $$;

-- What was measured stands: reports of an earlier day must find it as it was.
CREATE FUNCTION app.keep_first_value() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a first value that was measured does not change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER first_values_stand BEFORE UPDATE ON "first_values" FOR EACH ROW
  WHEN (old.measured_at IS NOT NULL) EXECUTE FUNCTION app.keep_first_value();
REVOKE ALL ON FUNCTION app.keep_first_value() FROM PUBLIC;
CREATE FUNCTION app.keep_kickoff() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a kickoff that was written down does not change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER onboardings_kickoff_stands BEFORE UPDATE OF kickoff_on ON "onboardings" FOR EACH ROW
  WHEN (old.kickoff_on IS NOT NULL AND old.kickoff_on IS DISTINCT FROM new.kickoff_on) EXECUTE FUNCTION app.keep_kickoff();
REVOKE ALL ON FUNCTION app.keep_kickoff() FROM PUBLIC;
