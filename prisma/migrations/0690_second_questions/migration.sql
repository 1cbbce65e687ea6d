-- Which question stands beside the comparison, by type of contact, where a workspace chose another than its type brings: how it was
-- (outcome), how satisfied (csat) or how easy (ease).
ALTER TABLE "survey_settings" ADD COLUMN "second_questions" JSONB NOT NULL DEFAULT '{}';
