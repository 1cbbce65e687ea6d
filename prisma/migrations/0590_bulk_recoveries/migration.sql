-- Putting everybody behind a leak back on track is a run over many customers like any other: counted first, taken back within ten minutes.

ALTER TABLE "bulk_runs" ADD COLUMN "leak_id" UUID;
ALTER TABLE "bulk_runs" ALTER COLUMN "member_id" DROP NOT NULL;
ALTER TABLE "bulk_runs" DROP CONSTRAINT "bulk_runs_kind_check";
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_kind_check" CHECK (kind IN ('assign_osc','recover'));
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_about_check" CHECK ((kind = 'assign_osc') = (member_id IS NOT NULL) AND (kind = 'recover') = (leak_id IS NOT NULL));
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_runs_leak_id_fkey" FOREIGN KEY (workspace_id, leak_id)
  REFERENCES "leaks" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
CREATE INDEX "bulk_runs_of_leak" ON "bulk_runs" (workspace_id, leak_id) WHERE leak_id IS NOT NULL;
