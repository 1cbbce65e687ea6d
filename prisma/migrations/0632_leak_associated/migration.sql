-- What the drops of a leak are associated with, as the run that last found it saw them: its page counts no drop. A leak that stands
-- already has it from the next night on.
ALTER TABLE "leaks" ADD COLUMN "associated" JSONB NOT NULL DEFAULT '[]';
