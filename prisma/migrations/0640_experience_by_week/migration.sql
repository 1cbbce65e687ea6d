-- A board over a period reads sums too: whom it served well in every channel (F35b), and what was said (F30, F31).

-- Of every channel of a customer the last week with a rating, and the last with one that was not positive.
TRUNCATE "experience_customer_channels";
ALTER TABLE "experience_customer_channels" DROP COLUMN "n", DROP COLUMN "k", ADD COLUMN "week" DATE NOT NULL, ADD COLUMN "poor_week" DATE;

-- A customer counts as served in every period that begins by the last week of her second latest channel, and as served well in those of
-- them that begin after her last rating that was not positive. So she adds one at the first of the two weeks and, from the other back,
-- takes one away: the sums over the weeks since a day are the counts of the period that begins with it.
CREATE TABLE "experience_customer_weeks" (
    "workspace_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "served" INTEGER NOT NULL,
    "consistent" INTEGER NOT NULL,

    CONSTRAINT "experience_customer_weeks_pkey" PRIMARY KEY ("workspace_id","by","type","week")
);
ALTER TABLE "experience_customer_weeks" ADD CONSTRAINT "experience_customer_weeks_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
DROP TABLE "experience_customer_counts";

-- What customers said in time, by the week of the contact: an answer is one row for the words that classed the contact (expectation, outcome,
-- disconfirmation) and one for each measure beside them, so that the rows of a week are few however many answers there are.
CREATE TABLE "voice_weeks" (
    "workspace_id" UUID NOT NULL,
    "week" DATE NOT NULL,
    "type" TEXT NOT NULL,
    "expectation" SMALLINT,
    "outcome" SMALLINT,
    "disconfirmation" SMALLINT,
    "csat" SMALLINT,
    "ces" SMALLINT,
    "nps" SMALLINT,
    "n" INTEGER NOT NULL,

    CONSTRAINT "voice_weeks_key" UNIQUE NULLS NOT DISTINCT ("workspace_id","week","type","expectation","outcome","disconfirmation","csat","ces","nps")
);
ALTER TABLE "voice_weeks" ADD CONSTRAINT "voice_weeks_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['experience_customer_weeks', 'voice_weeks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
  END LOOP;
  GRANT SELECT, INSERT, UPDATE, DELETE ON "experience_customer_weeks", "voice_weeks" TO wheelhouse_app;
END $$;

-- The contacts with a rating of one customer, for what is counted anew when one of them goes.
CREATE INDEX "interactions_rated_of" ON "interactions" (workspace_id, customer_id) WHERE experience_class IS NOT NULL;

-- Where a customer adds to the sums: the week until which she is served, the same when she is ever served well, and where that ends.
CREATE FUNCTION app.customer_weeks(w uuid, customer uuid, dimension text, kind text, OUT served date, OUT good date, OUT poor date) LANGUAGE sql STABLE AS $$
  SELECT s.served, CASE WHEN s.poor >= s.served THEN NULL ELSE s.served END, CASE WHEN s.poor < s.served THEN s.poor END FROM (
    SELECT (array_agg(week ORDER BY week DESC))[2] AS served, max(poor_week) AS poor FROM public.experience_customer_channels
    WHERE workspace_id = w AND customer_id = customer AND "by" = dimension AND type = kind) s
$$;

CREATE FUNCTION app.count_customer_week(w uuid, dimension text, kind text, monday date, more int, well int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF monday IS NULL THEN RETURN; END IF;
  INSERT INTO public.experience_customer_weeks AS c (workspace_id, "by", type, week, served, consistent) VALUES (w, dimension, kind, monday, more, well)
    ON CONFLICT (workspace_id, "by", type, week) DO UPDATE SET served = c.served + excluded.served, consistent = c.consistent + excluded.consistent;
  DELETE FROM public.experience_customer_weeks
    WHERE workspace_id = w AND "by" = dimension AND type = kind AND week = monday AND served = 0 AND consistent = 0;
END $$;

-- One rating more (or, with sign -1, less) of a customer in one channel; whoever calls holds the customer's lock. What goes is counted anew
-- from the rows only when it was the last of its channel.
DROP FUNCTION app.count_customer_channel(uuid, uuid, text, text, text, int, int);
CREATE FUNCTION app.count_customer_channel(w uuid, customer uuid, dimension text, kind text, name text, monday date, is_poor boolean, sign int)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  was record;
  became record;
  last_week date;
  last_poor date;
BEGIN
  SELECT * INTO was FROM app.customer_weeks(w, customer, dimension, kind);
  IF sign > 0 THEN
    INSERT INTO public.experience_customer_channels AS c (workspace_id, customer_id, "by", type, channel, week, poor_week)
      VALUES (w, customer, dimension, kind, name, monday, CASE WHEN is_poor THEN monday END)
      ON CONFLICT (workspace_id, customer_id, "by", type, channel)
      DO UPDATE SET week = greatest(c.week, excluded.week), poor_week = greatest(c.poor_week, excluded.poor_week);
  ELSE
    PERFORM FROM public.experience_customer_channels WHERE workspace_id = w AND customer_id = customer AND "by" = dimension AND type = kind
      AND channel = name AND (week <= monday OR (is_poor AND poor_week <= monday));
    IF NOT FOUND THEN RETURN; END IF;
    SELECT max(app.week_of(i.started_at)), max(app.week_of(i.started_at)) FILTER (WHERE i.experience_class <> 'positive') INTO last_week, last_poor
      FROM public.interactions i WHERE i.workspace_id = w AND i.customer_id = customer AND i.experience_class IS NOT NULL
        AND name = CASE dimension WHEN 'media' THEN i.medium ELSE i.route END AND kind IN ('', i.type);
    IF last_week IS NULL THEN
      DELETE FROM public.experience_customer_channels
        WHERE workspace_id = w AND customer_id = customer AND "by" = dimension AND type = kind AND channel = name;
    ELSE
      UPDATE public.experience_customer_channels SET week = last_week, poor_week = last_poor
        WHERE workspace_id = w AND customer_id = customer AND "by" = dimension AND type = kind AND channel = name;
    END IF;
  END IF;
  SELECT * INTO became FROM app.customer_weeks(w, customer, dimension, kind);
  IF became IS NOT DISTINCT FROM was THEN RETURN; END IF;
  PERFORM app.count_customer_week(w, dimension, kind, was.served, -1, 0);
  PERFORM app.count_customer_week(w, dimension, kind, was.good, 0, -1);
  PERFORM app.count_customer_week(w, dimension, kind, was.poor, 0, 1);
  PERFORM app.count_customer_week(w, dimension, kind, became.served, 1, 0);
  PERFORM app.count_customer_week(w, dimension, kind, became.good, 0, 1);
  PERFORM app.count_customer_week(w, dimension, kind, became.poor, 0, -1);
END $$;

CREATE OR REPLACE FUNCTION app.count_experience(i public.interactions, sign int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
  positive int := (i.experience_class = 'positive')::int;
  monday date := app.week_of(i.started_at);
BEGIN
  PERFORM FROM public.customers WHERE workspace_id = i.workspace_id AND id = i.customer_id FOR NO KEY UPDATE;
  INSERT INTO public.experience_counts AS c (workspace_id, week, agent_id, medium, route, type, spoke_id, n, k)
    VALUES (i.workspace_id, monday, coalesce(i.agent_id, nobody), i.medium, coalesce(i.route, ''), i.type, coalesce(i.spoke_id, nobody), sign, sign * positive)
    ON CONFLICT (workspace_id, week, agent_id, medium, route, type, spoke_id) DO UPDATE SET n = c.n + excluded.n, k = c.k + excluded.k;
  INSERT INTO public.experience_weeks AS c (workspace_id, week, medium, route, type, n, k)
    VALUES (i.workspace_id, monday, i.medium, coalesce(i.route, ''), i.type, sign, sign * positive)
    ON CONFLICT (workspace_id, week, medium, route, type) DO UPDATE SET n = c.n + excluded.n, k = c.k + excluded.k;
  IF sign < 0 THEN
    DELETE FROM public.experience_counts WHERE workspace_id = i.workspace_id AND week = monday AND agent_id = coalesce(i.agent_id, nobody)
      AND medium = i.medium AND route = coalesce(i.route, '') AND type = i.type AND spoke_id = coalesce(i.spoke_id, nobody) AND n = 0;
    DELETE FROM public.experience_weeks WHERE workspace_id = i.workspace_id AND week = monday AND medium = i.medium
      AND route = coalesce(i.route, '') AND type = i.type AND n = 0;
  END IF;
  PERFORM app.count_customer_channel(i.workspace_id, i.customer_id, 'media', kind, i.medium, monday, positive = 0, sign) FROM unnest(ARRAY['', i.type]) kind;
  IF i.route IS NOT NULL THEN
    PERFORM app.count_customer_channel(i.workspace_id, i.customer_id, 'routes', kind, i.route, monday, positive = 0, sign) FROM unnest(ARRAY['', i.type]) kind;
  END IF;
END $$;

-- One answer more (or, with sign -1, less) about a contact of that type and week.
CREATE FUNCTION app.count_voice(r public.responses, kind text, monday date, sign int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF r.source = 'staff' OR r.is_late THEN RETURN; END IF;
  INSERT INTO public.voice_weeks AS v (workspace_id, week, type, expectation, outcome, disconfirmation, csat, ces, nps, n)
    SELECT r.workspace_id, monday, kind, said.*, sign FROM (
      SELECT r.expectation, r.outcome, r.disconfirmation, NULL::smallint, NULL::smallint, NULL::smallint WHERE r.counts_for_class
      UNION ALL SELECT NULL, NULL, NULL, r.csat, NULL, NULL WHERE r.csat IS NOT NULL
      UNION ALL SELECT NULL, NULL, NULL, NULL, r.ces, NULL WHERE r.ces IS NOT NULL
      UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, r.nps WHERE r.nps IS NOT NULL) said
    ON CONFLICT (workspace_id, week, type, expectation, outcome, disconfirmation, csat, ces, nps) DO UPDATE SET n = v.n + excluded.n;
  IF sign < 0 THEN
    DELETE FROM public.voice_weeks WHERE workspace_id = r.workspace_id AND week = monday AND type = kind AND n = 0;
  END IF;
END $$;

-- The lock keeps the contact's type and time as they are read here until what is counted is there for whoever changes them.
CREATE FUNCTION app.voice_said() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE i record;
BEGIN
  SELECT type, app.week_of(started_at) AS monday INTO i FROM public.interactions
    WHERE workspace_id = coalesce(new.workspace_id, old.workspace_id) AND id = coalesce(new.interaction_id, old.interaction_id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF TG_OP <> 'INSERT' THEN PERFORM app.count_voice(old, i.type, i.monday, -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM app.count_voice(new, i.type, i.monday, 1); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER voice_said AFTER INSERT OR DELETE OR UPDATE ON "responses" FOR EACH ROW EXECUTE FUNCTION app.voice_said();

CREATE FUNCTION app.voice_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM app.count_voice(r, old.type, app.week_of(old.started_at), -1) FROM public.responses r
    WHERE r.workspace_id = old.workspace_id AND r.interaction_id = old.id;
  IF TG_OP = 'DELETE' THEN RETURN old; END IF;
  PERFORM app.count_voice(r, new.type, app.week_of(new.started_at), 1) FROM public.responses r
    WHERE r.workspace_id = new.workspace_id AND r.interaction_id = new.id;
  RETURN NULL;
END $$;
CREATE TRIGGER voice_moved AFTER UPDATE OF type, started_at ON "interactions" FOR EACH ROW
  WHEN ((old.type, app.week_of(old.started_at)) IS DISTINCT FROM (new.type, app.week_of(new.started_at))) EXECUTE FUNCTION app.voice_moved();
-- Before, as its answers go with it and find no contact any more.
CREATE TRIGGER voice_removed BEFORE DELETE ON "interactions" FOR EACH ROW EXECUTE FUNCTION app.voice_moved();

CREATE OR REPLACE FUNCTION app.recount_experience(w uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  DELETE FROM public.experience_counts WHERE workspace_id = w;
  DELETE FROM public.experience_weeks WHERE workspace_id = w;
  DELETE FROM public.experience_customer_channels WHERE workspace_id = w;
  DELETE FROM public.experience_customer_weeks WHERE workspace_id = w;
  DELETE FROM public.survey_weeks WHERE workspace_id = w;
  DELETE FROM public.voice_weeks WHERE workspace_id = w;
  INSERT INTO public.experience_counts (workspace_id, week, agent_id, medium, route, type, spoke_id, n, k)
    SELECT w, app.week_of(started_at), coalesce(agent_id, nobody), medium, coalesce(route, ''), type, coalesce(spoke_id, nobody),
      count(*), count(*) FILTER (WHERE experience_class = 'positive')
    FROM public.interactions WHERE workspace_id = w AND experience_class IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7;
  INSERT INTO public.experience_weeks (workspace_id, week, medium, route, type, n, k)
    SELECT w, week, medium, route, type, sum(n), sum(k) FROM public.experience_counts WHERE workspace_id = w GROUP BY 1, 2, 3, 4, 5;
  INSERT INTO public.experience_customer_channels (workspace_id, customer_id, "by", type, channel, week, poor_week)
    SELECT w, i.customer_id, c.dimension, kind, c.name, max(app.week_of(i.started_at)),
      max(app.week_of(i.started_at)) FILTER (WHERE i.experience_class <> 'positive')
    FROM public.interactions i
    CROSS JOIN LATERAL (VALUES ('media', i.medium), ('routes', i.route)) c (dimension, name)
    CROSS JOIN LATERAL unnest(ARRAY['', i.type]) kind
    WHERE i.workspace_id = w AND i.experience_class IS NOT NULL AND c.name IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
  INSERT INTO public.experience_customer_weeks (workspace_id, "by", type, week, served, consistent)
    SELECT w, s."by", s.type, e.week, sum(e.more), sum(e.well) FROM (
      SELECT "by", type, (array_agg(week ORDER BY week DESC))[2] AS served, max(poor_week) AS poor
      FROM public.experience_customer_channels WHERE workspace_id = w GROUP BY customer_id, "by", type HAVING count(*) >= 2) s
    CROSS JOIN LATERAL (VALUES (s.served, 1, (s.poor IS NULL OR s.poor < s.served)::int), (s.poor, 0, -(s.poor < s.served)::int)) e (week, more, well)
    WHERE e.week IS NOT NULL GROUP BY 2, 3, 4 HAVING sum(e.more) <> 0 OR sum(e.well) <> 0;
  INSERT INTO public.survey_weeks (workspace_id, week, type, invited, answered)
    SELECT w, app.week_of(sent_at), type, count(*), count(*) FILTER (WHERE state = 'answered')
    FROM public.survey_invites WHERE workspace_id = w AND sent_at IS NOT NULL GROUP BY 1, 2, 3;
  INSERT INTO public.voice_weeks (workspace_id, week, type, expectation, outcome, disconfirmation, csat, ces, nps, n)
    SELECT w, app.week_of(i.started_at), i.type, said.expectation, said.outcome, said.disconfirmation, said.csat, said.ces, said.nps, count(*)
    FROM public.responses r JOIN public.interactions i ON i.workspace_id = w AND i.id = r.interaction_id
    CROSS JOIN LATERAL (VALUES
      (r.counts_for_class, r.expectation, r.outcome, r.disconfirmation, NULL::smallint, NULL::smallint, NULL::smallint),
      (r.csat IS NOT NULL, NULL, NULL, NULL, r.csat, NULL, NULL),
      (r.ces IS NOT NULL, NULL, NULL, NULL, NULL, r.ces, NULL),
      (r.nps IS NOT NULL, NULL, NULL, NULL, NULL, NULL, r.nps)) said (was_said, expectation, outcome, disconfirmation, csat, ces, nps)
    WHERE r.workspace_id = w AND r.source <> 'staff' AND NOT r.is_late AND said.was_said GROUP BY 2, 3, 4, 5, 6, 7, 8, 9;
END $$;

REVOKE ALL ON FUNCTION app.customer_weeks(uuid, uuid, text, text), app.count_customer_week(uuid, text, text, date, int, int),
  app.count_customer_channel(uuid, uuid, text, text, text, date, boolean, int), app.count_voice(public.responses, text, date, int),
  app.voice_said(), app.voice_moved() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.customer_weeks(uuid, uuid, text, text), app.count_customer_week(uuid, text, text, date, int, int),
  app.count_customer_channel(uuid, uuid, text, text, text, date, boolean, int), app.count_voice(public.responses, text, date, int) TO wheelhouse_app;

DO $$
DECLARE w uuid;
BEGIN
  FOR w IN SELECT id FROM workspaces LOOP
    PERFORM set_config('app.workspace_id', w::text, true);
    PERFORM app.recount_experience(w);
  END LOOP;
  PERFORM set_config('app.workspace_id', '', true);
END $$;
