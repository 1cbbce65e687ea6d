-- Whether somebody would recommend us is asked of the relationship as a whole, at most once in a half-year. It belongs to no contact: tables
-- of its own keep it out of everything that counts contacts.
ALTER TABLE "survey_settings" ADD COLUMN "asks_relationship" BOOLEAN NOT NULL DEFAULT true;

CREATE TABLE "relationship_invites" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "half" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "suppression" TEXT,
    "probability" DOUBLE PRECISION NOT NULL,
    "seed" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by_id" UUID,

    CONSTRAINT "relationship_invites_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "relationship_invites_person_key" UNIQUE ("workspace_id","person_id","half"),
    CONSTRAINT "relationship_invites_half_check" CHECK (half ~ '^[0-9]{4}-[12]$'),
    CONSTRAINT "relationship_invites_state_check" CHECK (state IN ('suppressed','sent','opened','answered','expired')),
    CONSTRAINT "relationship_invites_suppression_check" CHECK ((state = 'suppressed') = (suppression IS NOT NULL)),
    CONSTRAINT "relationship_invites_sent_check" CHECK (state = 'suppressed' OR (sent_at IS NOT NULL AND expires_at IS NOT NULL)),
    CONSTRAINT "relationship_invites_probability_check" CHECK (probability > 0 AND probability <= 1)
);

CREATE TABLE "relationship_responses" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "invite_id" UUID NOT NULL,
    "nps" SMALLINT NOT NULL CHECK (nps BETWEEN 0 AND 10),
    "comment" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "is_late" BOOLEAN NOT NULL,

    CONSTRAINT "relationship_responses_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "relationship_responses_invite_key" UNIQUE ("workspace_id","invite_id")
);

ALTER TABLE "relationship_invites" ADD CONSTRAINT "relationship_invites_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "relationship_invites" ADD CONSTRAINT "relationship_invites_person_id_fkey" FOREIGN KEY (workspace_id, person_id)
  REFERENCES "persons" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "relationship_invites" ADD CONSTRAINT "relationship_invites_withdrawn_by_id_fkey" FOREIGN KEY (workspace_id, withdrawn_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "relationship_responses" ADD CONSTRAINT "relationship_responses_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "relationship_responses" ADD CONSTRAINT "relationship_responses_invite_id_fkey" FOREIGN KEY (workspace_id, invite_id)
  REFERENCES "relationship_invites" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;

CREATE INDEX "relationship_invites_sent" ON "relationship_invites" (workspace_id, sent_at DESC) INCLUDE (id) WHERE sent_at IS NOT NULL;
CREATE INDEX "relationship_responses_newest" ON "relationship_responses" (workspace_id, answered_at DESC, id DESC);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['relationship_invites', 'relationship_responses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
  END LOOP;
  GRANT SELECT, INSERT, UPDATE ON "relationship_invites" TO wheelhouse_app;
  -- What a customer said is never changed.
  GRANT SELECT, INSERT ON "relationship_responses" TO wheelhouse_app;
END $$;

-- Removes one answer of the workspace one is in, after its withdrawal was written down at its invitation.
CREATE FUNCTION app.remove_relationship_response(r uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  w uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
BEGIN
  DELETE FROM public.relationship_responses s USING public.relationship_invites v
    WHERE s.workspace_id = w AND s.id = r AND v.workspace_id = w AND v.id = s.invite_id AND v.withdrawn_at IS NOT NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody withdrew this answer' USING ERRCODE = 'check_violation';
  END IF;
END $$;
REVOKE ALL ON FUNCTION app.remove_relationship_response(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.remove_relationship_response(uuid) TO wheelhouse_app;
