-- When each lead arrived, who first answered her when, whose she was and when an appointment was first set: one narrow row, so that
-- speed to lead reads no journey, customer, assignment or appointment. Kept in the transaction of the rows it is derived from.

CREATE TABLE "lead_answers" (
    "workspace_id" UUID NOT NULL,
    "journey_id" UUID NOT NULL,
    "is_counted" BOOLEAN NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "first_response_at" TIMESTAMPTZ(3),
    "booked_at" TIMESTAMPTZ(3),
    "osc_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "owners" JSONB,

    CONSTRAINT "lead_answers_pkey" PRIMARY KEY ("workspace_id","journey_id")
);

CREATE INDEX "lead_answers_newest" ON "lead_answers" (workspace_id, arrived_at DESC, journey_id) WHERE is_counted;

ALTER TABLE "lead_answers" ADD CONSTRAINT "lead_answers_journey_id_fkey" FOREIGN KEY (workspace_id, journey_id)
  REFERENCES "journeys" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "lead_answers" ADD CONSTRAINT "lead_answers_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES workspaces (id) ON UPDATE NO ACTION;

ALTER TABLE "lead_answers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "lead_answers" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "lead_answers" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "lead_answers" TO wheelhouse_app;

-- Whoever was imported has no row: nobody's clock ran for her. `owners` is in order, in milliseconds since 1970, and null where one
-- consultant had her from the first to now.
CREATE FUNCTION app.refresh_leads(w uuid, journey_ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Who changes another part of the same row meanwhile is waited for here, and seen by the statement after it.
  PERFORM FROM public.lead_answers l WHERE l.workspace_id = w AND l.journey_id = ANY (journey_ids) ORDER BY l.journey_id FOR UPDATE;
  DELETE FROM public.lead_answers l USING public.journeys j
    WHERE l.workspace_id = w AND l.journey_id = ANY (journey_ids) AND j.workspace_id = w AND j.id = l.journey_id AND j.import_id IS NOT NULL;
  INSERT INTO public.lead_answers AS l (workspace_id, journey_id, is_counted, arrived_at, first_response_at, booked_at, osc_id, origin, owners)
  SELECT w, j.id, j.status NOT IN ('pre_lead', 'merged'), j.arrived_at, j.first_response_at,
    (SELECT min(a.set_at) FROM public.appointments a WHERE a.workspace_id = w AND a.customer_id = j.customer_id AND a.journey_id = j.id),
    j.osc_id,
    coalesce(nullif(btrim((SELECT c.origin FROM public.customers c WHERE c.workspace_id = w AND c.id = j.customer_id)), ''), 'unknown'),
    (SELECT jsonb_agg(jsonb_build_object('memberId', o.member_id, 'from', (extract(epoch FROM o.from_at) * 1000)::bigint) ORDER BY o.from_at)
      FROM public.osc_assignments o WHERE o.workspace_id = w AND o.journey_id = j.id HAVING count(*) > 1)
  FROM public.journeys j WHERE j.workspace_id = w AND j.id = ANY (journey_ids) AND j.import_id IS NULL
  ON CONFLICT (workspace_id, journey_id) DO UPDATE SET is_counted = excluded.is_counted, arrived_at = excluded.arrived_at,
    first_response_at = excluded.first_response_at, booked_at = excluded.booked_at, osc_id = excluded.osc_id, origin = excluded.origin, owners = excluded.owners
  WHERE (l.is_counted, l.arrived_at, l.first_response_at, l.booked_at, l.osc_id, l.origin, l.owners)
    IS DISTINCT FROM (excluded.is_counted, excluded.arrived_at, excluded.first_response_at, excluded.booked_at, excluded.osc_id, excluded.origin, excluded.owners);
END $$;

-- What loads rows without triggers calls this once for the workspace.
CREATE FUNCTION app.recount_leads(w uuid) RETURNS void LANGUAGE sql AS $$
  SELECT app.refresh_leads(w, (SELECT array_agg(id) FROM public.journeys WHERE workspace_id = w AND import_id IS NULL))
$$;

CREATE FUNCTION app.leads_arrived() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE w uuid; ids uuid[];
BEGIN
  FOR w, ids IN SELECT workspace_id, array_agg(id) FROM started WHERE import_id IS NULL GROUP BY workspace_id LOOP
    PERFORM app.refresh_leads(w, ids);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER leads_arrived AFTER INSERT ON "journeys" REFERENCING NEW TABLE AS started
  FOR EACH STATEMENT EXECUTE FUNCTION app.leads_arrived();

CREATE FUNCTION app.lead_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM app.refresh_leads(new.workspace_id, ARRAY[new.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER lead_changed AFTER UPDATE OF arrived_at, first_response_at, osc_id, customer_id, import_id, status ON "journeys" FOR EACH ROW
  WHEN ((old.arrived_at, old.first_response_at, old.osc_id, old.customer_id, old.import_id, old.status IN ('pre_lead', 'merged'))
    IS DISTINCT FROM (new.arrived_at, new.first_response_at, new.osc_id, new.customer_id, new.import_id, new.status IN ('pre_lead', 'merged')))
  EXECUTE FUNCTION app.lead_changed();

CREATE FUNCTION app.lead_origin_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM app.refresh_leads(new.workspace_id, (SELECT array_agg(id) FROM public.journeys WHERE workspace_id = new.workspace_id AND customer_id = new.id));
  RETURN NULL;
END $$;
CREATE TRIGGER lead_origin_changed AFTER UPDATE OF origin ON "customers" FOR EACH ROW
  WHEN (old.origin IS DISTINCT FROM new.origin) EXECUTE FUNCTION app.lead_origin_changed();

-- The first assignment of a journey says nothing that the journey does not.
CREATE FUNCTION app.lead_owners_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE w uuid; ids uuid[];
BEGIN
  FOR w, ids IN SELECT a.workspace_id, array_agg(DISTINCT a.journey_id) FROM added a
      WHERE EXISTS (SELECT FROM public.osc_assignments o WHERE o.workspace_id = a.workspace_id AND o.journey_id = a.journey_id AND o.id <> a.id)
      GROUP BY a.workspace_id LOOP
    PERFORM app.refresh_leads(w, ids);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_owners_added AFTER INSERT ON "osc_assignments" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION app.lead_owners_added();

CREATE FUNCTION app.lead_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM app.refresh_leads(old.workspace_id, ARRAY[old.journey_id]); END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND new.journey_id <> old.journey_id) THEN
    PERFORM app.refresh_leads(new.workspace_id, ARRAY[new.journey_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_owners_changed AFTER UPDATE OF journey_id, member_id, from_at OR DELETE ON "osc_assignments" FOR EACH ROW
  EXECUTE FUNCTION app.lead_part_changed();
CREATE TRIGGER lead_booked AFTER INSERT OR UPDATE OF customer_id, journey_id, set_at OR DELETE ON "appointments" FOR EACH ROW
  EXECUTE FUNCTION app.lead_part_changed();

REVOKE ALL ON FUNCTION app.refresh_leads(uuid, uuid[]), app.recount_leads(uuid), app.leads_arrived(), app.lead_changed(), app.lead_origin_changed(),
  app.lead_owners_added(), app.lead_part_changed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.refresh_leads(uuid, uuid[]), app.recount_leads(uuid) TO wheelhouse_app;

-- Every lead there is; their owner sees the rows of all workspaces only while it is not forced to be one.
DO $$
DECLARE t text; w uuid;
BEGIN
  FOREACH t IN ARRAY ARRAY['lead_answers', 'journeys', 'customers', 'appointments', 'osc_assignments'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t);
  END LOOP;
  FOR w IN SELECT id FROM workspaces LOOP PERFORM app.recount_leads(w); END LOOP;
  FOREACH t IN ARRAY ARRAY['lead_answers', 'journeys', 'customers', 'appointments', 'osc_assignments'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;
