-- Search answers with what ranks: whether the name begins as asked is read from the row that matched, not looked up again.
CREATE FUNCTION app.find_customers(patterns text[], start text, most int) RETURNS TABLE (id uuid, is_start boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT customer_id, text LIKE start FROM public.customer_search
  WHERE workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
    AND text LIKE patterns[1] AND text LIKE ALL (patterns)
  LIMIT least(most, 200)
$$;

REVOKE ALL ON FUNCTION app.find_customers(text[], text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.find_customers(text[], text, int) TO wheelhouse_app;
