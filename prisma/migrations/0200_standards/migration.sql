-- Standards per medium and type of interaction, defining moments, and how each interaction kept its standard.

ALTER TABLE "interactions" ADD COLUMN "answer_seconds" INTEGER CHECK (answer_seconds >= 0);

CREATE TABLE "defining_moments" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "interaction_type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_he" TEXT NOT NULL DEFAULT '',
    "phase" TEXT NOT NULL DEFAULT 'during',
    "responsible_role" TEXT,
    "responsible_id" UUID,
    "playbook" TEXT NOT NULL DEFAULT '',
    "playbook_he" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "defining_moments_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "defining_moments_phase_check" CHECK (phase IN ('before','during','after'))
);

CREATE TABLE "moment_observations" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "moment_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "evidence" TEXT NOT NULL DEFAULT '',
    "observer_kind" TEXT NOT NULL,
    "observer_id" UUID,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "moment_observations_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "moment_observations_state_check" CHECK (state IN ('done_well','done','missed','not_applicable')),
    CONSTRAINT "moment_observations_observer_check" CHECK (observer_kind IN ('agent','qa','customer','rule'))
);

CREATE TABLE "standards" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "medium" TEXT NOT NULL,
    "interaction_type" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "standards_pkey" PRIMARY KEY ("workspace_id","id")
);

CREATE TABLE "standard_versions" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "standard_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "pass_mark" DOUBLE PRECISION NOT NULL DEFAULT 0.7,
    "effective_from" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "published_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "standard_versions_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "standard_versions_status_check" CHECK (status IN ('draft','published') AND (status = 'draft') = (effective_from IS NULL)),
    CONSTRAINT "standard_versions_pass_mark_check" CHECK (pass_mark > 0 AND pass_mark <= 1)
);

CREATE TABLE "standard_criteria" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_he" TEXT NOT NULL DEFAULT '',
    "weight" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "rule" TEXT,
    "threshold" DOUBLE PRECISION,
    "critical" TEXT,
    "moment_id" UUID,
    "responsible_role" TEXT,

    CONSTRAINT "standard_criteria_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "standard_criteria_weight_check" CHECK (weight >= 0),
    CONSTRAINT "standard_criteria_kind_check" CHECK (kind IN ('operational','moment','customer')),
    CONSTRAINT "standard_criteria_rule_check" CHECK (rule IS NULL OR kind = 'operational'),
    CONSTRAINT "standard_criteria_critical_check" CHECK (critical IN ('customer','business','compliance'))
);

CREATE TABLE "evaluations" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "interaction_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "version_id" UUID NOT NULL,
    "scorer_kind" TEXT NOT NULL,
    "scorer_id" UUID,
    "comment" TEXT NOT NULL DEFAULT '',
    "raw" DOUBLE PRECISION,
    "meets" BOOLEAN,
    "is_critical_safe" BOOLEAN NOT NULL,
    "judged" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "evaluated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evaluations_pkey" PRIMARY KEY ("workspace_id","id"),
    CONSTRAINT "evaluations_scorer_check" CHECK (scorer_kind IN ('agent','qa','customer','rule')),
    CONSTRAINT "evaluations_raw_check" CHECK (raw >= 0 AND raw <= 1)
);

CREATE TABLE "evaluation_items" (
    "workspace_id" UUID NOT NULL,
    "evaluation_id" UUID NOT NULL,
    "criterion_id" UUID NOT NULL,
    "result" TEXT NOT NULL,
    "judged_by" TEXT NOT NULL,
    "measure" DOUBLE PRECISION,

    CONSTRAINT "evaluation_items_pkey" PRIMARY KEY ("workspace_id","evaluation_id","criterion_id"),
    CONSTRAINT "evaluation_items_result_check" CHECK (result IN ('passed','missed','not_applicable')),
    CONSTRAINT "evaluation_items_judged_by_check" CHECK (judged_by IN ('agent','qa','customer','rule'))
);

CREATE UNIQUE INDEX "standards_place" ON "standards" (workspace_id, medium, coalesce(interaction_type, '')) WHERE retired_at IS NULL;
CREATE UNIQUE INDEX "standard_versions_number" ON "standard_versions" (workspace_id, standard_id, number);
CREATE UNIQUE INDEX "standard_versions_one_draft" ON "standard_versions" (workspace_id, standard_id) WHERE status = 'draft';
CREATE INDEX "standard_versions_publisher" ON "standard_versions" (workspace_id, published_by_id) WHERE published_by_id IS NOT NULL;
CREATE INDEX "standard_criteria_of_version" ON "standard_criteria" (workspace_id, version_id, position);
CREATE INDEX "standard_criteria_moment" ON "standard_criteria" (workspace_id, moment_id) WHERE moment_id IS NOT NULL;
CREATE INDEX "defining_moments_by_type" ON "defining_moments" (workspace_id, interaction_type, position);
CREATE INDEX "defining_moments_responsible" ON "defining_moments" (workspace_id, responsible_id) WHERE responsible_id IS NOT NULL;
CREATE INDEX "moment_observations_of_interaction" ON "moment_observations" (workspace_id, interaction_id, observed_at);
CREATE INDEX "moment_observations_of_moment" ON "moment_observations" (workspace_id, moment_id, observed_at);
CREATE INDEX "moment_observations_observer" ON "moment_observations" (workspace_id, observer_id) WHERE observer_id IS NOT NULL;
CREATE UNIQUE INDEX "evaluations_of_interaction" ON "evaluations" (workspace_id, interaction_id, number);
CREATE INDEX "evaluations_of_version" ON "evaluations" (workspace_id, version_id);
CREATE INDEX "evaluations_scorer" ON "evaluations" (workspace_id, scorer_id) WHERE scorer_id IS NOT NULL;
CREATE INDEX "evaluation_items_criterion" ON "evaluation_items" (workspace_id, criterion_id);

ALTER TABLE "defining_moments" ADD CONSTRAINT "defining_moments_responsible_id_fkey" FOREIGN KEY (workspace_id, responsible_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "moment_observations" ADD CONSTRAINT "moment_observations_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "moment_observations" ADD CONSTRAINT "moment_observations_moment_id_fkey" FOREIGN KEY (workspace_id, moment_id)
  REFERENCES "defining_moments" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "moment_observations" ADD CONSTRAINT "moment_observations_observer_id_fkey" FOREIGN KEY (workspace_id, observer_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "standard_versions" ADD CONSTRAINT "standard_versions_standard_id_fkey" FOREIGN KEY (workspace_id, standard_id)
  REFERENCES "standards" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "standard_versions" ADD CONSTRAINT "standard_versions_published_by_id_fkey" FOREIGN KEY (workspace_id, published_by_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "standard_criteria" ADD CONSTRAINT "standard_criteria_version_id_fkey" FOREIGN KEY (workspace_id, version_id)
  REFERENCES "standard_versions" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "standard_criteria" ADD CONSTRAINT "standard_criteria_moment_id_fkey" FOREIGN KEY (workspace_id, moment_id)
  REFERENCES "defining_moments" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_interaction_id_fkey" FOREIGN KEY (workspace_id, interaction_id)
  REFERENCES "interactions" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_version_id_fkey" FOREIGN KEY (workspace_id, version_id)
  REFERENCES "standard_versions" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_scorer_id_fkey" FOREIGN KEY (workspace_id, scorer_id)
  REFERENCES "members" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "evaluation_items" ADD CONSTRAINT "evaluation_items_evaluation_id_fkey" FOREIGN KEY (workspace_id, evaluation_id)
  REFERENCES "evaluations" (workspace_id, id) ON UPDATE NO ACTION ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "evaluation_items" ADD CONSTRAINT "evaluation_items_criterion_id_fkey" FOREIGN KEY (workspace_id, criterion_id)
  REFERENCES "standard_criteria" (workspace_id, id) ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['defining_moments', 'moment_observations', 'standards', 'standard_versions', 'standard_criteria', 'evaluations', 'evaluation_items'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON UPDATE NO ACTION', t, t || '_workspace_id_fkey');
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %I USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
      WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wheelhouse_app', t);
  END LOOP;
END $$;

-- Judgements and observations are added, never written over; they go with the interaction that they are about.
GRANT UPDATE ON "defining_moments", "standards", "standard_versions" TO wheelhouse_app;
GRANT DELETE ON "standards", "standard_versions", "standard_criteria" TO wheelhouse_app;

-- What was published stands: interactions were judged by it.
CREATE FUNCTION app.keep_published_standard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE w uuid; v uuid;
BEGIN
  IF TG_TABLE_NAME = 'standard_criteria' THEN
    IF TG_OP = 'INSERT' THEN w := new.workspace_id; v := new.version_id; ELSE w := old.workspace_id; v := old.version_id; END IF;
    IF EXISTS (SELECT FROM public.standard_versions s WHERE s.workspace_id = w AND s.id = v AND s.status = 'published') THEN
      RAISE EXCEPTION 'a published standard does not change' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF old.status = 'published' THEN
    RAISE EXCEPTION 'a published standard does not change' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN old; END IF;
  RETURN new;
END $$;
CREATE TRIGGER standard_versions_stand BEFORE UPDATE OR DELETE ON "standard_versions"
  FOR EACH ROW EXECUTE FUNCTION app.keep_published_standard();
CREATE TRIGGER standard_criteria_stand BEFORE INSERT OR UPDATE OR DELETE ON "standard_criteria"
  FOR EACH ROW EXECUTE FUNCTION app.keep_published_standard();

-- The moments and standards that every workspace begins with (DOMAIN 6C); does nothing where there are any.
CREATE FUNCTION app.seed_standards(w uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.standards s WHERE s.workspace_id = w) THEN RETURN; END IF;
  INSERT INTO public.defining_moments (workspace_id, id, interaction_type, name, name_he, phase, responsible_role, playbook, playbook_he, position)
  SELECT w, gen_random_uuid(), m.* FROM (VALUES
    ('first inquiry', 'First reply', 'המענה הראשון', 'before', 'osc', 'Answer in person, by name, and say who you are.', 'לענות באופן אישי, בשם, ולומר מי מדבר.', 0),
    ('first inquiry', 'Need understood', 'הצורך הובן', 'before', 'osc', 'Ask for the reason before the details; say back what you heard.', 'לשאול קודם על הסיבה ואז על הפרטים; לחזור על מה שנאמר.', 1),
    ('follow-up', 'Next step agreed', 'הצעד הבא סוכם', 'during', 'osc', 'End with one next step, its day, and who does it.', 'לסיים בצעד אחד, עם יום ועם מי שעושה אותו.', 0),
    ('appointment', 'Welcome', 'קבלת הפנים', 'before', 'sales', 'Greet by name within two minutes. Use what we know; ask nothing twice.', 'לקבל בשם בתוך שתי דקות. להשתמש במה שידוע; לא לשאול פעמיים.', 0),
    ('appointment', 'Price conversation', 'השיחה על המחיר', 'during', 'sales', 'Say the whole price and what it holds before they ask.', 'לומר את המחיר המלא ומה הוא כולל לפני ששואלים.', 1),
    ('proposal/price talk', 'Price explanation', 'הסבר המחיר', 'during', 'sales', 'Go through every line. Say what would change it.', 'לעבור על כל שורה ולומר מה ישנה אותה.', 0),
    ('design meeting', 'Agenda sent', 'סדר היום נשלח', 'before', 'design', 'Send the agenda two days ahead, with what they need to bring.', 'לשלוח סדר יום יומיים מראש, עם מה שצריך להביא.', 0),
    ('design meeting', 'Cut-off dates confirmed', 'מועדי הסף אושרו', 'during', 'design', 'Read out each date after which nothing can change.', 'להקריא כל מועד שאחריו אי אפשר לשנות.', 1),
    ('handover', 'Handover call', 'שיחת ההעברה', 'during', 'cs', 'Say their goals back in their words; ask what is missing.', 'לחזור על המטרות במילים שלהם ולשאול מה חסר.', 0),
    ('kickoff', 'Plan and dates said', 'התוכנית והמועדים נאמרו', 'during', 'implementation', 'Name the people, the steps and the first date.', 'לומר מי האנשים, מה השלבים ומה המועד הראשון.', 0),
    ('status update', 'News before they ask', 'עדכון לפני שמבקשים', 'during', 'implementation', 'Say what changed, what did not, and when they hear again.', 'לומר מה השתנה, מה לא, ומתי יישמע העדכון הבא.', 0),
    ('order call', 'Order read back', 'ההזמנה הוקראה', 'during', 'sales', 'Read the order back, line by line, before it is sent.', 'להקריא את ההזמנה שורה אחר שורה לפני השליחה.', 0),
    ('complaint', 'Heard out and owned', 'הקשבה ולקיחת אחריות', 'during', 'service', 'Let them finish. Say sorry once. Say who does what by when.', 'לתת לסיים. להתנצל פעם אחת. לומר מי עושה מה ועד מתי.', 0),
    ('repair', 'Right the first time', 'תוקן בפעם הראשונה', 'after', 'service', 'Show that it works, together, before you leave.', 'להראות יחד שזה עובד לפני שעוזבים.', 0),
    ('billing', 'Bill explained', 'החשבון הוסבר', 'after', 'service', 'Go through the first bill before it is due.', 'לעבור על החשבון הראשון לפני מועד התשלום.', 0),
    ('renewal', 'What it was worth', 'מה זה נתן', 'after', 'cs', 'Look back on their goals first, then on the terms.', 'להסתכל קודם על המטרות ואחר כך על התנאים.', 0),
    ('referral', 'Thanks given', 'תודה נאמרה', 'after', 'marketing', 'Thank whoever sent them, the same day.', 'להודות למי שהמליץ, באותו יום.', 0)
  ) m;

  INSERT INTO public.standards (workspace_id, id, medium, interaction_type)
  SELECT w, gen_random_uuid(), s.* FROM (VALUES
    ('phone', NULL), ('chat', NULL), ('email', NULL), ('sms', NULL), ('onsite', NULL), ('onsite', 'design meeting'), ('phone', 'handover')) s;
  INSERT INTO public.standard_versions (workspace_id, id, standard_id, number, pass_mark)
  SELECT w, gen_random_uuid(), s.id, 1, 0.7 FROM public.standards s WHERE s.workspace_id = w;

  INSERT INTO public.standard_criteria (workspace_id, id, version_id, position, name, name_he, weight, kind, rule, threshold, critical, moment_id, responsible_role)
  SELECT w, gen_random_uuid(), v.id, c.position, c.name, c.name_he, c.weight, c.kind, c.rule, c.threshold, c.critical, m.id, c.role
  FROM (VALUES
    ('phone', '', 0, 'Answered within 20 seconds', 'מענה בתוך 20 שניות', 15, 'operational', 'answer_seconds', 20, NULL, 'First reply', 'osc'),
    ('phone', '', 1, 'Says who is speaking', 'אומרים מי מדבר', 10, 'moment', NULL, NULL, NULL, 'First reply', 'osc'),
    ('phone', '', 2, 'Asks for the reason', 'שואלים על הסיבה', 15, 'moment', NULL, NULL, NULL, 'Need understood', 'osc'),
    ('phone', '', 3, 'Takes name, way to reach, and need', 'נרשמים שם, דרך קשר וצורך', 20, 'moment', NULL, NULL, NULL, 'Need understood', 'osc'),
    ('phone', '', 4, 'Names the next step and its date', 'נאמרים הצעד הבא והמועד', 25, 'operational', 'next_step', NULL, NULL, 'Next step agreed', 'osc'),
    ('phone', '', 5, 'Says what the law demands', 'נאמר מה שהחוק מחייב', 15, 'moment', NULL, NULL, 'compliance', 'First reply', 'osc'),
    ('chat', '', 0, 'A person within 60 seconds', 'אדם בתוך 60 שניות', 60, 'operational', 'answer_seconds', 60, NULL, 'First reply', 'osc'),
    ('chat', '', 1, 'No dead end', 'בלי מבוי סתום', 40, 'operational', 'next_step', NULL, NULL, 'Next step agreed', 'osc'),
    ('email', '', 0, 'Answered within four staffed hours', 'מענה בתוך ארבע שעות עבודה', 50, 'operational', 'answer_minutes', 240, NULL, 'First reply', 'osc'),
    ('email', '', 1, 'Answers every question', 'מענה על כל השאלות', 50, 'moment', NULL, NULL, NULL, 'Need understood', 'osc'),
    ('sms', '', 0, 'Answered within 15 staffed minutes', 'מענה בתוך 15 דקות עבודה', 60, 'operational', 'answer_minutes', 15, NULL, 'First reply', 'osc'),
    ('sms', '', 1, 'Says how to opt out', 'נאמר איך להסיר', 40, 'moment', NULL, NULL, 'compliance', 'First reply', 'osc'),
    ('onsite', '', 0, 'Greeted within two minutes', 'קבלת פנים בתוך שתי דקות', 20, 'operational', 'answer_seconds', 120, NULL, 'Welcome', 'sales'),
    ('onsite', '', 1, 'Nothing asked twice', 'שום דבר לא נשאל פעמיים', 30, 'operational', 'no_repeat', NULL, NULL, 'Welcome', 'sales'),
    ('onsite', '', 2, 'Speaks about the price', 'מדברים על המחיר', 25, 'moment', NULL, NULL, NULL, 'Price conversation', 'sales'),
    ('onsite', '', 3, 'Names the next step and its date', 'נאמרים הצעד הבא והמועד', 25, 'operational', 'next_step', NULL, NULL, 'Next step agreed', 'sales'),
    ('onsite', 'design meeting', 0, 'Agenda 48 hours before', 'סדר יום 48 שעות מראש', 50, 'moment', NULL, NULL, NULL, 'Agenda sent', 'design'),
    ('onsite', 'design meeting', 1, 'Cut-off dates confirmed', 'מועדי הסף אושרו', 50, 'moment', NULL, NULL, NULL, 'Cut-off dates confirmed', 'design'),
    ('phone', 'handover', 0, 'Says the goals back', 'חוזרים על המטרות', 70, 'moment', NULL, NULL, NULL, 'Handover call', 'cs'),
    ('phone', 'handover', 1, 'Names the next step and its date', 'נאמרים הצעד הבא והמועד', 30, 'operational', 'next_step', NULL, NULL, 'Next step agreed', 'cs')
  ) c (medium, type, position, name, name_he, weight, kind, rule, threshold, critical, moment, role)
  JOIN public.standards s ON s.workspace_id = w AND s.medium = c.medium AND coalesce(s.interaction_type, '') = c.type
  JOIN public.standard_versions v ON v.workspace_id = w AND v.standard_id = s.id
  LEFT JOIN public.defining_moments m ON m.workspace_id = w AND m.name = c.moment;

  UPDATE public.standard_versions SET status = 'published', effective_from = '2000-01-01T00:00:00Z', published_at = created_at WHERE workspace_id = w;
END $$;
REVOKE ALL ON FUNCTION app.keep_published_standard(), app.seed_standards(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.seed_standards(uuid) TO wheelhouse_app;

DO $$
DECLARE w uuid;
BEGIN
  FOR w IN SELECT id FROM workspaces LOOP
    PERFORM set_config('app.workspace_id', w::text, true);
    PERFORM app.seed_standards(w);
  END LOOP;
  PERFORM set_config('app.workspace_id', '', true);
END $$;
