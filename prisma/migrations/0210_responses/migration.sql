-- What customers say of single interactions, whom we asked, and the counters that boards read.

ALTER TABLE "interactions" ADD COLUMN "experience_class" TEXT CHECK (experience_class IN ('positive','neutral','negative'));
ALTER TABLE "persons" ADD COLUMN "is_test" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "survey_settings" (
    "workspace_id" UUID NOT NULL,
    "is_on" BOOLEAN NOT NULL DEFAULT true,
    "probability" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "target" DOUBLE PRECISION NOT NULL DEFAULT 0.8,
    "secret_number" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "survey_settings_pkey" PRIMARY KEY ("workspace_id"),
    CONSTRAINT "survey_settings_probability_check" CHECK (probability > 0 AND probability <= 1),
    CONSTRAINT "survey_settings_target_check" CHECK (target > 0 AND target < 1)
);

CREATE TABLE "survey_invites" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "person_id" UUID,
    "medium" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "suppression" TEXT,
    "probability" DOUBLE PRECISION,
    "seed" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_invites_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "survey_invites_interaction_key" UNIQUE ("workspace_id","interaction_id"),
    CONSTRAINT "survey_invites_state_check" CHECK (state IN ('eligible','suppressed','sent','opened','answered','expired')),
    CONSTRAINT "survey_invites_suppression_check" CHECK ((state = 'suppressed') = (suppression IS NOT NULL)),
    CONSTRAINT "survey_invites_sent_check" CHECK (state IN ('eligible','suppressed') OR (sent_at IS NOT NULL AND expires_at IS NOT NULL AND probability IS NOT NULL))
);

CREATE TABLE "responses" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "invite_id" UUID,
    "source" TEXT NOT NULL,
    "author_id" UUID,
    "source_system" TEXT,
    "external_id" TEXT,
    "expectation" SMALLINT CHECK (expectation BETWEEN 1 AND 5),
    "outcome" SMALLINT CHECK (outcome BETWEEN 1 AND 5),
    "disconfirmation" SMALLINT CHECK (disconfirmation BETWEEN -2 AND 2),
    "csat" SMALLINT CHECK (csat BETWEEN 1 AND 5),
    "ces" SMALLINT CHECK (ces BETWEEN 1 AND 7),
    "nps" SMALLINT CHECK (nps BETWEEN 0 AND 10),
    "comment" TEXT NOT NULL DEFAULT '',
    "language" TEXT,
    "class" TEXT CHECK (class IN ('positive','neutral','negative')),
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "is_late" BOOLEAN NOT NULL DEFAULT false,
    "counts_for_class" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "responses_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "responses_source_check" CHECK (source IN ('customer','staff','tool')),
    CONSTRAINT "responses_author_check" CHECK (source <> 'staff' OR author_id IS NOT NULL),
    CONSTRAINT "responses_counts_check" CHECK (NOT counts_for_class OR (source <> 'staff' AND NOT is_late AND class IS NOT NULL)),
    CONSTRAINT "responses_external_check" CHECK ((source_system IS NULL) = (external_id IS NULL))
);

-- Rated interactions by everything a board filters or groups by; nobody and no department are the zero id, no route is ''.
CREATE TABLE "experience_counts" (
    "workspace_id" UUID NOT NULL,
    "week" DATE NOT NULL,
    "agent_id" UUID NOT NULL,
    "medium" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "spoke_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "k" INTEGER NOT NULL,

    CONSTRAINT "experience_counts_pkey" PRIMARY KEY ("workspace_id","week","agent_id","medium","route","type","spoke_id")
);

-- The same without people, so that a year of a large workspace is few rows.
CREATE TABLE "experience_weeks" (
    "workspace_id" UUID NOT NULL,
    "week" DATE NOT NULL,
    "medium" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "k" INTEGER NOT NULL,

    CONSTRAINT "experience_weeks_pkey" PRIMARY KEY ("workspace_id","week","medium","route","type")
);

-- A customer's ratings by channel, for one type or ('') for all.
CREATE TABLE "experience_customer_channels" (
    "workspace_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "k" INTEGER NOT NULL,

    CONSTRAINT "experience_customer_channels_pkey" PRIMARY KEY ("workspace_id","customer_id","by","type","channel"),
    CONSTRAINT "experience_customer_channels_by_check" CHECK ("by" IN ('media','routes'))
);

-- Customers rated in two channels or more, and those of them who were served well in every one.
CREATE TABLE "experience_customer_counts" (
    "workspace_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "served" INTEGER NOT NULL,
    "consistent" INTEGER NOT NULL,

    CONSTRAINT "experience_customer_counts_pkey" PRIMARY KEY ("workspace_id","by","type")
);

CREATE TABLE "survey_weeks" (
    "workspace_id" UUID NOT NULL,
    "week" DATE NOT NULL,
    "type" TEXT NOT NULL,
    "invited" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,

    CONSTRAINT "survey_weeks_pkey" PRIMARY KEY ("workspace_id","week","type")
);

ALTER TABLE "survey_settings" ADD CONSTRAINT "survey_settings_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "survey_invites" ADD CONSTRAINT "survey_invites_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "survey_invites" ADD CONSTRAINT "survey_invites_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "survey_invites" ADD CONSTRAINT "survey_invites_person_id_fkey" FOREIGN KEY (workspace_id, person_id)
  REFERENCES "persons" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "responses" ADD CONSTRAINT "responses_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "responses" ADD CONSTRAINT "responses_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "responses" ADD CONSTRAINT "responses_invite_id_fkey" FOREIGN KEY (workspace_id, invite_id)
  REFERENCES "survey_invites" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "responses" ADD CONSTRAINT "responses_author_id_fkey" FOREIGN KEY (workspace_id, author_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION;
ALTER TABLE "experience_counts" ADD CONSTRAINT "experience_counts_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "experience_weeks" ADD CONSTRAINT "experience_weeks_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "experience_customer_channels" ADD CONSTRAINT "experience_customer_channels_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "experience_customer_counts" ADD CONSTRAINT "experience_customer_counts_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "survey_weeks" ADD CONSTRAINT "survey_weeks_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;

CREATE UNIQUE INDEX "responses_invite_key" ON "responses" (workspace_id, invite_id) WHERE invite_id IS NOT NULL;
CREATE UNIQUE INDEX "responses_external_key" ON "responses" (workspace_id, source_system, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX "responses_counted_key" ON "responses" (workspace_id, interaction_id) WHERE counts_for_class;
CREATE UNIQUE INDEX "responses_staff_key" ON "responses" (workspace_id, interaction_id, author_id) WHERE source = 'staff';
CREATE INDEX "responses_by_interaction" ON "responses" (workspace_id, interaction_id);
CREATE INDEX "responses_of_staff" ON "responses" (workspace_id, answered_at DESC, id DESC) WHERE source = 'staff';
CREATE INDEX "survey_invites_by_person" ON "survey_invites" (workspace_id, person_id, sent_at DESC) WHERE sent_at IS NOT NULL;
CREATE INDEX "experience_counts_by_agent" ON "experience_counts" (workspace_id, agent_id, week);
CREATE INDEX "interactions_rated" ON "interactions" (workspace_id, started_at DESC, id DESC)
  INCLUDE (customer_id, medium, route, type, experience_class) WHERE experience_class IS NOT NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['survey_settings', 'survey_invites', 'responses', 'experience_counts', 'experience_weeks',
    'experience_customer_channels', 'experience_customer_counts', 'survey_weeks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
  END LOOP;
  -- What a customer said is never changed.
  GRANT SELECT, INSERT ON "responses" TO wheelhouse_app;
  GRANT SELECT, INSERT, UPDATE ON "survey_settings", "survey_invites" TO wheelhouse_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON "experience_counts", "experience_weeks", "experience_customer_channels",
    "experience_customer_counts", "survey_weeks" TO wheelhouse_app;
END $$;

-- The Monday of an instant, in UTC.
CREATE FUNCTION app.week_of(at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT date_trunc('week', at AT TIME ZONE 'UTC')::date
$$;

-- One rating more (or, with sign -1, less) of a customer in one channel; whoever calls holds the customer's lock.
CREATE FUNCTION app.count_customer_channel(w uuid, customer uuid, dimension text, kind text, name text, sign int, positive int)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  channels_before int; channels_after int; good_before boolean; good_after boolean; served_delta int; consistent_delta int;
BEGIN
  SELECT count(*), coalesce(bool_and(k = n), false) INTO channels_before, good_before FROM public.experience_customer_channels
    WHERE workspace_id = w AND customer_id = customer AND "by" = dimension AND type = kind;
  INSERT INTO public.experience_customer_channels AS c (workspace_id, customer_id, "by", type, channel, n, k)
    VALUES (w, customer, dimension, kind, name, sign, sign * positive)
    ON CONFLICT (workspace_id, customer_id, "by", type, channel) DO UPDATE SET n = c.n + excluded.n, k = c.k + excluded.k;
  IF sign < 0 THEN
    DELETE FROM public.experience_customer_channels
      WHERE workspace_id = w AND customer_id = customer AND "by" = dimension AND type = kind AND channel = name AND n = 0;
  END IF;
  SELECT count(*), coalesce(bool_and(k = n), false) INTO channels_after, good_after FROM public.experience_customer_channels
    WHERE workspace_id = w AND customer_id = customer AND "by" = dimension AND type = kind;
  served_delta := (channels_after >= 2)::int - (channels_before >= 2)::int;
  consistent_delta := (channels_after >= 2 AND good_after)::int - (channels_before >= 2 AND good_before)::int;
  IF served_delta = 0 AND consistent_delta = 0 THEN RETURN; END IF;
  INSERT INTO public.experience_customer_counts AS c (workspace_id, "by", type, served, consistent)
    VALUES (w, dimension, kind, served_delta, consistent_delta)
    ON CONFLICT (workspace_id, "by", type) DO UPDATE SET served = c.served + excluded.served, consistent = c.consistent + excluded.consistent;
  DELETE FROM public.experience_customer_counts WHERE served_delta < 0 AND workspace_id = w AND "by" = dimension AND type = kind AND served = 0;
END $$;

CREATE FUNCTION app.count_experience(i public.interactions, sign int) RETURNS void LANGUAGE plpgsql AS $$
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
  PERFORM app.count_customer_channel(i.workspace_id, i.customer_id, 'media', kind, i.medium, sign, positive) FROM unnest(ARRAY['', i.type]) kind;
  IF i.route IS NOT NULL THEN
    PERFORM app.count_customer_channel(i.workspace_id, i.customer_id, 'routes', kind, i.route, sign, positive) FROM unnest(ARRAY['', i.type]) kind;
  END IF;
END $$;

CREATE FUNCTION app.experience_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND old.experience_class IS NOT NULL THEN PERFORM app.count_experience(old, -1); END IF;
  IF TG_OP <> 'DELETE' AND new.experience_class IS NOT NULL THEN PERFORM app.count_experience(new, 1); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER experience_added AFTER INSERT ON "interactions" FOR EACH ROW WHEN (new.experience_class IS NOT NULL)
  EXECUTE FUNCTION app.experience_moved();
CREATE TRIGGER experience_removed AFTER DELETE ON "interactions" FOR EACH ROW WHEN (old.experience_class IS NOT NULL)
  EXECUTE FUNCTION app.experience_moved();
CREATE TRIGGER experience_moved AFTER UPDATE OF experience_class, customer_id, agent_id, medium, route, type, spoke_id, started_at ON "interactions" FOR EACH ROW
  WHEN ((old.experience_class IS NOT NULL OR new.experience_class IS NOT NULL)
    AND (old.experience_class, old.customer_id, old.agent_id, old.medium, old.route, old.type, old.spoke_id, old.started_at)
      IS DISTINCT FROM (new.experience_class, new.customer_id, new.agent_id, new.medium, new.route, new.type, new.spoke_id, new.started_at))
  EXECUTE FUNCTION app.experience_moved();

CREATE FUNCTION app.count_survey(s public.survey_invites, sign int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF s.sent_at IS NULL THEN RETURN; END IF;
  INSERT INTO public.survey_weeks AS c (workspace_id, week, type, invited, answered)
    VALUES (s.workspace_id, app.week_of(s.sent_at), s.type, sign, sign * (s.state = 'answered')::int)
    ON CONFLICT (workspace_id, week, type) DO UPDATE SET invited = c.invited + excluded.invited, answered = c.answered + excluded.answered;
  IF sign < 0 THEN
    DELETE FROM public.survey_weeks WHERE workspace_id = s.workspace_id AND week = app.week_of(s.sent_at) AND type = s.type AND invited = 0;
  END IF;
END $$;
CREATE FUNCTION app.survey_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM app.count_survey(old, -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM app.count_survey(new, 1); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER survey_moved AFTER INSERT OR DELETE OR UPDATE ON "survey_invites" FOR EACH ROW EXECUTE FUNCTION app.survey_moved();

-- What loads rows without triggers calls this once for the workspace.
CREATE FUNCTION app.recount_experience(w uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  DELETE FROM public.experience_counts WHERE workspace_id = w;
  DELETE FROM public.experience_weeks WHERE workspace_id = w;
  DELETE FROM public.experience_customer_channels WHERE workspace_id = w;
  DELETE FROM public.experience_customer_counts WHERE workspace_id = w;
  DELETE FROM public.survey_weeks WHERE workspace_id = w;
  INSERT INTO public.experience_counts (workspace_id, week, agent_id, medium, route, type, spoke_id, n, k)
    SELECT w, app.week_of(started_at), coalesce(agent_id, nobody), medium, coalesce(route, ''), type, coalesce(spoke_id, nobody),
      count(*), count(*) FILTER (WHERE experience_class = 'positive')
    FROM public.interactions WHERE workspace_id = w AND experience_class IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7;
  INSERT INTO public.experience_weeks (workspace_id, week, medium, route, type, n, k)
    SELECT w, week, medium, route, type, sum(n), sum(k) FROM public.experience_counts WHERE workspace_id = w GROUP BY 1, 2, 3, 4, 5;
  INSERT INTO public.experience_customer_channels (workspace_id, customer_id, "by", type, channel, n, k)
    SELECT w, i.customer_id, c.dimension, kind, c.name, count(*), count(*) FILTER (WHERE i.experience_class = 'positive')
    FROM public.interactions i
    CROSS JOIN LATERAL (VALUES ('media', i.medium), ('routes', i.route)) c (dimension, name)
    CROSS JOIN LATERAL unnest(ARRAY['', i.type]) kind
    WHERE i.workspace_id = w AND i.experience_class IS NOT NULL AND c.name IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
  INSERT INTO public.experience_customer_counts (workspace_id, "by", type, served, consistent)
    SELECT w, "by", type, count(*), count(*) FILTER (WHERE is_good) FROM (
      SELECT "by", type, bool_and(k = n) AS is_good FROM public.experience_customer_channels WHERE workspace_id = w
      GROUP BY customer_id, "by", type HAVING count(*) >= 2) served GROUP BY 2, 3;
  INSERT INTO public.survey_weeks (workspace_id, week, type, invited, answered)
    SELECT w, app.week_of(sent_at), type, count(*), count(*) FILTER (WHERE state = 'answered')
    FROM public.survey_invites WHERE workspace_id = w AND sent_at IS NOT NULL GROUP BY 1, 2, 3;
END $$;

REVOKE ALL ON FUNCTION app.week_of(timestamptz), app.count_customer_channel(uuid, uuid, text, text, text, int, int),
  app.count_experience(public.interactions, int), app.experience_moved(), app.count_survey(public.survey_invites, int),
  app.survey_moved(), app.recount_experience(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.week_of(timestamptz), app.count_customer_channel(uuid, uuid, text, text, text, int, int),
  app.count_experience(public.interactions, int), app.count_survey(public.survey_invites, int), app.recount_experience(uuid) TO wheelhouse_app;
