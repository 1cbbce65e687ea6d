import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { ofAgents, type PassageFrame } from "../passages/known";
import type { ProgrammeGroup } from "./schema";

const day = 86_400_000;
/** From here on a lead is aged (DOMAIN 6A). */
const agedDays = 30;

/** Days a lead must be old to be judged and within which what follows counts, and days back from the as-of. */
export type ProgrammeWindow = { horizonDays: number; windowDays: number };

/**
 * The CTE `leads`: every journey with its arrival, its first appointment set and kept and by whom, its first visit on site and
 * its win, as they were known. Times are null where it has none. `only` narrows which journeys are read, by `journey_id`.
 */
export function programmeLeads(ctx: Context, frame: PassageFrame, only: Prisma.Sql = Prisma.sql`true`): Prisma.Sql {
  const { asOf, knownAt } = frame;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const known = asOf < knownAt ? asOf : knownAt;
  return Prisma.sql`
    began as (
      select journey_id, min(at) filter (where cause = 'enter') as arrived, min(at) filter (where status in ('won', 'completed')) as won
      from stage_transitions where workspace_id = ${w} and at <= ${asOf} and recorded_at <= ${knownAt} and ${only} group by journey_id),
    met as (
      select journey_id, min(set_at) as set, min(start_at) filter (where state = 'kept' and decided_at <= ${known}) as kept,
        (array_agg(set_by_id order by set_at, id))[1] as set_by
      from appointments where workspace_id = ${w} and set_at <= ${known} and ${only} group by journey_id),
    came as (
      select journey_id, min(started_at) as visit from interactions
      where workspace_id = ${w} and medium = 'onsite' and is_two_way and not is_automated and started_at <= ${asOf} and recorded_at <= ${knownAt}
        and ${only} group by journey_id),
    leads as (select b.journey_id, b.arrived, b.won, m.set, m.kept, m.set_by, c.visit
      from began b left join met m on m.journey_id = b.journey_id left join came c on c.journey_id = b.journey_id
      where b.arrived is not null and ${ofAgents(ctx, frame, Prisma.sql`b.journey_id`)})`;
}

/** When a time of a lead `l` lies in the half-open span after `from` up to `to`. */
export const within = (at: Prisma.Sql, from: Date, to: Date) => Prisma.sql`${at} > ${from} and ${at} <= ${to}`;

/** Which leads `l` belong to each group of a cohort: old enough to be judged, and followed for the horizon (DOMAIN F03b). */
export function programmeGroupsOf(
  { asOf }: PassageFrame,
  { horizonDays, windowDays }: ProgrammeWindow,
): Record<ProgrammeGroup, Prisma.Sql> {
  const since = new Date(asOf.getTime() - windowDays * day);
  const matured = new Date(asOf.getTime() - horizonDays * day);
  const inTime = (at: Prisma.Sql) => Prisma.sql`${at} <= l.arrived + make_interval(days => ${horizonDays}::int)`;
  const leads = within(Prisma.sql`l.arrived`, since, matured);
  const won = Prisma.sql`${leads} and ${inTime(Prisma.sql`l.won`)}`;
  const kept = Prisma.sql`${leads} and ${inTime(Prisma.sql`l.kept`)}`;
  const sales = Prisma.sql`${kept} and ${inTime(Prisma.sql`l.won`)} and l.won >= l.kept`;
  const visited = Prisma.sql`${leads} and ${inTime(Prisma.sql`l.visit`)}`;
  return {
    ...{ leads, kept, sales, visited },
    immature: within(Prisma.sql`l.arrived`, matured > since ? matured : since, asOf),
    set: Prisma.sql`${leads} and ${inTime(Prisma.sql`l.set`)}`,
    company_sales: won,
    aged: Prisma.sql`${within(Prisma.sql`l.set`, since, asOf)} and l.set > l.arrived + make_interval(days => ${agedDays}::int)`,
    visited_without: Prisma.sql`${visited} and (l.set is null or l.set > l.visit)`,
    won_without: Prisma.sql`${won} and (${sales}) is not true`,
  };
}
