-- Every answer of customers, the newest first: late ones, second ones and those of outside tools beside those that count.
CREATE INDEX "responses_of_customers" ON "responses" (workspace_id, answered_at DESC, id DESC) WHERE source <> 'staff';
