-- What happened on a day and what waits for a decision, found by time whatever the history.
CREATE INDEX "off_track_events_opened" ON "off_track_events" (workspace_id, opened_at);
CREATE INDEX "off_track_events_closed" ON "off_track_events" (workspace_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX "promises_broken" ON "promises" (workspace_id, closed_at) WHERE state = 'broken';
CREATE INDEX "handoffs_proposed" ON "handoffs" (workspace_id, proposed_at) WHERE proposed_at IS NOT NULL;
CREATE INDEX "handoffs_accepted" ON "handoffs" (workspace_id, accepted_at) WHERE accepted_at IS NOT NULL;
CREATE INDEX "handoffs_rejected" ON "handoffs" (workspace_id, rejected_at) WHERE rejected_at IS NOT NULL;
CREATE INDEX "handoffs_expired" ON "handoffs" (workspace_id, expired_at) WHERE expired_at IS NOT NULL;
CREATE INDEX "recovery_cases_opened" ON "recovery_cases" (workspace_id, opened_at);
CREATE INDEX "conflict_cases_opened" ON "conflict_cases" (workspace_id, opened_at);
CREATE INDEX "approval_requests_requested" ON "approval_requests" (workspace_id, requested_at);
CREATE INDEX "approval_requests_undecided" ON "approval_requests" (workspace_id, requested_at) WHERE decision IS NULL;
CREATE INDEX "relays_stalled" ON "relays" (workspace_id, need_by) WHERE state IN ('sent','acked') AND escalation >= 4;
