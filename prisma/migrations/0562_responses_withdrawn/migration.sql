-- An answer that its customer takes back is removed, so that no figure can hold it; that there was one, and who took it back, stays.
CREATE TABLE "response_withdrawals" (
    "workspace_id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "invite_id" UUID,
    "source" TEXT NOT NULL,
    "source_system" TEXT,
    "external_id" TEXT,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_by_id" UUID,
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "response_withdrawals_pkey" PRIMARY KEY ("workspace_id","response_id"),
    CONSTRAINT "response_withdrawals_source_check" CHECK (source IN ('customer','tool'))
);
CREATE UNIQUE INDEX "response_withdrawals_invite_key" ON "response_withdrawals" (workspace_id, invite_id) WHERE invite_id IS NOT NULL;
CREATE UNIQUE INDEX "response_withdrawals_external_key" ON "response_withdrawals" (workspace_id, source_system, external_id) WHERE external_id IS NOT NULL;
ALTER TABLE "response_withdrawals" ADD CONSTRAINT "response_withdrawals_workspace_id_fkey" FOREIGN KEY (workspace_id) REFERENCES "workspaces" (id) ON UPDATE NO ACTION;
ALTER TABLE "response_withdrawals" ADD CONSTRAINT "response_withdrawals_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "response_withdrawals" ADD CONSTRAINT "response_withdrawals_invite_id_fkey" FOREIGN KEY (workspace_id, invite_id)
  REFERENCES "survey_invites" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "response_withdrawals" ADD CONSTRAINT "response_withdrawals_withdrawn_by_id_fkey" FOREIGN KEY (workspace_id, withdrawn_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "response_withdrawals" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "response_withdrawals" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "response_withdrawals" USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT ON "response_withdrawals" TO wheelhouse_app;

-- The application may neither change nor remove what was said. This removes one answer of a customer of the workspace one is in, after
-- its withdrawal was written down, with its tags, its quotes and its score; the next timely answer about the contact then decides it.
CREATE FUNCTION app.remove_withdrawn_response(r uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  w uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  gone public.responses;
  heir public.responses;
BEGIN
  IF NOT EXISTS (SELECT FROM public.response_withdrawals x WHERE x.workspace_id = w AND x.response_id = r) THEN
    RAISE EXCEPTION 'nobody withdrew this answer' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE public.recovery_cases c SET response_id = NULL WHERE c.workspace_id = w AND c.response_id = r;
  DELETE FROM public.responses s WHERE s.workspace_id = w AND s.id = r AND s.source <> 'staff' RETURNING s.* INTO gone;
  IF gone.id IS NULL THEN RETURN; END IF;
  IF gone.counts_for_class THEN
    UPDATE public.responses s SET counts_for_class = true WHERE s.workspace_id = w AND s.id = (
      SELECT o.id FROM public.responses o WHERE o.workspace_id = w AND o.interaction_id = gone.interaction_id AND o.source <> 'staff'
        AND NOT o.is_late AND o.class IS NOT NULL ORDER BY o.recorded_at, o.id LIMIT 1) RETURNING s.* INTO heir;
    UPDATE public.interactions i SET experience_class = heir.class WHERE i.workspace_id = w AND i.id = gone.interaction_id;
    UPDATE public.evaluation_items t SET measure = NULL FROM public.evaluations e
      WHERE e.workspace_id = w AND e.interaction_id = gone.interaction_id AND t.workspace_id = w AND t.evaluation_id = e.id AND t.judged_by = 'customer';
  END IF;
  UPDATE public.survey_invites v SET state = 'expired', answered_at = NULL WHERE v.workspace_id = w AND v.id = gone.invite_id;
  UPDATE public.digest_items d SET quotes = (SELECT coalesce(jsonb_agg(q), '[]') FROM jsonb_array_elements(d.quotes) q
      WHERE q->>'responseId' IS DISTINCT FROM r::text AND (gone.comment = '' OR q->>'text' <> left(gone.comment, 300)))
    WHERE d.workspace_id = w AND d.quotes <> '[]' AND EXISTS (SELECT FROM jsonb_array_elements(d.quotes) q
      WHERE q->>'responseId' = r::text OR (gone.comment <> '' AND q->>'text' = left(gone.comment, 300)));
END $$;
REVOKE ALL ON FUNCTION app.remove_withdrawn_response(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.remove_withdrawn_response(uuid) TO wheelhouse_app;
