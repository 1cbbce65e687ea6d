-- How far an import has come, whom it brought along, what its undo did, and where in a rejected row the fault stands.
ALTER TABLE "imports" ADD COLUMN "progress" DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE "imports" ADD COLUMN "created_member_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];
ALTER TABLE "imports" ADD COLUMN "undo" JSONB;
ALTER TABLE "import_rows" ADD COLUMN "column_name" TEXT;
ALTER TABLE "import_rows" ADD COLUMN "value" TEXT;
ALTER TABLE "imports" ADD CONSTRAINT "imports_status_check" CHECK (status IN ('queued','running','done','failed','undoing','undone'));
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_outcome_check" CHECK (outcome IN ('created','matched','rejected','removed','kept','restored'));

-- Members stay for ever, with one exception: whom an import brought, nobody invited and nothing refers to.
-- The application's role may not delete members, so this runs as its owner; whoever owns anything is kept.
CREATE FUNCTION app.remove_unused_members(candidates uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  w uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  candidate uuid;
BEGIN
  FOREACH candidate IN ARRAY candidates LOOP
    BEGIN
      DELETE FROM public.members
      WHERE workspace_id = w AND id = candidate AND user_id IS NULL AND email IS NULL AND external_id IS NOT NULL;
      IF FOUND THEN RETURN NEXT candidate; END IF;
    EXCEPTION WHEN foreign_key_violation THEN
      CONTINUE;
    END;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION app.remove_unused_members(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.remove_unused_members(uuid[]) TO wheelhouse_app;
