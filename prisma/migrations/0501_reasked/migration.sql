-- What the customer was asked again although the packet that came along answers it.

CREATE TABLE "packet_reasks" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "handoff_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "question" TEXT NOT NULL DEFAULT '',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "marked_by_id" UUID NOT NULL,

    CONSTRAINT "packet_reasks_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "packet_reasks_key_check" CHECK (key IN ('goals','stakeholders','scope','promises','risks','technical','timeline','billing','motives','competitors','communication','language','consents','osc'))
);

CREATE INDEX "packet_reasks_of_handoff" ON "packet_reasks" (workspace_id, handoff_id, asked_at DESC);

ALTER TABLE "packet_reasks" ADD CONSTRAINT "packet_reasks_handoff_id_fkey" FOREIGN KEY (workspace_id, handoff_id)
  REFERENCES "handoffs" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "packet_reasks" ADD CONSTRAINT "packet_reasks_marked_by_id_fkey" FOREIGN KEY (workspace_id, marked_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

ALTER TABLE "packet_reasks" ADD CONSTRAINT "packet_reasks_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "packet_reasks" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "packet_reasks" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "packet_reasks" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT ON "packet_reasks" TO wheelhouse_app;
