import type pg from "pg";

/** What happens to the n-th journey modulo eight: through the stages, with pauses, out of the circle or to a win; ten things each. */
const told = `
  (values
    (1, 'enter', 0, 'active'), (2, 'hold', 0, 'on_hold'), (3, 'resume', 0, 'active'), (4, 'advance', 1, 'active'), (5, 'hold', 1, 'on_hold'),
    (6, 'resume', 1, 'active'), (7, 'advance', 2, 'active'), (8, 'hold', 2, 'on_hold'), (9, 'resume', 2, 'active'), (10, 'last', 3, 'active')
  ) as told (seq, cause, stage, status)`;

/**
 * Gives every journey of the big workspace ten transitions over two years, from seven origins, by one statement; once. The
 * connection's role must bypass row security and may switch triggers off. Answers the workspace's id.
 */
export async function makeHistories(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string; n: string }>(
    "select w.id, (select count(*) from stage_transitions t where t.workspace_id = w.id) as n from workspaces w where w.slug = 'big'",
  );
  const { id = "", n = "0" } = rows[0] ?? {};
  const { rows: counted } = await client.query<{ n: string }>(
    "select count(*) as n from journeys where workspace_id = $1",
    [id],
  );
  if (Number(n) >= 10 * Number(counted[0]?.n)) return id;
  await client.query("begin");
  await client.query("set local session_replication_role = replica");
  await client.query("delete from stage_transitions where workspace_id = $1", [id]);
  await client.query(
    `update customers set origin = (array['web', 'phone', 'referral', 'paid search', 'email', 'fair', 'walk-in'])[1 + abs(hashtext(id::text)) % 7] where workspace_id = $1`,
    [id],
  );
  await client.query(
    `insert into stage_transitions (workspace_id, id, journey_id, seq, to_stage_id, at, recorded_at, cause, status, actor, spoke_id)
     select j.workspace_id, gen_random_uuid(), j.id, told.seq, s.id, began + told.seq * step, began + told.seq * step,
       case when told.cause = 'last' then case when h % 10 < 5 then 'drop' else 'advance' end else told.cause end,
       case when told.cause = 'last' then case when h % 10 < 5 then 'lost' when h % 10 < 8 then 'won' else 'active' end else told.status end, 'system', s.spoke_id
     from (select j.*, abs(hashtext(j.id::text)) as h from journeys j where j.workspace_id = $1) j
     cross join lateral (select now() - interval '40 days' - (j.h % 690) * interval '1 day' - interval '9 hours' as began, (j.h % 97) * interval '61 minutes' as step) of_it
     cross join ${told}
     join lateral (select array_agg(s.id order by s.position) as ids from stages s where s.workspace_id = j.workspace_id and s.template_id = j.template_id) as of_template on true
     join stages s on s.workspace_id = j.workspace_id and s.id = of_template.ids[1 + case when told.cause = 'last' and h % 10 < 5 then 2 else told.stage end]`,
    [id],
  );
  await client.query(
    `update osc_assignments a set from_at = e.at from stage_transitions e where a.workspace_id = $1 and e.workspace_id = $1 and e.journey_id = a.journey_id and e.seq = 1`,
    [id],
  );
  await client.query("set local session_replication_role = origin");
  await client.query("select app.recount_leads($1)", [id]);
  await client.query("commit");
  await client.query("vacuum analyze");
  return id;
}

/** One more day of a workspace: a thousand of its journeys are dropped, now. */
export async function liveOneDay(client: pg.Client, workspaceId: string): Promise<void> {
  await client.query(
    `insert into stage_transitions (workspace_id, id, journey_id, seq, to_stage_id, at, cause, status, actor, spoke_id)
     select j.workspace_id, gen_random_uuid(), j.id, last.seq + 1, last.to_stage_id, now(), 'drop', 'lost', 'system', last.spoke_id
     from (select workspace_id, id from journeys where workspace_id = $1 order by random() limit 1000) j
     cross join lateral (select seq, to_stage_id, spoke_id from stage_transitions t where t.workspace_id = $1 and t.journey_id = j.id order by seq desc limit 1) last`,
    [workspaceId],
  );
}

/** A leak of everybody who came by the web, found by the newest run: what its page costs at this size. Answers its id. */
export async function makeLeak(client: pg.Client, workspaceId: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `with run as (select id, as_of from analytics_runs where workspace_id = $1 and kind = 'leaks' and status = 'done' order by as_of desc limit 1),
     place as (select g.key as template, s.key as stage, s.name from stages s join journey_templates g on g.workspace_id = s.workspace_id and g.id = s.template_id
       where s.workspace_id = $1 and s.id = (select to_stage_id from stage_transitions where workspace_id = $1 and seq = 9 limit 1))
     insert into leaks (workspace_id, id, template, stage, dimension, value, horizon_days, run_id, found_at, last_as_of, finding)
     select $1, gen_random_uuid(), template, stage, 'origin', 'web', 30, run.id, now(), run.as_of, jsonb_build_object(
       'template', template, 'stage', stage, 'stageName', name, 'dimension', 'origin', 'value', 'web', 'verdict', 'leak', 'missing', '[]'::jsonb,
       'drops', rate, 'reference', rate, 'winRate', rate, 'size', null, 'adjusted', null, 'mix', null, 'valueMinor', null, 'valueAtLeastMinor', null)
     from run, place, (select '{"k": 1, "n": 2, "rate": 0.5, "lo": 0.1, "hi": 0.9, "isEnough": false, "needsMore": 18}'::jsonb as rate) of
     on conflict (workspace_id, measure, template, stage, dimension, value) where state in ('suspected', 'confirmed', 'being_fixed') do update set run_id = excluded.run_id, last_as_of = excluded.last_as_of
     returning id`,
    [workspaceId],
  );
  return rows[0]?.id ?? "";
}
