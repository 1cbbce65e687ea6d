-- A handoff to several departments is one with parts: each receiver answers for hers, and the whole goes as far as all of them.
-- A customer may refuse whoever took her, and a deal may be lost or taken up again: then what was accepted is given up.

ALTER TABLE "handoffs"
  ADD COLUMN "parent_id" UUID,
  ADD COLUMN "is_parent" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "is_declined" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "handoffs_parent_check" CHECK (parent_id IS NULL OR NOT is_parent),
  ADD CONSTRAINT "handoffs_declined_check" CHECK (NOT is_declined OR (state = 'cancelled' AND cancel_reason <> '' AND accepted_at IS NOT NULL)),
  DROP CONSTRAINT "handoffs_accepted_check",
  ADD CONSTRAINT "handoffs_accepted_check" CHECK (CASE WHEN state IN ('accepted','completed','rated')
    THEN accepted_at IS NOT NULL AND accepted_by_id IS NOT NULL AND due_first_touch IS NOT NULL
    ELSE accepted_at IS NULL OR state = 'cancelled' END);

DROP INDEX "handoffs_open_key";
CREATE UNIQUE INDEX "handoffs_open_key" ON "handoffs" (workspace_id, journey_id) WHERE state IN ('draft','proposed','rejected','expired') AND parent_id IS NULL;
CREATE UNIQUE INDEX "handoffs_part_key" ON "handoffs" (workspace_id, parent_id, to_spoke_id) WHERE parent_id IS NOT NULL;

ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_parent_id_fkey" FOREIGN KEY (workspace_id, parent_id)
  REFERENCES "handoffs" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

-- A handoff is complete with the receiver's own two-way contact on that journey, after she accepted; one with parts with all of them.
CREATE OR REPLACE FUNCTION app.require_first_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.is_parent THEN
    IF EXISTS (SELECT FROM public.handoffs c WHERE c.workspace_id = new.workspace_id AND c.parent_id = new.id AND c.state NOT IN ('completed', 'rated')) THEN
      RAISE EXCEPTION 'a part is not complete' USING ERRCODE = 'check_violation';
    END IF;
    RETURN new;
  END IF;
  IF NOT EXISTS (SELECT FROM public.interactions i WHERE i.workspace_id = new.workspace_id AND i.id = new.interaction_id
    AND i.journey_id = new.journey_id AND i.is_two_way AND NOT i.is_automated AND i.direction <> 'internal' AND i.started_at >= new.accepted_at
    AND (i.agent_id = new.accepted_by_id OR i.spoke_id = new.to_spoke_id)) THEN
    RAISE EXCEPTION 'not the first contact of the receiver' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$;

-- What waits for somebody is found without reading what is over.
CREATE INDEX "handoffs_standing" ON "handoffs" (workspace_id, drafted_at DESC)
  WHERE state IN ('proposed','rejected','expired') OR (state IN ('accepted','completed') AND introduction_id IS NOT NULL AND introduced_at IS NULL);
