-- Which deals customer success joins, when, and by what weights: the scenario policy of a workspace in its versions.

CREATE TABLE "scenario_policies" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "weight_close" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "weight_relationship" DOUBLE PRECISION NOT NULL DEFAULT 0.5,
    "weight_onboarding" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "weight_csm_cost" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "company_stage" TEXT NOT NULL DEFAULT 'unspecified',
    "rules" JSONB NOT NULL DEFAULT '[]',
    "hours_b" DOUBLE PRECISION NOT NULL,
    "hours_c" DOUBLE PRECISION NOT NULL,
    "free_hours" DOUBLE PRECISION,
    "effective_from" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "published_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "scenario_policies_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "scenario_policies_number_key" UNIQUE ("workspace_id","number"),
    CONSTRAINT "scenario_policies_status_check" CHECK (status IN ('draft','published')),
    CONSTRAINT "scenario_policies_published_check" CHECK ((status = 'published') = (effective_from IS NOT NULL)),
    CONSTRAINT "scenario_policies_stage_check" CHECK (company_stage IN ('searching','unspecified','established')),
    CONSTRAINT "scenario_policies_weights_check" CHECK (weight_close BETWEEN 0 AND 10 AND weight_relationship BETWEEN 0 AND 10
      AND weight_onboarding BETWEEN 0 AND 10 AND weight_csm_cost BETWEEN 0 AND 10),
    CONSTRAINT "scenario_policies_hours_check" CHECK (hours_b >= 0 AND hours_c >= 0 AND free_hours >= 0),
    CONSTRAINT "scenario_policies_catch_all_check" CHECK (status = 'draft' OR coalesce(rules #> '{-1,conditions}', 'null') = '[]')
);

CREATE UNIQUE INDEX "scenario_policies_draft_key" ON "scenario_policies" (workspace_id) WHERE status = 'draft';

ALTER TABLE "scenario_policies" ADD CONSTRAINT "scenario_policies_published_by_id_fkey" FOREIGN KEY (workspace_id, published_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "scenario_policies" ADD CONSTRAINT "scenario_policies_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "scenario_policies" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "scenario_policies" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "scenario_policies" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "scenario_policies" TO wheelhouse_app;

-- What was published stands: advice was given by it.
CREATE FUNCTION app.keep_published_scenario_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.status = 'published' THEN
    RAISE EXCEPTION 'a published scenario policy does not change' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN old; END IF;
  RETURN new;
END $$;
CREATE TRIGGER scenario_policies_stand BEFORE UPDATE OR DELETE ON "scenario_policies"
  FOR EACH ROW EXECUTE FUNCTION app.keep_published_scenario_policy();
REVOKE ALL ON FUNCTION app.keep_published_scenario_policy() FROM PUBLIC;
