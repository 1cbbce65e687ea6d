-- What comments are about: the codebook in its versions, the tags, and what two people said blind of the same comments.

CREATE TABLE "themes" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "themes_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "themes_key_key" UNIQUE ("workspace_id","key"),
    CONSTRAINT "themes_key_check" CHECK (key ~ '^[a-z0-9_]{1,40}$')
);

CREATE TABLE "codebook_versions" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "effective_from" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "published_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "codebook_versions_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "codebook_versions_number_key" UNIQUE ("workspace_id","number"),
    CONSTRAINT "codebook_versions_status_check" CHECK (status IN ('draft','published')),
    CONSTRAINT "codebook_versions_published_check" CHECK ((status = 'published') = (effective_from IS NOT NULL))
);

CREATE TABLE "codebook_themes" (
    "workspace_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "theme_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_he" TEXT NOT NULL DEFAULT '',
    "definition" TEXT NOT NULL DEFAULT '',
    "words" TEXT[] NOT NULL DEFAULT '{}',
    "words_he" TEXT[] NOT NULL DEFAULT '{}',

    CONSTRAINT "codebook_themes_pkey" PRIMARY KEY ("workspace_id","version_id","theme_id")
);

CREATE TABLE "comment_tags" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "theme_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "polarity" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "author_id" UUID,
    "matched" TEXT NOT NULL DEFAULT '',
    "tagged_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),
    "removed_by_id" UUID,

    CONSTRAINT "comment_tags_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "comment_tags_polarity_check" CHECK (polarity IN ('positive','neutral','negative')),
    CONSTRAINT "comment_tags_source_check" CHECK (source IN ('human','rule'))
);

CREATE TABLE "coding_rounds" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "interaction_type" TEXT,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "seed" INTEGER NOT NULL,
    "comments" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by_id" UUID,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "coding_rounds_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "coding_rounds_coders_check" CHECK (first_id <> second_id)
);

CREATE TABLE "coding_items" (
    "workspace_id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "coding_items_pkey" PRIMARY KEY ("workspace_id","round_id","response_id")
);

CREATE TABLE "coding_marks" (
    "workspace_id" UUID NOT NULL,
    "round_id" UUID NOT NULL,
    "response_id" UUID NOT NULL,
    "coder_id" UUID NOT NULL,
    "theme_ids" UUID[] NOT NULL,
    "coded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coding_marks_pkey" PRIMARY KEY ("workspace_id","round_id","response_id","coder_id")
);

CREATE UNIQUE INDEX "codebook_versions_draft_key" ON "codebook_versions" (workspace_id) WHERE status = 'draft';
CREATE UNIQUE INDEX "comment_tags_standing_key" ON "comment_tags" (workspace_id, response_id, theme_id) WHERE removed_at IS NULL;
CREATE INDEX "comment_tags_by_theme" ON "comment_tags" (workspace_id, theme_id, response_id) WHERE removed_at IS NULL;
CREATE INDEX "responses_comments" ON "responses" (workspace_id, answered_at DESC, id DESC) INCLUDE (interaction_id, class)
  WHERE comment <> '' AND source <> 'staff';

ALTER TABLE "codebook_themes" ADD CONSTRAINT "codebook_themes_version_id_fkey" FOREIGN KEY (workspace_id, version_id)
  REFERENCES "codebook_versions" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "codebook_themes" ADD CONSTRAINT "codebook_themes_theme_id_fkey" FOREIGN KEY (workspace_id, theme_id)
  REFERENCES "themes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "codebook_versions" ADD CONSTRAINT "codebook_versions_published_by_id_fkey" FOREIGN KEY (workspace_id, published_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "comment_tags" ADD CONSTRAINT "comment_tags_response_id_fkey" FOREIGN KEY (workspace_id, response_id)
  REFERENCES "responses" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "comment_tags" ADD CONSTRAINT "comment_tags_theme_id_fkey" FOREIGN KEY (workspace_id, theme_id)
  REFERENCES "themes" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "comment_tags" ADD CONSTRAINT "comment_tags_version_id_fkey" FOREIGN KEY (workspace_id, version_id)
  REFERENCES "codebook_versions" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "comment_tags" ADD CONSTRAINT "comment_tags_author_id_fkey" FOREIGN KEY (workspace_id, author_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "comment_tags" ADD CONSTRAINT "comment_tags_removed_by_id_fkey" FOREIGN KEY (workspace_id, removed_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_rounds" ADD CONSTRAINT "coding_rounds_version_id_fkey" FOREIGN KEY (workspace_id, version_id)
  REFERENCES "codebook_versions" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_rounds" ADD CONSTRAINT "coding_rounds_first_id_fkey" FOREIGN KEY (workspace_id, first_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_rounds" ADD CONSTRAINT "coding_rounds_second_id_fkey" FOREIGN KEY (workspace_id, second_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_rounds" ADD CONSTRAINT "coding_rounds_started_by_id_fkey" FOREIGN KEY (workspace_id, started_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_items" ADD CONSTRAINT "coding_items_round_id_fkey" FOREIGN KEY (workspace_id, round_id)
  REFERENCES "coding_rounds" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_items" ADD CONSTRAINT "coding_items_response_id_fkey" FOREIGN KEY (workspace_id, response_id)
  REFERENCES "responses" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_marks" ADD CONSTRAINT "coding_marks_item_fkey" FOREIGN KEY (workspace_id, round_id, response_id)
  REFERENCES "coding_items" (workspace_id, round_id, response_id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "coding_marks" ADD CONSTRAINT "coding_marks_coder_id_fkey" FOREIGN KEY (workspace_id, coder_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['themes', 'codebook_versions', 'codebook_themes', 'comment_tags', 'coding_rounds', 'coding_items', 'coding_marks'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;
GRANT UPDATE ON "codebook_versions", "comment_tags", "coding_rounds", "coding_marks" TO wheelhouse_app;
-- A theme's key never changes; whoever counts how often its cause came back locks the row.
GRANT UPDATE ("created_at") ON "themes" TO wheelhouse_app;
GRANT DELETE ON "codebook_versions", "codebook_themes" TO wheelhouse_app;

-- What was published stands: comments were tagged by it.
CREATE FUNCTION app.keep_published_codebook() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE w uuid; v uuid;
BEGIN
  IF TG_TABLE_NAME = 'codebook_themes' THEN
    IF TG_OP = 'INSERT' THEN w := new.workspace_id; v := new.version_id; ELSE w := old.workspace_id; v := old.version_id; END IF;
    IF EXISTS (SELECT FROM public.codebook_versions s WHERE s.workspace_id = w AND s.id = v AND s.status = 'published') THEN
      RAISE EXCEPTION 'a published codebook does not change' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF old.status = 'published' THEN
    RAISE EXCEPTION 'a published codebook does not change' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN old; END IF;
  RETURN new;
END $$;
CREATE TRIGGER codebook_versions_stand BEFORE UPDATE OR DELETE ON "codebook_versions"
  FOR EACH ROW EXECUTE FUNCTION app.keep_published_codebook();
CREATE TRIGGER codebook_themes_stand BEFORE INSERT OR UPDATE OR DELETE ON "codebook_themes"
  FOR EACH ROW EXECUTE FUNCTION app.keep_published_codebook();

-- The themes that every workspace begins with (DOMAIN 12b); does nothing where there are any. A word with * stands for all that begin so.
CREATE FUNCTION app.seed_codebook(w uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v uuid := gen_random_uuid();
BEGIN
  IF EXISTS (SELECT FROM public.themes s WHERE s.workspace_id = w) THEN RETURN; END IF;
  INSERT INTO public.codebook_versions (workspace_id, id, number) VALUES (w, v, 1);
  WITH starter AS (
    SELECT gen_random_uuid() AS id, s.* FROM (VALUES
      (0, 'speed', 'Speed', 'מהירות', 'How fast something came, or how long it took.',
        'slow*|quick*|fast|faster|wait*|delay*|late|too long|took ages|on hold|hours', 'מהיר*|לאט|איטי*|חיכ*|המתנ*|מתעכב*|עיכוב*|לקח זמן|יותר מדי זמן'),
      (1, 'had_to_repeat', 'Had to repeat', 'נאלצו לחזור על דברים', 'The customer told us twice what we knew.',
        'repeat*|ask twice|asked twice|told twice|again and again|same question|already told|explain again|second time', 'לחזור על|פעמיים|שוב ושוב|אותה שאלה|כבר אמר*|להסביר שוב'),
      (2, 'conflicting_information', 'Conflicting information', 'מידע סותר', 'Two of us said two things.',
        'contradict*|conflict*|different answer*|another one than|said something else|two answers|inconsistent', 'סותר*|סתיר*|תשובה אחרת|אמרו משהו אחר|לא תואם'),
      (3, 'price_clarity', 'Price clarity', 'בהירות המחיר', 'What it costs and what that holds.',
        'price*|pricing|cost*|quote*|expensive|fee|fees|invoice*|discount*', 'מחיר*|עלות|עלויות|יקר*|הצעת מחיר|הנחה|הנחות|עמל*'),
      (4, 'promise_not_kept', 'Promise not kept', 'הבטחה שלא קוימה', 'We said we would and did not.',
        'promise*|never called|nobody called|did not call|didnt call|no call back|never came|nobody said|what happens next', 'הבטיח*|הבטחה|הבטחות|לא חזרו|לא התקשרו|לא הגיעו|אף אחד לא'),
      (5, 'friendliness', 'Friendliness', 'יחס ואדיבות', 'How we spoke with them.',
        'friend*|kind|rude*|polite*|impolite|warm*|patient*|nice|arrogant', 'אדיב*|נחמד*|חביב*|גס|גסה|גסות|סבלנ*|יחס|מנומס*'),
      (6, 'product_knowledge', 'Product knowledge', 'ידע מקצועי', 'Whether we knew what we talk about.',
        'knew|knowledge*|expert*|clueless|did not know|didnt know|well informed|competent', 'מקצוע*|ידע|ידעו|לא ידע*|מומח*|בקיא*'),
      (7, 'reachability', 'Reachability', 'זמינות', 'Whether we can be reached.',
        'reach*|no answer|unavailable|voicemail|nobody answer*|busy|get through|no reply|never answered', 'לא עונ*|לא ענ*|זמינ*|תפוס|משיבון|להשיג'),
      (8, 'paperwork', 'Paperwork', 'ניירת', 'Forms, contracts, signatures.',
        'paper*|form|forms|contract*|document*|sign|signature*', 'טופס|טפסים|חוזה|חוזים|מסמכ*|חתימ*|ניירת'),
      (9, 'quality', 'Quality', 'איכות', 'Whether the thing itself is good.',
        'quality|broken|defect*|damage*|faulty|crack*|leak*|workmanship', 'איכות*|שבור*|פגום|פגומ*|תקול*|נזיל*|סדק*'),
      (10, 'schedule', 'Schedule', 'לוח זמנים', 'Dates and appointments.',
        'schedul*|date|dates|appointment*|deadline*|postpone*|calendar|rebook*', 'מועד|מועדים|תאריכ*|תאריך|פגישה|פגישות|נדחה|נדחתה|לוח זמנים'),
      (11, 'digital_tool', 'Digital tool', 'כלי דיגיטלי', 'The site, the app, the link.',
        'app|website|site|portal|link|login|log in|online|page', 'אפליקצי*|אתר|פורטל|קישור|להתחבר|אונליין')
  ) s (position, key, name, name_he, definition, words, words_he)),
  named AS (INSERT INTO public.themes (workspace_id, id, key) SELECT w, id, key FROM starter)
  INSERT INTO public.codebook_themes (workspace_id, version_id, theme_id, position, name, name_he, definition, words, words_he)
    SELECT w, v, id, position, name, name_he, definition, string_to_array(words, '|'), string_to_array(words_he, '|') FROM starter;
  UPDATE public.codebook_versions SET status = 'published', effective_from = '2000-01-01T00:00:00Z', published_at = created_at WHERE workspace_id = w AND id = v;
END $$;
REVOKE ALL ON FUNCTION app.keep_published_codebook(), app.seed_codebook(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.seed_codebook(uuid) TO wheelhouse_app;

DO $$
DECLARE w uuid;
BEGIN
  FOR w IN SELECT id FROM workspaces LOOP
    PERFORM set_config('app.workspace_id', w::text, true);
    PERFORM app.seed_codebook(w);
  END LOOP;
  PERFORM set_config('app.workspace_id', '', true);
END $$;
