import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { clockedStatuses } from "../journeys/vocabulary";

/** Of which time, knowing what, and whose; what every reading of passages keeps to. */
export type PassageFrame = { asOf: Date; knownAt: Date; agentIds: readonly string[] | null };

/** How a stay in a stage ended, or that it had not when last seen. */
export type Outcome = "advanced" | "dropped" | "open";

/** Whose journey it is. By its key alone, so that rows which came a moment ago are found as fast as counted ones. */
export function customerOf(ctx: Context, journeyId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(select named.customer_id from journeys named where named.workspace_id = ${ctx.workspaceId}::uuid and named.id = ${journeyId})`;
}

/** Where the customer of a journey came from; blank counts as `unknown` beside those written so. */
export function originOf(ctx: Context, journeyId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce(nullif(btrim((select cu.origin from customers cu where cu.workspace_id = ${ctx.workspaceId}::uuid
    and cu.id = ${customerOf(ctx, journeyId)})), ''), 'unknown')`;
}

const seconds = (at: Prisma.Sql) => Prisma.sql`extract(epoch from ${at})::float8`;

/**
 * The CTE `passages`, read from stage transitions alone: the first stay of every journey in every stage, as it was known.
 * `entered` and `won` are seconds since 1970; `active` is how many seconds she was there with holds taken off; `ended` is
 * `advanced`, `dropped`, or `open` for who is still there, is on hold, was merged, went back or was set aside (DOMAIN F14).
 * Who is on hold was last seen before it. `since`, only for who is there while time runs, is `entered` put off by her holds.
 * `is_backwards` marks a journey that something happened to before it began. `only` narrows which journeys are read.
 */
export function passages(
  ctx: Context,
  { asOf, knownAt }: PassageFrame,
  only: Prisma.Sql = Prisma.sql`true`,
): Prisma.Sql {
  const end = Prisma.sql`${asOf.getTime() / 1000}::float8`;
  return Prisma.sql`
    happened as (
      select t.journey_id, t.seq, ${seconds(Prisma.sql`t.at`)} as at, t.cause, t.status, t.to_stage_id, t.spoke_id, t.last_medium,
        case when t.cause = 'hold' then coalesce(${seconds(Prisma.sql`lead(t.at) over w`)} - ${seconds(Prisma.sql`t.at`)}, 0) else 0 end as held,
        case when t.cause = 'hold' and lead(t.at) over w is null then ${seconds(Prisma.sql`t.at`)} end as held_since,
        first_value(t.cause) over w <> 'enter' as is_backwards
      from stage_transitions t
      where t.workspace_id = ${ctx.workspaceId}::uuid and t.at <= ${asOf} and t.recorded_at <= ${knownAt} and ${only}
      window w as (partition by t.journey_id order by t.at, t.seq)),
    held as (
      select journey_id, seq, at, cause, status, to_stage_id, spoke_id, last_medium, is_backwards, sum(held) over w - held as held_before,
        min(at) filter (where status in ('won', 'completed')) over (partition by journey_id) as won,
        sum(held) over (partition by journey_id) as held_all, max(held_since) over (partition by journey_id) as held_since
      from happened window w as (partition by journey_id order by at, seq rows unbounded preceding)),
    moved as (
      select journey_id, seq, at, cause, status, to_stage_id, spoke_id, held_before, held_all, held_since, won, is_backwards,
        row_number() over w = 1 as is_first, lead(at) over w as left_at, lead(cause) over w as left_by, lead(status) over w as left_as, lead(held_before) over w as held_after,
        lead(last_medium) over w as left_medium
      from held where cause not in ('hold', 'resume') window w as (partition by journey_id order by at, seq)),
    passages as materialized (
      select distinct on (m.journey_id, m.to_stage_id) m.journey_id, m.to_stage_id as stage_id, m.spoke_id, m.at as entered, m.won, m.is_backwards, m.is_first,
        m.left_medium, greatest(0, coalesce(m.left_at, m.held_since, ${end}) - m.at - (coalesce(m.held_after, m.held_all) - m.held_before)) as active,
        case when m.left_at is null and m.held_since is null then m.at + m.held_all - m.held_before end as since,
        case when m.left_by is null or m.left_as = 'merged' then 'open' when m.left_by = 'drop' then 'dropped'
          when m.left_by in ('advance', 'skip', 'complete') then 'advanced' else 'open' end as ended,
        coalesce(m.held_after, m.held_all + coalesce(${end} - m.held_since, 0)) - m.held_before as held
      from moved m where m.cause in ('enter', 'advance', 'skip', 'back', 'reopen', 'nurture')
      order by m.journey_id, m.to_stage_id, m.at, m.seq)`;
}

/**
 * The CTE `rests` after those of `passages`: where each journey came to stand, in seconds since 1970 since when, and the same put
 * off by its holds; `is_there` where its clocks run, which is nowhere while it is on hold, ended or tells nothing of how it began.
 */
export function rests(): Prisma.Sql {
  return Prisma.sql`
    rests as (
      select distinct on (journey_id) journey_id, to_stage_id as stage_id, spoke_id, at as entered, at + held_all - held_before as since,
        stands_as in (${Prisma.join([...clockedStatuses])}) and held_since is null and not is_backwards as is_there
      from (select *, first_value(status) over (partition by journey_id order by at desc, seq desc) as stands_as from held) h
      where cause not in ('hold', 'resume') order by journey_id, at desc, seq desc)`;
}

/**
 * The CTE `leads`: every journey that began as it was known, on which day of the time zone's calendar, and how many days later it
 * was first won, or else merged into another; null for who was neither. `only` narrows which journeys are read.
 */
export function leads(
  ctx: Context,
  { asOf, knownAt, timeZone }: Pick<PassageFrame, "asOf" | "knownAt"> & { timeZone: string },
  only: Prisma.Sql,
): Prisma.Sql {
  const day = (at: Prisma.Sql) => Prisma.sql`(${at} at time zone ${timeZone})::date`;
  return Prisma.sql`
    began as materialized (
      select t.journey_id, min(t.at) filter (where t.cause = 'enter') as arrived, min(t.at) filter (where t.status in ('won', 'completed')) as won,
        min(t.at) filter (where t.status = 'merged') as merged
      from stage_transitions t where t.workspace_id = ${ctx.workspaceId}::uuid and t.at <= ${asOf} and t.recorded_at <= ${knownAt} and ${only} group by 1),
    leads as materialized (
      select b.journey_id, ${originOf(ctx, Prisma.sql`b.journey_id`)} as origin, ${day(Prisma.sql`b.arrived`)} as arrived_on,
        ${day(Prisma.sql`coalesce(b.won, b.merged)`)} - ${day(Prisma.sql`b.arrived`)} as days_to_end, b.won is not null as is_won, b.merged is not null as is_merged
      from began b where b.arrived is not null)`;
}

/** Who was her consultant when she entered: the assignment that held then. */
export function consultantAt(ctx: Context): Prisma.Sql {
  return Prisma.sql`left join lateral (select a.member_id from osc_assignments a where a.workspace_id = ${ctx.workspaceId}::uuid
    and a.journey_id = p.journey_id and a.from_at <= to_timestamp(p.entered) order by a.from_at desc limit 1) o on true`;
}

/** Narrows to journeys that one of these members had as her consultant when it was known; null narrows nothing. */
export function ofAgents(ctx: Context, { agentIds, knownAt }: PassageFrame, journeyId: Prisma.Sql): Prisma.Sql {
  if (!agentIds) return Prisma.sql`true`;
  return Prisma.sql`exists (select from osc_assignments a where a.workspace_id = ${ctx.workspaceId}::uuid and a.journey_id = ${journeyId}
    and a.member_id = any(${[...agentIds]}::uuid[]) and a.from_at <= ${knownAt} and (a.to_at is null or a.to_at > ${knownAt}))`;
}
