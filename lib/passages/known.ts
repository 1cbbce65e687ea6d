import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";

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
        case when t.cause = 'hold' then coalesce(${seconds(Prisma.sql`lead(t.at) over w`)}, ${end}) - ${seconds(Prisma.sql`t.at`)} else 0 end as held,
        first_value(t.cause) over w <> 'enter' as is_backwards
      from stage_transitions t
      where t.workspace_id = ${ctx.workspaceId}::uuid and t.at <= ${asOf} and t.recorded_at <= ${knownAt} and ${only}
      window w as (partition by t.journey_id order by t.at, t.seq)),
    held as (
      select *, sum(held) over w - held as held_before, min(at) filter (where status in ('won', 'completed')) over (partition by journey_id) as won,
        sum(held) over (partition by journey_id) as held_all
      from happened window w as (partition by journey_id order by at, seq rows unbounded preceding)),
    moved as (
      select journey_id, seq, at, cause, status, to_stage_id, spoke_id, held_before, held_all, won, is_backwards,
        row_number() over w = 1 as is_first, lead(at) over w as left_at, lead(cause) over w as left_by, lead(status) over w as left_as, lead(held_before) over w as held_after,
        lead(last_medium) over w as left_medium
      from held where cause not in ('hold', 'resume') window w as (partition by journey_id order by at, seq)),
    passages as materialized (
      select distinct on (m.journey_id, m.to_stage_id) m.journey_id, m.to_stage_id as stage_id, m.spoke_id, m.at as entered, m.won, m.is_backwards, m.is_first,
        m.left_medium, greatest(0, coalesce(m.left_at, ${end}) - m.at - (coalesce(m.held_after, m.held_all) - m.held_before)) as active,
        case when m.left_by is null or m.left_as = 'merged' then 'open' when m.left_by = 'drop' then 'dropped'
          when m.left_by in ('advance', 'skip', 'complete') then 'advanced' else 'open' end as ended,
        coalesce(m.held_after, m.held_all) - m.held_before as held
      from moved m where m.cause in ('enter', 'advance', 'skip', 'back', 'reopen', 'nurture')
      order by m.journey_id, m.to_stage_id, m.at, m.seq)`;
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
