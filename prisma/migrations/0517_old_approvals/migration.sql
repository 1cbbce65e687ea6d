-- Found every night: what was approved, or asked for, too long ago to be presented on.
CREATE INDEX "proposals_approved_long_ago" ON "proposals" (workspace_id, approved_at) WHERE state = 'approved';
CREATE INDEX "proposals_asked_long_ago" ON "proposals" (workspace_id, submitted_at) WHERE state = 'pending_approval';
