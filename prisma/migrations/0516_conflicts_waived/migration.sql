-- Offers to two records that may be one customer disagree only perhaps; and a manager may let a disagreement stand, with a reason.
ALTER TABLE "conflict_cases" ADD COLUMN "is_potential" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "waived_reason" TEXT,
  ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "conflict_cases" DROP CONSTRAINT "conflict_cases_state_check";
ALTER TABLE "conflict_cases" ADD CONSTRAINT "conflict_cases_state_check"
  CHECK (state IN ('open','resolved','waived') AND (state = 'open') = (resolved_at IS NULL) AND (state = 'waived') = (waived_reason IS NOT NULL));

-- What a customer is told about an offer that gave way to another.
ALTER TABLE "proposals" ADD COLUMN "withdrawn_message" TEXT;
