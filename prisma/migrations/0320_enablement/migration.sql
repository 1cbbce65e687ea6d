-- What makes people able to do a moment well, who has been given it, and what coach and coachee say to each other.

CREATE TABLE "enablement_items" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_he" TEXT NOT NULL DEFAULT '',
    "content" TEXT NOT NULL DEFAULT '',
    "content_he" TEXT NOT NULL DEFAULT '',
    "moment_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "selection" TEXT NOT NULL DEFAULT 'low_scores',
    "weeks" INTEGER NOT NULL DEFAULT 8,
    "started_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "enablement_items_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "enablement_items_kind_check" CHECK (kind IN ('playbook','training','coaching','tool')),
    CONSTRAINT "enablement_items_selection_check" CHECK (selection IN ('by_lot','low_scores','staggered_start')),
    CONSTRAINT "enablement_items_weeks_check" CHECK (weeks BETWEEN 1 AND 52)
);

CREATE TABLE "enablement_assignments" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "coach_id" UUID,
    "reason" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'assigned',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "assigned_by_id" UUID,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "verified_by_id" UUID,
    "verified_at" TIMESTAMPTZ(3),
    "waive_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "enablement_assignments_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "enablement_assignments_once_key" UNIQUE ("workspace_id","item_id","member_id"),
    CONSTRAINT "enablement_assignments_reason_check" CHECK (reason IN ('driver','leak','evaluation','manager')),
    CONSTRAINT "enablement_assignments_state_check" CHECK (state IN ('assigned','in_progress','completed','verified','waived','overdue')),
    CONSTRAINT "enablement_assignments_completed_check" CHECK ((state IN ('completed','verified')) = (completed_at IS NOT NULL)),
    CONSTRAINT "enablement_assignments_verified_check" CHECK ((state = 'verified') = (verified_at IS NOT NULL)),
    CONSTRAINT "enablement_assignments_not_own_check" CHECK (verified_by_id <> member_id)
);

-- Read by its coach and its coachee alone: every statement that reads it names both.
CREATE TABLE "coaching_notes" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "assignment_id" UUID NOT NULL,
    "coach_id" UUID NOT NULL,
    "coachee_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coaching_notes_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "coaching_notes_two_check" CHECK (coach_id <> coachee_id),
    CONSTRAINT "coaching_notes_author_check" CHECK (author_id IN (coach_id, coachee_id))
);

CREATE INDEX "enablement_items_moment" ON "enablement_items" (workspace_id, moment_id);
CREATE INDEX "enablement_items_creator" ON "enablement_items" (workspace_id, created_by_id) WHERE created_by_id IS NOT NULL;
CREATE INDEX "enablement_assignments_of_member" ON "enablement_assignments" (workspace_id, member_id, due_at);
CREATE INDEX "enablement_assignments_of_coach" ON "enablement_assignments" (workspace_id, coach_id) WHERE coach_id IS NOT NULL;
CREATE INDEX "enablement_assignments_assigner" ON "enablement_assignments" (workspace_id, assigned_by_id) WHERE assigned_by_id IS NOT NULL;
CREATE INDEX "enablement_assignments_verifier" ON "enablement_assignments" (workspace_id, verified_by_id) WHERE verified_by_id IS NOT NULL;
CREATE INDEX "coaching_notes_of_assignment" ON "coaching_notes" (workspace_id, assignment_id, created_at);
CREATE INDEX "coaching_notes_coach" ON "coaching_notes" (workspace_id, coach_id);
CREATE INDEX "coaching_notes_coachee" ON "coaching_notes" (workspace_id, coachee_id);

ALTER TABLE "enablement_items" ADD CONSTRAINT "enablement_items_moment_id_fkey" FOREIGN KEY (workspace_id, moment_id)
  REFERENCES "defining_moments" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "enablement_items" ADD CONSTRAINT "enablement_items_created_by_id_fkey" FOREIGN KEY (workspace_id, created_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "enablement_assignments" ADD CONSTRAINT "enablement_assignments_item_id_fkey" FOREIGN KEY (workspace_id, item_id)
  REFERENCES "enablement_items" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "enablement_assignments" ADD CONSTRAINT "enablement_assignments_member_id_fkey" FOREIGN KEY (workspace_id, member_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "enablement_assignments" ADD CONSTRAINT "enablement_assignments_coach_id_fkey" FOREIGN KEY (workspace_id, coach_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "enablement_assignments" ADD CONSTRAINT "enablement_assignments_assigned_by_id_fkey" FOREIGN KEY (workspace_id, assigned_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "enablement_assignments" ADD CONSTRAINT "enablement_assignments_verified_by_id_fkey" FOREIGN KEY (workspace_id, verified_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coaching_notes" ADD CONSTRAINT "coaching_notes_assignment_id_fkey" FOREIGN KEY (workspace_id, assignment_id)
  REFERENCES "enablement_assignments" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coaching_notes" ADD CONSTRAINT "coaching_notes_coach_id_fkey" FOREIGN KEY (workspace_id, coach_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coaching_notes" ADD CONSTRAINT "coaching_notes_coachee_id_fkey" FOREIGN KEY (workspace_id, coachee_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['enablement_items', 'enablement_assignments', 'coaching_notes'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wheelhouse_app', t);
  END LOOP;
  GRANT UPDATE ON "enablement_items", "enablement_assignments" TO wheelhouse_app;
END $$;
