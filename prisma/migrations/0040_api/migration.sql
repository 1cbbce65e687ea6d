-- The reply kept for a caller's key. Reserved in the same transaction as the write, so that a crash between commit and
-- reply answers the retry from here. Who comes second waits for the first, at most five seconds (55P03 after that).
CREATE FUNCTION app.reserve_reply(w uuid, key text, body text)
RETURNS TABLE (is_new boolean, kept_body text, kept_status int, kept_response jsonb)
LANGUAGE plpgsql SET lock_timeout = '5s' AS $$
BEGIN
  INSERT INTO public.idempotency_keys AS k (workspace_id, id, body_hash) VALUES (w, key, body)
  ON CONFLICT (workspace_id, id) DO UPDATE SET body_hash = excluded.body_hash, status = NULL, response = NULL, created_at = now()
    WHERE k.created_at < now() - interval '7 days';
  IF FOUND THEN
    RETURN QUERY SELECT true, body, NULL::int, NULL::jsonb;
  ELSE
    RETURN QUERY SELECT false, k.body_hash, k.status, k.response FROM public.idempotency_keys k
      WHERE k.workspace_id = w AND k.id = key;
  END IF;
END $$;

-- For how many seconds the oldest job that may run has been waiting; jobs that gave up do not count.
CREATE FUNCTION app.queue_lag() RETURNS double precision
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (SELECT coalesce(extract(epoch FROM now() - min(run_at)), 0) FROM graphile_worker.jobs
    WHERE run_at < now() AND locked_at IS NULL AND attempts < max_attempts);
END $$;

GRANT CREATE ON SCHEMA app TO wheelhouse_queue;
ALTER FUNCTION app.queue_lag() OWNER TO wheelhouse_queue;
REVOKE CREATE ON SCHEMA app FROM wheelhouse_queue;
REVOKE ALL ON FUNCTION app.reserve_reply(uuid, text, text), app.queue_lag() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.reserve_reply(uuid, text, text), app.queue_lag() TO wheelhouse_app;
