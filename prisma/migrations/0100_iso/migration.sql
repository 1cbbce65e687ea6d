-- An instant as the application writes it: ISO 8601 in UTC, to the millisecond. For answers that PostgreSQL builds as JSON.
CREATE FUNCTION app.iso(at timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

GRANT EXECUTE ON FUNCTION app.iso(timestamptz) TO wheelhouse_app;
