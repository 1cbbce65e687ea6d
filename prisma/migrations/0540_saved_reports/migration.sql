-- Reports that members put together, save, share and have mailed to them.

CREATE TABLE "saved_reports" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "schedule" TEXT,
    "schedule_weekday" SMALLINT,
    "schedule_minute" SMALLINT,
    "next_mail_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "saved_reports_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "saved_reports_name_check" CHECK (name <> ''),
    CONSTRAINT "saved_reports_schedule_check" CHECK (schedule IN ('daily','weekly')),
    CONSTRAINT "saved_reports_weekday_check" CHECK (schedule_weekday BETWEEN 0 AND 6),
    CONSTRAINT "saved_reports_minute_check" CHECK (schedule_minute BETWEEN 0 AND 1439),
    CONSTRAINT "saved_reports_whole_schedule_check" CHECK ((schedule IS NULL) = (schedule_minute IS NULL)
      AND (schedule IS NULL) = (next_mail_at IS NULL) AND (schedule IS NOT DISTINCT FROM 'weekly') = (schedule_weekday IS NOT NULL))
);

CREATE TABLE "saved_report_recipients" (
    "workspace_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_report_recipients_pkey" PRIMARY KEY ("workspace_id","report_id","member_id")
);

-- A file that goes with a mail; gone from here, as its words are, once it was sent.
ALTER TABLE "mails" ADD COLUMN "attachment_name" TEXT, ADD COLUMN "attachment" TEXT,
  ADD CONSTRAINT "mails_attachment_check" CHECK ((attachment_name IS NULL) = (attachment IS NULL));

CREATE INDEX "saved_reports_of_owner" ON "saved_reports" (workspace_id, owner_id);
CREATE INDEX "saved_report_recipients_of_member" ON "saved_report_recipients" (workspace_id, member_id);

ALTER TABLE "saved_reports" ADD CONSTRAINT "saved_reports_owner_id_fkey" FOREIGN KEY (workspace_id, owner_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "saved_report_recipients" ADD CONSTRAINT "saved_report_recipients_report_id_fkey" FOREIGN KEY (workspace_id, report_id)
  REFERENCES "saved_reports" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "saved_report_recipients" ADD CONSTRAINT "saved_report_recipients_member_id_fkey" FOREIGN KEY (workspace_id, member_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['saved_reports', 'saved_report_recipients'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;
