-- A leak is not only who dropped out: who hears nothing, who stays too long, whose handoff fails and whose contact leaves nothing has
-- an owner, a date and the customers behind it too. How it stands since the mending began is kept by the run that looked.
ALTER TABLE "leaks" ADD COLUMN "measure" TEXT NOT NULL DEFAULT 'dropped';
ALTER TABLE "leaks" ADD COLUMN "next" JSONB;
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_measure_check" CHECK (measure IN ('dropped','silent','slow','handoff','capture'));
ALTER TABLE "leaks" DROP CONSTRAINT "leaks_dimension_check";
ALTER TABLE "leaks" ADD CONSTRAINT "leaks_dimension_check" CHECK (CASE measure
  WHEN 'dropped' THEN dimension IN ('origin','osc','recent')
  WHEN 'handoff' THEN dimension = 'pair'
  WHEN 'capture' THEN dimension = 'channel'
  ELSE dimension IN ('stage','spoke') END);
DROP INDEX "leaks_standing_key";
CREATE UNIQUE INDEX "leaks_standing_key" ON "leaks" (workspace_id, measure, template, stage, dimension, value) WHERE state IN ('suspected','confirmed','being_fixed');
