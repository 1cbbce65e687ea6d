-- One department gives a journey to another: what the receiver must know, who answers until she has taken it, and how well it went.

CREATE TABLE "handoffs" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "from_spoke_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_spoke_id" UUID NOT NULL,
    "to_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "note" TEXT NOT NULL DEFAULT '',
    "drafted_at" TIMESTAMPTZ(3) NOT NULL,
    "proposed_at" TIMESTAMPTZ(3),
    "due_accept" TIMESTAMPTZ(3),
    "expired_at" TIMESTAMPTZ(3),
    "escalation" INTEGER NOT NULL DEFAULT 0,
    "rejected_at" TIMESTAMPTZ(3),
    "reject_reason" TEXT,
    "reject_note" TEXT NOT NULL DEFAULT '',
    "missing_items" TEXT[] NOT NULL DEFAULT '{}',
    "rejections" INTEGER NOT NULL DEFAULT 0,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,
    "due_first_touch" TIMESTAMPTZ(3),
    "interaction_id" UUID,
    "completed_at" TIMESTAMPTZ(3),
    "rated_at" TIMESTAMPTZ(3),
    "rated_by_id" UUID,
    "rating" INTEGER,
    "had_to_repeat" BOOLEAN,
    "completeness" DOUBLE PRECISION,
    "packet" JSONB NOT NULL DEFAULT '[]',
    "quality" DOUBLE PRECISION,
    "cancelled_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "handoffs_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "handoffs_type_check" CHECK (type IN ('spoke_to_spoke','sales_to_cs')),
    CONSTRAINT "handoffs_state_check" CHECK (state IN ('draft','proposed','accepted','rejected','expired','completed','rated','cancelled')),
    CONSTRAINT "handoffs_other_spoke_check" CHECK (from_spoke_id <> to_spoke_id),
    CONSTRAINT "handoffs_proposed_check" CHECK (state IN ('draft','cancelled') OR (proposed_at IS NOT NULL AND due_accept IS NOT NULL AND completeness IS NOT NULL)),
    CONSTRAINT "handoffs_accepted_check" CHECK ((state IN ('accepted','completed','rated')) = (accepted_at IS NOT NULL AND accepted_by_id IS NOT NULL AND due_first_touch IS NOT NULL)),
    CONSTRAINT "handoffs_rejected_check" CHECK (state <> 'rejected' OR (rejected_at IS NOT NULL AND reject_reason IS NOT NULL AND cardinality(missing_items) > 0)),
    CONSTRAINT "handoffs_reason_check" CHECK (reject_reason IN ('incomplete_packet','scope_mismatch','unsellable_promise','no_capacity','wrong_segment','duplicate')),
    CONSTRAINT "handoffs_completed_check" CHECK ((state IN ('completed','rated')) = (completed_at IS NOT NULL AND interaction_id IS NOT NULL)),
    CONSTRAINT "handoffs_rated_check" CHECK ((state = 'rated') = (rated_at IS NOT NULL AND rated_by_id IS NOT NULL AND rating IS NOT NULL AND had_to_repeat IS NOT NULL AND quality IS NOT NULL)),
    CONSTRAINT "handoffs_rating_check" CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT "handoffs_not_own_check" CHECK (rated_by_id <> from_id AND accepted_by_id <> from_id),
    CONSTRAINT "handoffs_share_check" CHECK (completeness BETWEEN 0 AND 1 AND quality BETWEEN 0 AND 1)
);

-- What the next department needs to know, gathered while the journey goes on and there before anybody hands it over.
CREATE TABLE "packet_items" (
    "workspace_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "is_applicable" BOOLEAN NOT NULL DEFAULT true,
    "filled_at" TIMESTAMPTZ(3) NOT NULL,
    "filled_by_id" UUID,
    "stage_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "packet_items_pkey" PRIMARY KEY ("workspace_id","journey_id","key"),
    CONSTRAINT "packet_items_key_check" CHECK (key IN ('goals','stakeholders','scope','promises','risks','technical','timeline','billing','motives','competitors','communication','language','consents','osc')),
    CONSTRAINT "packet_items_text_check" CHECK (is_applicable OR text = '')
);

CREATE UNIQUE INDEX "handoffs_open_key" ON "handoffs" (workspace_id, journey_id) WHERE state IN ('draft','proposed','rejected','expired');
CREATE INDEX "handoffs_of_journey" ON "handoffs" (workspace_id, journey_id, drafted_at DESC);
CREATE INDEX "handoffs_awaiting_touch" ON "handoffs" (workspace_id, journey_id) WHERE state = 'accepted';
CREATE INDEX "handoffs_to_spoke" ON "handoffs" (workspace_id, to_spoke_id, drafted_at DESC, id DESC);
CREATE INDEX "handoffs_from_spoke" ON "handoffs" (workspace_id, from_spoke_id, drafted_at DESC, id DESC);
CREATE INDEX "handoffs_by_time" ON "handoffs" (workspace_id, drafted_at DESC, id DESC);

ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_from_spoke_id_fkey" FOREIGN KEY (workspace_id, from_spoke_id)
  REFERENCES "spokes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_to_spoke_id_fkey" FOREIGN KEY (workspace_id, to_spoke_id)
  REFERENCES "spokes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_from_id_fkey" FOREIGN KEY (workspace_id, from_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_to_id_fkey" FOREIGN KEY (workspace_id, to_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_accepted_by_id_fkey" FOREIGN KEY (workspace_id, accepted_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_rated_by_id_fkey" FOREIGN KEY (workspace_id, rated_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "packet_items" ADD CONSTRAINT "packet_items_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "packet_items" ADD CONSTRAINT "packet_items_stage_id_fkey" FOREIGN KEY (workspace_id, stage_id)
  REFERENCES "stages" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "packet_items" ADD CONSTRAINT "packet_items_filled_by_id_fkey" FOREIGN KEY (workspace_id, filled_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['handoffs', 'packet_items'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;

-- Until the receiver has accepted, the sender's department stays accountable.
CREATE FUNCTION app.keep_baton() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.handoffs h WHERE h.workspace_id = new.workspace_id AND h.journey_id = new.id AND h.state = 'proposed') THEN
    RAISE EXCEPTION 'a handoff waits to be accepted' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER journeys_keep_baton BEFORE UPDATE OF accountable_spoke_id ON "journeys" FOR EACH ROW
  WHEN (old.accountable_spoke_id IS DISTINCT FROM new.accountable_spoke_id) EXECUTE FUNCTION app.keep_baton();
REVOKE ALL ON FUNCTION app.keep_baton() FROM PUBLIC;

-- A handoff is complete with the receiver's own two-way contact on that journey, after she accepted.
CREATE FUNCTION app.require_first_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.interactions i WHERE i.workspace_id = new.workspace_id AND i.id = new.interaction_id
    AND i.journey_id = new.journey_id AND i.is_two_way AND NOT i.is_automated AND i.direction <> 'internal' AND i.started_at >= new.accepted_at
    AND (i.agent_id = new.accepted_by_id OR i.spoke_id = new.to_spoke_id)) THEN
    RAISE EXCEPTION 'not the first contact of the receiver' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER handoffs_first_touch BEFORE UPDATE OF state ON "handoffs" FOR EACH ROW
  WHEN (new.state = 'completed' AND old.state <> 'completed') EXECUTE FUNCTION app.require_first_touch();
REVOKE ALL ON FUNCTION app.require_first_touch() FROM PUBLIC;

-- Whoever writes on a journey learns with it whether its next receiver has not spoken with the customer yet.
CREATE OR REPLACE FUNCTION app.load_journey(w uuid, wanted uuid, is_customer boolean) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  j public.journeys;
BEGIN
  IF is_customer THEN
    SELECT * INTO j FROM public.journeys WHERE workspace_id = w AND customer_id = wanted AND is_primary FOR UPDATE;
  ELSE
    SELECT * INTO j FROM public.journeys WHERE workspace_id = w AND id = wanted FOR UPDATE;
  END IF;
  IF j.id IS NULL THEN RETURN NULL; END IF;
  RETURN (
    SELECT jsonb_build_object(
      'journey', to_jsonb(j), 'stage', to_jsonb(s), 'settings', to_jsonb(ws), 'customer_name', c.name,
      'next', (SELECT to_jsonb(t) FROM public.touchpoints t WHERE t.workspace_id = w AND t.journey_id = j.id AND t.state IN ('planned', 'due')),
      'current', (SELECT to_jsonb(t) FROM public.touchpoints t WHERE t.workspace_id = w AND t.journey_id = j.id AND t.state = 'in_progress'),
      'off_track', (SELECT coalesce(jsonb_agg(to_jsonb(e)), '[]') FROM public.off_track_events e
        WHERE e.workspace_id = w AND e.journey_id = j.id AND e.state IN ('open', 'playing')),
      'calendar', (SELECT to_jsonb(k) FROM public.calendars k WHERE k.workspace_id = w AND k.id = coalesce(m.calendar_id, ws.calendar_id)),
      'awaits_first_touch', EXISTS (SELECT FROM public.handoffs x WHERE x.workspace_id = w AND x.journey_id = j.id AND x.state = 'accepted'),
      'hub_spoke_id', (SELECT h.id FROM public.spokes h WHERE h.workspace_id = w AND h.key = 'osc'))
    FROM public.stages s, public.workspace_settings ws, public.members m, public.customers c
    WHERE s.workspace_id = w AND s.id = j.stage_id AND ws.workspace_id = w AND m.workspace_id = w AND m.id = j.osc_id
      AND c.workspace_id = w AND c.id = j.customer_id);
END $$;
