-- What ends by itself: keys at a date, events after thirty days.
ALTER TABLE "api_keys" ADD COLUMN "expires_at" TIMESTAMPTZ(3);

-- The application may not remove events. This removes those of the workspace one is in that are older than thirty days, the
-- oldest ten thousand at a time, and answers how many; the audit log keeps what happened.
CREATE FUNCTION app.purge_events() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  w uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  removed int;
BEGIN
  DELETE FROM public.events e
  WHERE e.workspace_id = w AND e.at < now() - interval '30 days'
    AND e.seq IN (SELECT o.seq FROM public.events o WHERE o.workspace_id = w ORDER BY o.seq LIMIT 10000);
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;
REVOKE ALL ON FUNCTION app.purge_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.purge_events() TO wheelhouse_app;
