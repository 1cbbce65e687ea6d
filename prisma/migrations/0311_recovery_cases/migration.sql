-- What we do for a customer after a bad contact, and what we change when the same cause comes back.

CREATE TABLE "recovery_settings" (
    "workspace_id" UUID NOT NULL,
    "repeat_threshold" INTEGER NOT NULL DEFAULT 3,
    "repeat_days" INTEGER NOT NULL DEFAULT 90,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "recovery_settings_pkey" PRIMARY KEY ("workspace_id"),
    CONSTRAINT "recovery_settings_threshold_check" CHECK (repeat_threshold BETWEEN 2 AND 100),
    CONSTRAINT "recovery_settings_days_check" CHECK (repeat_days BETWEEN 7 AND 365)
);

-- One case per interaction, for good; customer and journey are those of the interaction, so that merges carry it along.
CREATE TABLE "recovery_cases" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "response_id" UUID,
    "moment_id" UUID,
    "owner_id" UUID,
    "spoke_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "escalation" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT NOT NULL DEFAULT '',
    "cause" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "recovery_cases_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "recovery_cases_interaction_key" UNIQUE ("workspace_id","interaction_id"),
    CONSTRAINT "recovery_cases_origin_check" CHECK (origin IN ('response','rule','moment')),
    CONSTRAINT "recovery_cases_state_check" CHECK (state IN ('open','playing','recovered','lost','false_alarm')),
    CONSTRAINT "recovery_cases_closed_check" CHECK ((state IN ('open','playing')) = (closed_at IS NULL)),
    CONSTRAINT "recovery_cases_cause_check" CHECK (state NOT IN ('recovered','lost') OR (cause IS NOT NULL AND outcome <> ''))
);

CREATE TABLE "recovery_case_steps" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" UUID,
    "spoke_id" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "recovery_case_steps_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "recovery_case_steps_name_key" UNIQUE ("workspace_id","case_id","name"),
    CONSTRAINT "recovery_case_steps_name_check" CHECK (name IN ('call_and_apologise','put_right','customer_told'))
);

CREATE TABLE "improvements" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "interaction_type" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "owner_id" UUID,
    "due_on" DATE NOT NULL,
    "window_days" INTEGER NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "proposed_by_id" UUID,
    "started_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "ended_note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "improvements_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "improvements_state_check" CHECK (state IN ('proposed','accepted','in_progress','done','rejected')),
    CONSTRAINT "improvements_done_check" CHECK (state <> 'done' OR (started_at IS NOT NULL AND done_at IS NOT NULL AND done_at >= started_at)),
    CONSTRAINT "improvements_window_check" CHECK (window_days BETWEEN 7 AND 365)
);

CREATE TABLE "improvement_cases" (
    "workspace_id" UUID NOT NULL,
    "improvement_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "improvement_cases_pkey" PRIMARY KEY ("workspace_id","improvement_id","case_id"),
    CONSTRAINT "improvement_cases_case_key" UNIQUE ("workspace_id","case_id")
);

CREATE INDEX "recovery_cases_standing" ON "recovery_cases" (workspace_id, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX "recovery_cases_of_owner" ON "recovery_cases" (workspace_id, owner_id, due_at) WHERE closed_at IS NULL;
CREATE INDEX "recovery_cases_closed" ON "recovery_cases" (workspace_id, closed_at DESC, id DESC) WHERE closed_at IS NOT NULL;
CREATE INDEX "recovery_cases_by_cause" ON "recovery_cases" (workspace_id, cause, closed_at DESC) WHERE cause IS NOT NULL;
CREATE INDEX "recovery_case_steps_of_owner" ON "recovery_case_steps" (workspace_id, owner_id) WHERE done_at IS NULL;
CREATE UNIQUE INDEX "improvements_standing_key" ON "improvements" (workspace_id, cause) WHERE state IN ('proposed','accepted','in_progress');

ALTER TABLE "recovery_cases" ADD CONSTRAINT "recovery_cases_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_cases" ADD CONSTRAINT "recovery_cases_response_id_fkey" FOREIGN KEY (workspace_id, response_id)
  REFERENCES "responses" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_cases" ADD CONSTRAINT "recovery_cases_moment_id_fkey" FOREIGN KEY (workspace_id, moment_id)
  REFERENCES "defining_moments" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_cases" ADD CONSTRAINT "recovery_cases_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_cases" ADD CONSTRAINT "recovery_cases_closed_by_id_fkey" FOREIGN KEY (workspace_id, closed_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_cases" ADD CONSTRAINT "recovery_cases_spoke_id_fkey" FOREIGN KEY (workspace_id, spoke_id)
  REFERENCES "spokes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_cases" ADD CONSTRAINT "recovery_cases_cause_fkey" FOREIGN KEY (workspace_id, cause)
  REFERENCES "themes" (workspace_id, key) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_case_steps" ADD CONSTRAINT "recovery_case_steps_case_id_fkey" FOREIGN KEY (workspace_id, case_id)
  REFERENCES "recovery_cases" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_case_steps" ADD CONSTRAINT "recovery_case_steps_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_case_steps" ADD CONSTRAINT "recovery_case_steps_done_by_id_fkey" FOREIGN KEY (workspace_id, done_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "recovery_case_steps" ADD CONSTRAINT "recovery_case_steps_spoke_id_fkey" FOREIGN KEY (workspace_id, spoke_id)
  REFERENCES "spokes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "improvements" ADD CONSTRAINT "improvements_cause_fkey" FOREIGN KEY (workspace_id, cause)
  REFERENCES "themes" (workspace_id, key) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "improvements" ADD CONSTRAINT "improvements_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "improvements" ADD CONSTRAINT "improvements_proposed_by_id_fkey" FOREIGN KEY (workspace_id, proposed_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "improvement_cases" ADD CONSTRAINT "improvement_cases_improvement_id_fkey" FOREIGN KEY (workspace_id, improvement_id)
  REFERENCES "improvements" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "improvement_cases" ADD CONSTRAINT "improvement_cases_case_id_fkey" FOREIGN KEY (workspace_id, case_id)
  REFERENCES "recovery_cases" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['recovery_settings', 'recovery_cases', 'recovery_case_steps', 'improvements', 'improvement_cases'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;

-- A case is closed only when every step was taken, the customer told last; a false alarm has nothing to tell.
CREATE FUNCTION app.require_customer_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.state IN ('recovered', 'lost') AND EXISTS (SELECT FROM public.recovery_case_steps s
    WHERE s.workspace_id = new.workspace_id AND s.case_id = new.id AND s.done_at IS NULL) THEN
    RAISE EXCEPTION 'the customer was not told' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER recovery_cases_told BEFORE UPDATE OF state ON "recovery_cases" FOR EACH ROW EXECUTE FUNCTION app.require_customer_told();
REVOKE ALL ON FUNCTION app.require_customer_told() FROM PUBLIC;
