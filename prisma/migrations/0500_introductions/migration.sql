-- The consultant introduces whoever took a handoff; until that is done the customer sees whom she knew and where she stood.

ALTER TABLE "handoffs"
  ADD COLUMN "from_stage_id" UUID,
  ADD COLUMN "introduction_id" UUID,
  ADD COLUMN "introduction_due" TIMESTAMPTZ(3),
  ADD COLUMN "introduced_at" TIMESTAMPTZ(3),
  ADD COLUMN "introduced_with_id" UUID,
  ADD COLUMN "displaced_id" UUID,
  ADD CONSTRAINT "handoffs_introduction_check" CHECK ((introduction_id IS NULL) = (introduction_due IS NULL)
    AND (introduction_id IS NULL OR (accepted_at IS NOT NULL AND from_stage_id IS NOT NULL))),
  ADD CONSTRAINT "handoffs_introduced_check" CHECK (introduced_at IS NULL OR introduction_id IS NOT NULL);

CREATE INDEX "handoffs_introduced_by" ON "handoffs" (workspace_id, introduction_id) WHERE introduction_id IS NOT NULL;
CREATE INDEX "handoffs_by_acceptance" ON "handoffs" (workspace_id, accepted_at DESC) WHERE accepted_at IS NOT NULL;

ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_from_stage_id_fkey" FOREIGN KEY (workspace_id, from_stage_id)
  REFERENCES "stages" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_introduction_id_fkey" FOREIGN KEY (workspace_id, introduction_id)
  REFERENCES "touchpoints" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_displaced_id_fkey" FOREIGN KEY (workspace_id, displaced_id)
  REFERENCES "touchpoints" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_introduced_with_id_fkey" FOREIGN KEY (workspace_id, introduced_with_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- An introduction is made by a contact with the customer on that journey, after the receiver accepted.
CREATE FUNCTION app.require_introduction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.interactions i WHERE i.workspace_id = new.workspace_id AND i.id = new.introduced_with_id
    AND i.journey_id = new.journey_id AND NOT i.is_automated AND i.direction <> 'internal' AND i.started_at >= new.accepted_at) THEN
    RAISE EXCEPTION 'not an introduction' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER handoffs_introduced BEFORE UPDATE OF introduced_at ON "handoffs" FOR EACH ROW
  WHEN (new.introduced_at IS NOT NULL AND old.introduced_at IS NULL) EXECUTE FUNCTION app.require_introduction();
REVOKE ALL ON FUNCTION app.require_introduction() FROM PUBLIC;
