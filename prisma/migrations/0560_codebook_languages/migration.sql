-- What each theme of the start means is said in the language of the workspace; names and words stand in both.
CREATE OR REPLACE FUNCTION app.seed_codebook(w uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v uuid := gen_random_uuid(); hebrew boolean := (SELECT locale = 'he' FROM public.workspaces WHERE id = w);
BEGIN
  IF EXISTS (SELECT FROM public.themes s WHERE s.workspace_id = w) THEN RETURN; END IF;
  INSERT INTO public.codebook_versions (workspace_id, id, number) VALUES (w, v, 1);
  WITH starter AS (
    SELECT gen_random_uuid() AS id, s.* FROM (VALUES
      (0, 'speed', 'Speed', 'מהירות', 'How fast something came, or how long it took.', 'כמה מהר משהו הגיע, או כמה זמן זה לקח.',
        'slow*|quick*|fast|faster|wait*|delay*|late|too long|took ages|on hold|hours', 'מהיר*|לאט|איטי*|חיכ*|המתנ*|מתעכב*|עיכוב*|לקח זמן|יותר מדי זמן'),
      (1, 'had_to_repeat', 'Had to repeat', 'נאלצו לחזור על דברים', 'The customer told us twice what we knew.', 'הלקוח סיפר לנו פעמיים את מה שכבר ידענו.',
        'repeat*|ask twice|asked twice|told twice|again and again|same question|already told|explain again|second time', 'לחזור על|פעמיים|שוב ושוב|אותה שאלה|כבר אמר*|להסביר שוב'),
      (2, 'conflicting_information', 'Conflicting information', 'מידע סותר', 'Two of us said two things.', 'שניים מאיתנו אמרו שני דברים שונים.',
        'contradict*|conflict*|different answer*|another one than|said something else|two answers|inconsistent', 'סותר*|סתיר*|תשובה אחרת|אמרו משהו אחר|לא תואם'),
      (3, 'price_clarity', 'Price clarity', 'בהירות המחיר', 'What it costs and what that holds.', 'כמה זה עולה ומה זה כולל.',
        'price*|pricing|cost*|quote*|expensive|fee|fees|invoice*|discount*', 'מחיר*|עלות|עלויות|יקר*|הצעת מחיר|הנחה|הנחות|עמל*'),
      (4, 'promise_not_kept', 'Promise not kept', 'הבטחה שלא קוימה', 'We said we would and did not.', 'אמרנו שנעשה ולא עשינו.',
        'promise*|never called|nobody called|did not call|didnt call|no call back|never came|nobody said|what happens next', 'הבטיח*|הבטחה|הבטחות|לא חזרו|לא התקשרו|לא הגיעו|אף אחד לא'),
      (5, 'friendliness', 'Friendliness', 'יחס ואדיבות', 'How we spoke with them.', 'איך דיברנו איתם.',
        'friend*|kind|rude*|polite*|impolite|warm*|patient*|nice|arrogant', 'אדיב*|נחמד*|חביב*|גס|גסה|גסות|סבלנ*|יחס|מנומס*'),
      (6, 'product_knowledge', 'Product knowledge', 'ידע מקצועי', 'Whether we knew what we talk about.', 'האם ידענו על מה אנחנו מדברים.',
        'knew|knowledge*|expert*|clueless|did not know|didnt know|well informed|competent', 'מקצוע*|ידע|ידעו|לא ידע*|מומח*|בקיא*'),
      (7, 'reachability', 'Reachability', 'זמינות', 'Whether we can be reached.', 'האם אפשר להשיג אותנו.',
        'reach*|no answer|unavailable|voicemail|nobody answer*|busy|get through|no reply|never answered', 'לא עונ*|לא ענ*|זמינ*|תפוס|משיבון|להשיג'),
      (8, 'paperwork', 'Paperwork', 'ניירת', 'Forms, contracts, signatures.', 'טפסים, חוזים, חתימות.',
        'paper*|form|forms|contract*|document*|sign|signature*', 'טופס|טפסים|חוזה|חוזים|מסמכ*|חתימ*|ניירת'),
      (9, 'quality', 'Quality', 'איכות', 'Whether the thing itself is good.', 'האם המוצר עצמו טוב.',
        'quality|broken|defect*|damage*|faulty|crack*|leak*|workmanship', 'איכות*|שבור*|פגום|פגומ*|תקול*|נזיל*|סדק*'),
      (10, 'schedule', 'Schedule', 'לוח זמנים', 'Dates and appointments.', 'תאריכים ופגישות.',
        'schedul*|date|dates|appointment*|deadline*|postpone*|calendar|rebook*', 'מועד|מועדים|תאריכ*|תאריך|פגישה|פגישות|נדחה|נדחתה|לוח זמנים'),
      (11, 'digital_tool', 'Digital tool', 'כלי דיגיטלי', 'The site, the app, the link.', 'האתר, האפליקציה, הקישור.',
        'app|website|site|portal|link|login|log in|online|page', 'אפליקצי*|אתר|פורטל|קישור|להתחבר|אונליין')
  ) s (position, key, name, name_he, definition, definition_he, words, words_he)),
  named AS (INSERT INTO public.themes (workspace_id, id, key) SELECT w, id, key FROM starter)
  INSERT INTO public.codebook_themes (workspace_id, version_id, theme_id, position, name, name_he, definition, words, words_he)
    SELECT w, v, id, position, name, name_he, CASE WHEN hebrew THEN definition_he ELSE definition END, string_to_array(words, '|'), string_to_array(words_he, '|') FROM starter;
  UPDATE public.codebook_versions SET status = 'published', effective_from = '2000-01-01T00:00:00Z', published_at = created_at WHERE workspace_id = w AND id = v;
END $$;
