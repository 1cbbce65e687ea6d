-- Customers: persons that turned out to be one, changes that can be taken back, search by several words.

ALTER TABLE "persons" ADD COLUMN "merged_into_id" UUID;
ALTER TABLE "persons" ADD CONSTRAINT "persons_merged_into_id_fkey"
  FOREIGN KEY (workspace_id, merged_into_id) REFERENCES "persons" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
CREATE INDEX "persons_merged_into" ON "persons" (workspace_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX "customers_merged_into" ON "customers" (workspace_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX "duplicate_pairs_second" ON "duplicate_pairs" (workspace_id, second_id);
CREATE INDEX "duplicate_pairs_open" ON "duplicate_pairs" (workspace_id, score DESC, id) WHERE state = 'open';
CREATE INDEX "saved_views_owner" ON "saved_views" (workspace_id, owner_id);

ALTER TABLE "persons" ADD CONSTRAINT "persons_identity_level_check" CHECK (identity_level IN ('anonymous','partial','contactable','verified'));
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_state_check" CHECK (state IN ('open','merged','distinct','superseded'));
ALTER TABLE "duplicate_pairs" ADD CONSTRAINT "duplicate_pairs_order_check" CHECK (first_id < second_id);
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_scope_check" CHECK (scope IN ('private','team','workspace'));
ALTER TABLE "consents" ADD CONSTRAINT "consents_state_check" CHECK (state IN ('unknown','granted','denied','revoked','expired'));

-- A place where nobody stands has no counter, so that undoing a change leaves no trace of it.
CREATE OR REPLACE FUNCTION app.count_journey(j public.journeys, delta int) RETURNS void LANGUAGE sql AS $$
  INSERT INTO public.journey_counts AS c (workspace_id, osc_id, stage_id, accountable_spoke_id, status, is_off_track, count)
  VALUES (j.workspace_id, j.osc_id, j.stage_id, j.accountable_spoke_id, j.status, j.off_track_since IS NOT NULL, delta)
  ON CONFLICT (workspace_id, osc_id, stage_id, accountable_spoke_id, status, is_off_track) DO UPDATE SET count = c.count + excluded.count;
  DELETE FROM public.journey_counts c
  WHERE delta < 0 AND c.workspace_id = j.workspace_id AND c.osc_id = j.osc_id AND c.stage_id = j.stage_id
    AND c.accountable_spoke_id = j.accountable_spoke_id AND c.status = j.status AND c.is_off_track = (j.off_track_since IS NOT NULL) AND c.count = 0;
$$;

-- Substring search for several words at once; the first (longest) pattern is the one the index answers.
-- It runs as its owner for the same reason as the search for one pattern.
CREATE FUNCTION app.search_customers(patterns text[], most int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT customer_id FROM public.customer_search
  WHERE workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
    AND text LIKE patterns[1] AND text LIKE ALL (patterns)
  LIMIT least(most, 200)
$$;

-- Columns of the primary key besides the workspace.
CREATE FUNCTION app.key_columns(tab regclass) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(a.attname::text ORDER BY a.attnum)
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = tab AND i.indisprimary AND a.attname <> 'workspace_id'
$$;

-- `field = value` for each member of an object; a list means any of them.
CREATE FUNCTION app.condition(matching jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(string_agg(
    CASE jsonb_typeof(value)
      WHEN 'null' THEN format('t.%I IS NULL', key)
      WHEN 'array' THEN format('t.%I IN (%s)', key, coalesce((SELECT string_agg(quote_literal(each), ', ') FROM jsonb_array_elements_text(value) each), 'NULL'))
      ELSE format('t.%I = %L', key, value #>> '{}')
    END, ' AND ' ORDER BY key), 'true')
  FROM jsonb_each(matching)
$$;

-- Sets fields of the rows that match and answers what they were: [{ table, before, after, keys }].
CREATE FUNCTION app.change_rows(w uuid, tab text, matching jsonb, change jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  target regclass := format('public.%I', tab)::regclass;
  keys text[] := app.key_columns(target);
  fields text[] := ARRAY(SELECT jsonb_object_keys(change) ORDER BY 1);
  answer jsonb;
BEGIN
  EXECUTE format($sql$
    WITH wanted AS (SELECT %3$s FROM jsonb_populate_record(NULL::%1$s, $2) n),
    old AS (
      SELECT %2$s, jsonb_build_object(%4$s) AS before, jsonb_build_object(%5$s) AS key, jsonb_build_object(%6$s) AS after
      FROM %1$s t, wanted n
      WHERE t.workspace_id = $1 AND %7$s AND ROW(%8$s) IS DISTINCT FROM ROW(%3$s)
      FOR UPDATE OF t
    ), done AS (
      UPDATE %1$s t SET (%9$s) = (SELECT %3$s FROM wanted n) FROM old WHERE t.workspace_id = $1 AND %10$s RETURNING 1
    )
    SELECT coalesce(jsonb_agg(jsonb_build_object('table', %11$L, 'before', before, 'after', after, 'keys', keys)), '[]'::jsonb)
    FROM (SELECT before, after, jsonb_agg(key) AS keys FROM old GROUP BY before, after) grouped $sql$,
    target,
    (SELECT string_agg(format('t.%I', f), ', ') FROM unnest(keys) f),
    (SELECT string_agg(format('n.%I', f), ', ') FROM unnest(fields) f),
    (SELECT string_agg(format('%L, t.%I', f, f), ', ') FROM unnest(fields) f),
    (SELECT string_agg(format('%L, t.%I', f, f), ', ') FROM unnest(keys) f),
    (SELECT string_agg(format('%L, n.%I', f, f), ', ') FROM unnest(fields) f),
    app.condition(matching),
    (SELECT string_agg(format('t.%I', f), ', ') FROM unnest(fields) f),
    (SELECT string_agg(format('%I', f), ', ') FROM unnest(fields) f),
    (SELECT string_agg(format('t.%I = old.%I', f, f), ' AND ') FROM unnest(keys) f),
    tab) INTO answer USING w, change;
  RETURN answer;
END $$;

-- Inserts one complete row and answers it: [{ table, inserted }].
CREATE FUNCTION app.insert_row(w uuid, tab text, content jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  target regclass := format('public.%I', tab)::regclass;
  answer jsonb;
BEGIN
  EXECUTE format('INSERT INTO %1$s AS t SELECT n.* FROM jsonb_populate_record(NULL::%1$s, $1) n ON CONFLICT DO NOTHING RETURNING jsonb_build_array(jsonb_build_object(''table'', %2$L, ''inserted'', to_jsonb(t)))',
    target, tab) INTO answer USING content || jsonb_build_object('workspace_id', w);
  RETURN coalesce(answer, '[]'::jsonb);
END $$;

-- Removes the rows that match and answers them: [{ table, removed }].
CREATE FUNCTION app.remove_rows(w uuid, tab text, matching jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  target regclass := format('public.%I', tab)::regclass;
  answer jsonb;
BEGIN
  EXECUTE format('WITH gone AS (DELETE FROM %1$s t WHERE t.workspace_id = $1 AND %2$s RETURNING to_jsonb(t) AS content) SELECT coalesce(jsonb_agg(jsonb_build_object(''table'', %3$L, ''removed'', content)), ''[]''::jsonb) FROM gone',
    target, app.condition(matching), tab) INTO answer USING w;
  RETURN answer;
END $$;

-- Whether what the entries wrote is still as they wrote it.
CREATE FUNCTION app.is_intact(w uuid, entries jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  entry jsonb;
  target regclass;
  fields text[];
  keys text[];
  same bigint;
BEGIN
  FOR entry IN SELECT value FROM jsonb_array_elements(entries) LOOP
    target := format('public.%I', entry->>'table')::regclass;
    keys := app.key_columns(target);
    IF entry ? 'after' THEN
      fields := ARRAY(SELECT jsonb_object_keys(entry->'after') ORDER BY 1);
      EXECUTE format('SELECT count(*) FROM %1$s t JOIN jsonb_populate_recordset(NULL::%1$s, $2->''keys'') k ON %2$s CROSS JOIN jsonb_populate_record(NULL::%1$s, $2->''after'') n WHERE t.workspace_id = $1 AND ROW(%3$s) IS NOT DISTINCT FROM ROW(%4$s)',
        target,
        (SELECT string_agg(format('t.%I = k.%I', f, f), ' AND ') FROM unnest(keys) f),
        (SELECT string_agg(format('t.%I', f), ', ') FROM unnest(fields) f),
        (SELECT string_agg(format('n.%I', f), ', ') FROM unnest(fields) f)) INTO same USING w, entry;
      IF same <> jsonb_array_length(entry->'keys') THEN RETURN false; END IF;
    ELSIF entry ? 'inserted' THEN
      EXECUTE format('SELECT count(*) FROM %1$s t JOIN jsonb_populate_record(NULL::%1$s, $2->''inserted'') k ON %2$s WHERE t.workspace_id = $1 AND to_jsonb(t) = $2->''inserted''',
        target, (SELECT string_agg(format('t.%I = k.%I', f, f), ' AND ') FROM unnest(keys) f)) INTO same USING w, entry;
      IF same <> 1 THEN RETURN false; END IF;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- Takes the entries back, last first: a field that was changed since keeps its new value, a new row that was changed since stays.
CREATE FUNCTION app.restore_rows(w uuid, entries jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  entry jsonb;
  target regclass;
  fields text[];
  keys text[];
BEGIN
  FOR entry IN SELECT value FROM jsonb_array_elements(entries) WITH ORDINALITY AS listed(value, place) ORDER BY place DESC LOOP
    target := format('public.%I', entry->>'table')::regclass;
    keys := app.key_columns(target);
    IF entry ? 'after' THEN
      fields := ARRAY(SELECT jsonb_object_keys(entry->'after') ORDER BY 1);
      EXECUTE format('UPDATE %1$s t SET (%2$s) = (SELECT %3$s FROM jsonb_populate_record(NULL::%1$s, $2->''before'') b) FROM jsonb_populate_recordset(NULL::%1$s, $2->''keys'') k CROSS JOIN jsonb_populate_record(NULL::%1$s, $2->''after'') n WHERE t.workspace_id = $1 AND %4$s AND ROW(%5$s) IS NOT DISTINCT FROM ROW(%6$s)',
        target,
        (SELECT string_agg(format('%I', f), ', ') FROM unnest(fields) f),
        (SELECT string_agg(format('b.%I', f), ', ') FROM unnest(fields) f),
        (SELECT string_agg(format('t.%I = k.%I', f, f), ' AND ') FROM unnest(keys) f),
        (SELECT string_agg(format('t.%I', f), ', ') FROM unnest(fields) f),
        (SELECT string_agg(format('n.%I', f), ', ') FROM unnest(fields) f)) USING w, entry;
    ELSIF entry ? 'inserted' THEN
      BEGIN
        EXECUTE format('DELETE FROM %1$s t USING jsonb_populate_record(NULL::%1$s, $2->''inserted'') k WHERE t.workspace_id = $1 AND %2$s AND to_jsonb(t) = $2->''inserted''',
          target, (SELECT string_agg(format('t.%I = k.%I', f, f), ' AND ') FROM unnest(keys) f)) USING w, entry;
      EXCEPTION WHEN foreign_key_violation THEN
        NULL; -- something done since refers to it
      END;
    ELSE
      EXECUTE format('INSERT INTO %1$s SELECT n.* FROM jsonb_populate_record(NULL::%1$s, $1->''removed'') n ON CONFLICT DO NOTHING', target) USING entry;
    END IF;
  END LOOP;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.count_journey(public.journeys, int), app.search_customers(text[], int), app.key_columns(regclass),
  app.condition(jsonb), app.change_rows(uuid, text, jsonb, jsonb), app.insert_row(uuid, text, jsonb), app.remove_rows(uuid, text, jsonb),
  app.is_intact(uuid, jsonb), app.restore_rows(uuid, jsonb) TO wheelhouse_app;
