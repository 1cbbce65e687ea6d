-- How much is unread is asked on every page: the index holds only that.
CREATE INDEX "notifications_unread" ON "notifications" ("workspace_id", "member_id") WHERE "read_at" IS NULL;
