-- Which scenario a handoff to customer success follows, what the policy in force answered, and why somebody chose another;
-- and why it was proposed to or taken by somebody without free hours.

ALTER TABLE "handoffs"
  ADD COLUMN "scenario" TEXT,
  ADD COLUMN "policy_answer" TEXT,
  ADD COLUMN "policy_number" INTEGER,
  ADD COLUMN "override_reason" TEXT,
  ADD COLUMN "capacity_reason" TEXT NOT NULL DEFAULT '',
  ADD CONSTRAINT "handoffs_scenario_check" CHECK (scenario IN ('A','B','C') AND policy_answer IN ('A','B','C')),
  ADD CONSTRAINT "handoffs_scenario_type_check" CHECK (scenario IS NULL OR type = 'sales_to_cs'),
  ADD CONSTRAINT "handoffs_policy_check" CHECK (policy_answer IS NULL OR (scenario IS NOT NULL AND policy_number IS NOT NULL)),
  ADD CONSTRAINT "handoffs_override_check" CHECK ((coalesce(override_reason, '') <> '') = (policy_answer IS NOT NULL AND scenario <> policy_answer));

CREATE INDEX "handoffs_by_scenario" ON "handoffs" (workspace_id, scenario, drafted_at DESC, id DESC) WHERE scenario IS NOT NULL;
