-- The last statement of a write travels with its COMMIT: it must fail by itself when who began may not any more.
CREATE FUNCTION app.refuse_no_longer() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'who began this write may not any more' USING ERRCODE = 'WH403';
END $$;
GRANT EXECUTE ON FUNCTION app.refuse_no_longer() TO wheelhouse_app;
