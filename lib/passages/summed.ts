import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { leads, originOf, type PassageFrame, passages, rests } from "./known";

/**
 * How a stay counts: as it ended, open too for who was last seen there; `unordered` stands once for each journey that something
 * happened to before it began, which is in no curve.
 */
export type CountedEnd = "advanced" | "dropped" | "open" | "unordered";

/** How the first stay `p` of the passages counts, where it does: `p.is_first or not p.is_backwards`. */
export const endedAs = Prisma.sql`case when p.is_backwards then 'unordered' else p.ended end`;

const anew = Prisma.sql`any(array(select a.journey_id from anew a))`;
const ofAnew = Prisma.sql`t.journey_id = ${anew}`;

/**
 * The CTE `anew`: the journeys that are read from their transitions. For one team all of its; for everybody those of which the sums
 * say something else than was known: what was written about them since they were summed, or happened or became known later than is
 * asked. All of them where nothing was summed yet, or where the days of leads were counted in another time zone.
 */
function readAnew(ctx: Context, { asOf, knownAt, agentIds }: PassageFrame, timeZone?: string): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  if (agentIds)
    return Prisma.sql`anew as materialized (select distinct a.journey_id from osc_assignments a where a.workspace_id = ${w}
      and a.member_id = any(${[...agentIds]}::uuid[]) and a.from_at <= ${knownAt} and (a.to_at is null or a.to_at > ${knownAt}))`;
  const zone = timeZone === undefined ? Prisma.sql`true` : Prisma.sql`f.time_zone = ${timeZone}`;
  return Prisma.sql`anew as materialized (
    select s.journey_id from stale_journeys s where s.workspace_id = ${w}
    union select k.journey_id from journey_passages k where k.workspace_id = ${w} and k.happened_until > ${asOf}
    union select k.journey_id from journey_passages k where k.workspace_id = ${w} and k.known_until > ${knownAt}
    union select t.journey_id from stage_transitions t where t.workspace_id = ${w}
      and not exists (select from passage_folds f where f.workspace_id = ${w} and ${zone}))`;
}

/**
 * The CTEs `stays`, first stays counted by stage, origin, whole days and end, and `there`, who stands where while her clocks run, from
 * `entered` and, put off by her holds, `since`, both in seconds since 1970 (DOMAIN F14). Whatever is over was summed; who is still
 * there is one row each, and only journeys of which the sums cannot say are read from their transitions.
 */
export function summedPassages(ctx: Context, frame: PassageFrame): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const isSummed = frame.agentIds === null;
  const end = Prisma.sql`${frame.asOf.getTime() / 1000}::float8`;
  const stands = Prisma.sql`k.workspace_id = ${w} and ${isSummed} and k.journey_id not in (select a.journey_id from anew a)`;
  return Prisma.sql`${readAnew(ctx, frame)}, ${passages(ctx, frame, ofAnew)}, ${rests()},
    counted as (
      select c.stage_id, c.origin, c.day, c.ended, c.n from stay_counts c where c.workspace_id = ${w} and ${isSummed}
      union all
      select s.stage_id, k.origin, s.day, s.ended, -1 from journey_passages k cross join lateral unnest(k.stages, k.days, k.ends) s (stage_id, day, ended)
        where k.workspace_id = ${w} and ${isSummed} and k.journey_id = ${anew}
      union all
      select k.stage_id, k.origin, floor(greatest(0, ${end} - k.since) / 86400)::int, 'open', 1 from journey_passages k where k.is_stay and ${stands}
      union all
      select p.stage_id, ${originOf(ctx, Prisma.sql`p.journey_id`)}, case when p.is_backwards then 0 else floor(p.active / 86400)::int end, ${endedAs}, 1
        from passages p where p.is_first or not p.is_backwards),
    stays as materialized (select stage_id, origin, day, ended, sum(n)::int as n from counted group by 1, 2, 3, 4 having sum(n) > 0),
    there as materialized (
      select k.journey_id, k.stage_id, k.spoke_id, k.entered, k.since from journey_passages k where k.is_there and ${stands}
      union all
      select r.journey_id, r.stage_id, r.spoke_id, r.entered, r.since from rests r where r.is_there)`;
}

/**
 * The CTEs `lead_sums`, leads counted by origin, day of arrival, days until each was won or else merged, and whether it was; and
 * `won_before`, each that was won before it came. The day of arrival stands for who is open, and for who was won and came after `since`
 * days before the run's time; for all others it is null (DOMAIN F33).
 */
export function summedLeads(
  ctx: Context,
  frame: PassageFrame & { timeZone: string },
  { today, since }: { today: Prisma.Sql; since: number },
): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const isSummed = frame.agentIds === null;
  const summed = Prisma.sql`k.workspace_id = ${w} and ${isSummed} and k.journey_id not in (select a.journey_id from anew a)`;
  return Prisma.sql`${readAnew(ctx, frame, frame.timeZone)}, ${leads(ctx, frame, ofAnew)},
    lead_sums as materialized (
      select origin, arrived_on, days_to_end, is_won, is_merged, sum(n)::int as n from (
        select origin, arrived_on, days_to_end, is_won, is_merged, n from lead_counts where workspace_id = ${w} and ${isSummed}
        union all
        select k.origin, case when k.days_to_end is null then k.arrived_on end, k.days_to_end, k.is_won, k.is_merged, -1 from journey_passages k
          where k.workspace_id = ${w} and ${isSummed} and k.arrived_on is not null and k.journey_id = ${anew}
        union all
        select k.origin, moved.arrived_on, k.days_to_end, k.is_won, k.is_merged, moved.n from journey_passages k
          cross join lateral (values (null::date, -1), (k.arrived_on, 1)) as moved (arrived_on, n)
          where k.is_won and not k.is_merged and k.arrived_on > ${today} - ${since}::int and ${summed}
        union all
        select origin, arrived_on, days_to_end, is_won, is_merged, 1 from leads) counted
      group by 1, 2, 3, 4, 5 having sum(n) > 0),
    won_before as (
      select k.journey_id, k.origin, k.arrived_on, k.days_to_end from journey_passages k where k.is_won and k.days_to_end < 0 and ${summed}
      union all
      select journey_id, origin, arrived_on, days_to_end from leads where is_won and days_to_end < 0)`;
}
