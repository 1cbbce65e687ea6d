import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { nothingChanged, transaction } from "../transaction";
import { leads, originOf, passages, rests } from "./known";
import { endedAs } from "./summed";

/** Journeys that are summed in one transaction: a second at most, in which nobody waits. */
const batch = 2_000;

/** Everything that ever happened. */
const always = { asOf: new Date("9999-12-31T00:00:00Z"), knownAt: new Date("9999-12-31T00:00:00Z"), agentIds: null };

/**
 * Locks what the workspace's sums are, so that one sums at a time, and answers in which time zone days are counted. Journeys that were
 * never summed, or whose days were another zone's, are all summed anew.
 */
async function begin(ctx: Context): Promise<string> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const { timeZone } = await ctx.db.workspace.findUniqueOrThrow({
    where: { id: ctx.workspaceId },
    select: { timeZone: true },
  });
  const changed = await ctx.db.$executeRaw`
    insert into passage_folds as f (workspace_id, time_zone) values (${w}, ${timeZone})
    on conflict (workspace_id) do update set time_zone = excluded.time_zone where f.time_zone <> excluded.time_zone`;
  // Whoever sums meanwhile is waited for here: the row is locked where it stays as it is, too.
  if (changed > 0)
    await ctx.db.$executeRaw`
      insert into stale_journeys (workspace_id, journey_id)
      select ${w}, id from journeys where workspace_id = ${w} union select ${w}, journey_id from journey_passages where workspace_id = ${w}`;
  return timeZone;
}

/** The next journeys that something was written about; who writes more about them meanwhile says so anew. */
async function take(ctx: Context): Promise<string[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<{ journeyId: string }[]>`
    with next as (select distinct journey_id from stale_journeys where workspace_id = ${w} limit ${batch}),
    gone as (delete from stale_journeys where workspace_id = ${w} and journey_id = any(array(select journey_id from next)))
    select journey_id as "journeyId" from next`;
  return rows.map(({ journeyId }) => journeyId);
}

/** Adds what the journeys of the CTE `changed` say to the counts, or with sign -1 takes it off. */
async function count(ctx: Context, changed: Prisma.Sql, sign: 1 | -1): Promise<void> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  await ctx.db.$executeRaw`
    with ${changed},
    stays as (
      insert into stay_counts as c (workspace_id, stage_id, origin, day, ended, n)
      select ${w}, s.stage_id, k.origin, s.day, s.ended, ${sign}::int * count(*) from changed k
      cross join lateral unnest(k.stages, k.days, k.ends) s (stage_id, day, ended) group by 2, 3, 4, 5
      on conflict (workspace_id, stage_id, origin, day, ended) do update set n = c.n + excluded.n)
    insert into lead_counts as c (workspace_id, origin, arrived_on, days_to_end, is_won, is_merged, n)
    select ${w}, k.origin, case when k.days_to_end is null then k.arrived_on end, k.days_to_end, k.is_won, k.is_merged, ${sign}::int * count(*)
    from changed k where k.arrived_on is not null group by 2, 3, 4, 5, 6
    on conflict (workspace_id, origin, arrived_on, days_to_end, is_won, is_merged) do update set n = c.n + excluded.n`;
}

/**
 * What the journeys say now, from their transitions. One walk and no join: of how many rows its parts are the database knows nothing,
 * and it would compare each with each.
 */
function told(ctx: Context, timeZone: string, ids: readonly string[]): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const own = Prisma.sql`t.journey_id = any(${[...ids]}::uuid[])`;
  const isOver = Prisma.sql`case when p.is_backwards then p.is_first else p.since is null end`;
  return Prisma.sql`${passages(ctx, always, own)}, ${rests()}, ${leads(ctx, { ...always, timeZone }, own)},
    parts as (
      select t.journey_id, t.at as happened_until, t.recorded_at as known_until, null::uuid as over_stage, null::int as over_day, null as over_end,
        null::uuid as stage_id, null::uuid as spoke_id, null::float8 as entered, null::float8 as since, false as is_stay, false as is_there,
        null::date as arrived_on, null::int as days_to_end, false as is_won, false as is_merged
      from stage_transitions t where t.workspace_id = ${w} and ${own}
      union all
      select p.journey_id, null, null, p.stage_id, case when p.is_backwards then 0 else floor(p.active / 86400)::int end, ${endedAs},
        null, null, null, null, false, false, null, null, false, false from passages p where ${isOver}
      union all
      select p.journey_id, null, null, null, null, null, null, null, null, null, true, false, null, null, false, false
        from passages p where not p.is_backwards and p.since is not null
      union all
      select r.journey_id, null, null, null, null, null, r.stage_id, r.spoke_id, r.entered, r.since, false, r.is_there, null, null, false, false from rests r
      union all
      select l.journey_id, null, null, null, null, null, null, null, null, null, false, false, l.arrived_on, l.days_to_end, l.is_won, l.is_merged from leads l),
    changed as (
      insert into journey_passages (workspace_id, journey_id, origin, happened_until, known_until, stages, days, ends,
        stage_id, spoke_id, entered, since, is_stay, is_there, arrived_on, days_to_end, is_won, is_merged)
      select ${w}, k.journey_id, ${originOf(ctx, Prisma.sql`k.journey_id`)}, max(k.happened_until), max(k.known_until),
        coalesce(array_agg(k.over_stage order by k.over_stage) filter (where k.over_end is not null), '{}'),
        coalesce(array_agg(k.over_day order by k.over_stage) filter (where k.over_end is not null), '{}'),
        coalesce(array_agg(k.over_end order by k.over_stage) filter (where k.over_end is not null), '{}'),
        (array_agg(k.stage_id) filter (where k.stage_id is not null))[1], (array_agg(k.spoke_id) filter (where k.spoke_id is not null))[1],
        max(k.entered), max(k.since), bool_or(k.is_stay), bool_or(k.is_there),
        max(k.arrived_on), max(k.days_to_end), bool_or(k.is_won), bool_or(k.is_merged)
      from parts k group by k.journey_id
      returning *)`;
}

async function foldSome(ctx: Context): Promise<number> {
  return transaction(ctx, async (ctx) => {
    nothingChanged(ctx);
    const w = Prisma.sql`${ctx.workspaceId}::uuid`;
    const timeZone = await begin(ctx);
    const ids = await take(ctx);
    if (ids.length === 0) return 0;
    await count(
      ctx,
      Prisma.sql`changed as (delete from journey_passages where workspace_id = ${w} and journey_id = any(${ids}::uuid[]) returning *)`,
      -1,
    );
    await count(ctx, told(ctx, timeZone, ids), 1);
    await ctx.db.$executeRaw`delete from stay_counts where workspace_id = ${w} and n = 0`;
    await ctx.db.$executeRaw`delete from lead_counts where workspace_id = ${w} and n = 0`;
    return ids.length;
  });
}

/**
 * Sums the passages of every journey that something was written about since it was summed, in short transactions; what was written
 * meanwhile is left for the next time. Derived rows alone: what they say is the same before and after. How many journeys.
 */
export async function foldPassages(ctx: Context): Promise<number> {
  let folded = 0;
  for (let more = batch; more === batch; folded += more) more = await foldSome(ctx);
  return folded;
}
