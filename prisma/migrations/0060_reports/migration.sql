-- Reports and boards that never count rows: leads and wins by origin, the oldest of a stage per consultant, who touched whom.

CREATE TABLE "customer_origins" (
    "workspace_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "is_won" BOOLEAN NOT NULL,

    CONSTRAINT "customer_origins_pkey" PRIMARY KEY ("workspace_id","customer_id")
);

CREATE TABLE "origin_counts" (
    "workspace_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "leads" INTEGER NOT NULL DEFAULT 0,
    "won" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "origin_counts_pkey" PRIMARY KEY ("workspace_id","origin")
);

ALTER TABLE "customer_origins" ADD CONSTRAINT "customer_origins_customer_id_fkey" FOREIGN KEY (workspace_id, customer_id)
  REFERENCES "customers" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "customer_origins" ADD CONSTRAINT "customer_origins_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "origin_counts" ADD CONSTRAINT "origin_counts_workspace_id_fkey" FOREIGN KEY (workspace_id)
  REFERENCES "workspaces" (id) ON UPDATE NO ACTION;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['customer_origins', 'origin_counts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;

CREATE INDEX "journeys_by_osc_stage_age" ON "journeys" (workspace_id, osc_id, stage_id, entered_stage_at, id)
  WHERE status IN ('pre_lead','active','nurture','won','on_hold');
CREATE INDEX "journeys_stage_off_track" ON "journeys" (workspace_id, stage_id, off_track_since, id) WHERE off_track_since IS NOT NULL;
CREATE INDEX "interactions_by_agent" ON "interactions" (workspace_id, agent_id, started_at DESC) WHERE agent_id IS NOT NULL;

-- Where each customer came from, and whether her primary journey was ever won: one row as long as she is nobody else.
CREATE FUNCTION app.refresh_origins(w uuid, customer_ids uuid[]) RETURNS void LANGUAGE sql AS $$
  WITH wanted AS (
    SELECT c.id AS customer_id, coalesce(nullif(btrim(c.origin), ''), 'unknown') AS origin,
      (j.status IN ('won','completed') OR EXISTS (
        SELECT FROM public.stage_transitions t
        WHERE t.workspace_id = w AND t.journey_id = j.id AND t.status IN ('won','completed'))) AS is_won
    FROM public.customers c JOIN public.journeys j ON j.workspace_id = c.workspace_id AND j.customer_id = c.id AND j.is_primary
    WHERE c.workspace_id = w AND c.id = ANY (customer_ids) AND c.merged_into_id IS NULL AND c.deleted_at IS NULL
  ), gone AS (
    DELETE FROM public.customer_origins o
    WHERE o.workspace_id = w AND o.customer_id = ANY (customer_ids)
      AND NOT EXISTS (SELECT FROM wanted WHERE wanted.customer_id = o.customer_id)
  )
  INSERT INTO public.customer_origins AS o (workspace_id, customer_id, origin, is_won)
  SELECT w, customer_id, origin, is_won FROM wanted
  ON CONFLICT (workspace_id, customer_id) DO UPDATE SET origin = excluded.origin, is_won = excluded.is_won
  WHERE (o.origin, o.is_won) IS DISTINCT FROM (excluded.origin, excluded.is_won)
$$;

CREATE FUNCTION app.journeys_started() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE w uuid; ids uuid[];
BEGIN
  FOR w, ids IN SELECT workspace_id, array_agg(DISTINCT customer_id) FROM started WHERE is_primary GROUP BY workspace_id LOOP
    PERFORM app.refresh_origins(w, ids);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER journeys_started AFTER INSERT ON "journeys" REFERENCING NEW TABLE AS started
  FOR EACH STATEMENT EXECUTE FUNCTION app.journeys_started();

CREATE FUNCTION app.journey_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM app.refresh_origins(old.workspace_id, ARRAY[old.customer_id]);
  ELSE
    PERFORM app.refresh_origins(new.workspace_id, ARRAY[old.customer_id, new.customer_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journey_moved AFTER UPDATE OF status, is_primary, customer_id ON "journeys" FOR EACH ROW
  WHEN ((old.status, old.is_primary, old.customer_id) IS DISTINCT FROM (new.status, new.is_primary, new.customer_id))
  EXECUTE FUNCTION app.journey_moved();
CREATE TRIGGER journey_removed AFTER DELETE ON "journeys" FOR EACH ROW WHEN (old.is_primary) EXECUTE FUNCTION app.journey_moved();

CREATE FUNCTION app.customer_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM app.refresh_origins(new.workspace_id, ARRAY[new.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER customer_moved AFTER UPDATE OF origin, merged_into_id, deleted_at ON "customers" FOR EACH ROW
  WHEN ((old.origin, old.merged_into_id, old.deleted_at) IS DISTINCT FROM (new.origin, new.merged_into_id, new.deleted_at))
  EXECUTE FUNCTION app.customer_moved();

-- One addition per origin and statement, in one order of keys; an origin that nobody came from has no counter.
CREATE FUNCTION app.count_origin(w uuid, name text, leads_delta int, won_delta int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO public.origin_counts AS c (workspace_id, origin, leads, won) VALUES (w, name, leads_delta, won_delta)
  ON CONFLICT (workspace_id, origin) DO UPDATE SET leads = c.leads + excluded.leads, won = c.won + excluded.won;
  DELETE FROM public.origin_counts c WHERE leads_delta < 0 AND c.workspace_id = w AND c.origin = name AND c.leads = 0 AND c.won = 0;
$$;

CREATE FUNCTION app.origins_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE each record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    FOR each IN SELECT workspace_id, origin, count(*)::int AS leads, (count(*) FILTER (WHERE is_won))::int AS won
      FROM added GROUP BY 1, 2 ORDER BY 1, 2
    LOOP PERFORM app.count_origin(each.workspace_id, each.origin, each.leads, each.won); END LOOP;
  ELSIF TG_OP = 'DELETE' THEN
    FOR each IN SELECT workspace_id, origin, count(*)::int AS leads, (count(*) FILTER (WHERE is_won))::int AS won
      FROM removed GROUP BY 1, 2 ORDER BY 1, 2
    LOOP PERFORM app.count_origin(each.workspace_id, each.origin, -each.leads, -each.won); END LOOP;
  ELSE
    FOR each IN SELECT workspace_id, origin, sum(leads)::int AS leads, sum(won)::int AS won FROM (
        SELECT workspace_id, origin, 1 AS leads, is_won::int AS won FROM added
        UNION ALL SELECT workspace_id, origin, -1, -(is_won::int) FROM removed) changes
      GROUP BY 1, 2 ORDER BY 1, 2
    LOOP PERFORM app.count_origin(each.workspace_id, each.origin, each.leads, each.won); END LOOP;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER origins_added AFTER INSERT ON "customer_origins" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION app.origins_counted();
CREATE TRIGGER origins_changed AFTER UPDATE ON "customer_origins" REFERENCING NEW TABLE AS added OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION app.origins_counted();
CREATE TRIGGER origins_removed AFTER DELETE ON "customer_origins" REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION app.origins_counted();

-- What loads rows without triggers calls this once for the workspace.
CREATE FUNCTION app.recount_origins(w uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM app.refresh_origins(w, (SELECT array_agg(id) FROM public.customers WHERE workspace_id = w));
END $$;

REVOKE ALL ON FUNCTION app.refresh_origins(uuid, uuid[]), app.journeys_started(), app.journey_moved(), app.customer_moved(),
  app.count_origin(uuid, text, int, int), app.origins_counted(), app.recount_origins(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.refresh_origins(uuid, uuid[]), app.count_origin(uuid, text, int, int), app.recount_origins(uuid) TO wheelhouse_app;
