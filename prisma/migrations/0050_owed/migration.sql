-- What a department owes is found by the department: promises it keeps, batons whose next touchpoint is due.
CREATE INDEX "promises_by_spoke" ON "promises" (workspace_id, spoke_id, due_at) WHERE state = 'open';
CREATE INDEX "journeys_by_spoke_due" ON "journeys" (workspace_id, accountable_spoke_id, next_due_at) WHERE next_due_at IS NOT NULL;
