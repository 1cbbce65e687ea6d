-- Kinds of analysis are written one way, with a hyphen; what was asked and found stays as it is.
ALTER TABLE "analytics_runs" DISABLE TRIGGER "analytics_runs_stand";
UPDATE "analytics_runs" SET kind = 'handoff-lab' WHERE kind = 'handoff_lab';
ALTER TABLE "analytics_runs" ENABLE TRIGGER "analytics_runs_stand";
