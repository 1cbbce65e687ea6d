-- When a tag was written down and when it was taken away, by the clock of the database: an analysis asked again finds the same tags.
ALTER TABLE "comment_tags" ADD COLUMN "recorded_at" TIMESTAMPTZ(3), ADD COLUMN "removal_recorded_at" TIMESTAMPTZ(3);
UPDATE "comment_tags" SET recorded_at = tagged_at, removal_recorded_at = removed_at;
ALTER TABLE "comment_tags" ALTER COLUMN "recorded_at" SET DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "comment_tags" ALTER COLUMN "recorded_at" SET NOT NULL;

CREATE FUNCTION app.note_tag_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.removal_recorded_at := CURRENT_TIMESTAMP;
  RETURN new;
END $$;
CREATE TRIGGER comment_tags_removal_noted BEFORE UPDATE OF removed_at ON "comment_tags" FOR EACH ROW
  WHEN (old.removed_at IS NULL AND new.removed_at IS NOT NULL) EXECUTE FUNCTION app.note_tag_removal();
REVOKE ALL ON FUNCTION app.note_tag_removal() FROM PUBLIC;
