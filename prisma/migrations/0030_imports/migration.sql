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

-- Undo deletes thousands of customers with all that hangs on them; each row that goes is looked up by who may refer to
-- it, and without these that lookup reads the whole workspace. Most of the columns are mostly empty, hence partial.
CREATE INDEX "interactions_person" ON "interactions" ("workspace_id", "person_id") WHERE person_id IS NOT NULL;
CREATE INDEX "interactions_touchpoint" ON "interactions" ("workspace_id", "touchpoint_id") WHERE touchpoint_id IS NOT NULL;
CREATE INDEX "journeys_person" ON "journeys" ("workspace_id", "primary_person_id") WHERE primary_person_id IS NOT NULL;
CREATE INDEX "journeys_merged_into" ON "journeys" ("workspace_id", "merged_into_id") WHERE merged_into_id IS NOT NULL;
CREATE INDEX "touchpoints_interaction" ON "touchpoints" ("workspace_id", "interaction_id") WHERE interaction_id IS NOT NULL;
CREATE INDEX "touchpoints_following" ON "touchpoints" ("workspace_id", "next_id") WHERE next_id IS NOT NULL;
CREATE INDEX "osc_assignments_intro" ON "osc_assignments" ("workspace_id", "intro_touchpoint_id") WHERE intro_touchpoint_id IS NOT NULL;

-- Tables that grew from nothing to thousands of rows within seconds are still planned as empty ones, and every look at a
-- foreign key then reads the whole workspace. Statistics may only be refreshed by the tables' owner.
CREATE FUNCTION app.refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  ANALYZE public.members, public.customers, public.persons, public.contact_points, public.customer_search, public.journeys,
    public.journey_spokes, public.stage_transitions, public.osc_assignments, public.touchpoints, public.interactions,
    public.import_rows;
END $$;
REVOKE ALL ON FUNCTION app.refresh_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.refresh_statistics() TO wheelhouse_app;
