-- Who was asked lately, whether they answered or not: read for the newest only, however many were ever asked.
CREATE INDEX "survey_invites_sent" ON "survey_invites" (workspace_id, sent_at DESC) WHERE sent_at IS NOT NULL;
