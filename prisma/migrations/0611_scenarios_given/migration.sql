-- A handoff follows what its deal was given at the decision stage, before the policy; whoever crosses over says why.
ALTER TABLE "scenario_assignments" ADD CONSTRAINT "scenario_assignments_given_key" UNIQUE (workspace_id, journey_id, scenario);
ALTER TABLE "handoffs"
  ADD COLUMN "given" TEXT,
  ADD CONSTRAINT "handoffs_given_type_check" CHECK (given IS NULL OR (type = 'sales_to_cs' AND scenario IS NOT NULL)),
  ADD CONSTRAINT "handoffs_given_fkey" FOREIGN KEY (workspace_id, journey_id, given)
    REFERENCES "scenario_assignments" (workspace_id, journey_id, scenario) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE,
  DROP CONSTRAINT "handoffs_override_check",
  ADD CONSTRAINT "handoffs_override_check" CHECK ((coalesce(override_reason, '') <> '')
    = (coalesce(given, policy_answer) IS NOT NULL AND scenario <> coalesce(given, policy_answer)));
