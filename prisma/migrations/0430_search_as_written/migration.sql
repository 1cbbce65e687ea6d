-- Who is found by her words as they are written is found by them alone, which the index answers best; else all words must be
-- there in any order. Planned once: nothing about it is better known later.
DROP FUNCTION app.find_customers(text[], text, int);
CREATE FUNCTION app.find_customers(phrase text, words text[], start text, most int) RETURNS TABLE (id uuid, is_start boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
BEGIN
  RETURN QUERY SELECT customer_id, text LIKE start FROM public.customer_search
    WHERE workspace_id = here AND text LIKE phrase LIMIT least(most, 200);
  IF NOT FOUND AND cardinality(words) > 1 THEN
    RETURN QUERY SELECT customer_id, text LIKE start FROM public.customer_search
      WHERE workspace_id = here AND text LIKE words[1] AND text LIKE ALL (words) LIMIT least(most, 200);
  END IF;
END $$;

REVOKE ALL ON FUNCTION app.find_customers(text, text[], text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_customers(text, text[], text, int) TO wheelhouse_app;
