import { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type JourneyConfig, journeyConfig } from "../passages/config";
import { customerOf, ofAgents, originOf } from "../passages/known";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { computeOrigins, type LeadCount, type OriginsInput } from "./compute";
import type { OriginsResult } from "./schema";

const Parameters = z.strictObject({
  /** Days a lead must be old to be judged, and within which a win counts. */
  horizonDays: z.number().int().min(1).max(1_000).default(90),
});
type Parameters = z.output<typeof Parameters>;
type Frame = RunFrame<Parameters, JourneyConfig>;

const mostNamed = 50;

/**
 * Every journey's first contact and first win as days of the workspace's calendar, as they are written down; a win later than
 * the run's time is no win yet, and an open lead was last seen on that day.
 */
function leads(ctx: Context, run: Frame): Prisma.Sql {
  const { asOf, knownAt, config, parameters } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const day = (at: Prisma.Sql) => Prisma.sql`(${at} at time zone ${config.timeZone})::date`;
  return Prisma.sql`
    began as materialized (
      select journey_id, min(at) filter (where cause = 'enter') as arrived, min(at) filter (where status in ('won', 'completed')) as won,
        min(at) filter (where status = 'merged') as merged
      from stage_transitions where workspace_id = ${w} and at <= ${asOf} and recorded_at <= ${knownAt} group by journey_id),
    leads as materialized (
      select b.journey_id, ${originOf(ctx, Prisma.sql`b.journey_id`)} as origin, ${day(Prisma.sql`b.arrived`)} as arrived_on,
        ${day(Prisma.sql`b.won`)} as won_on, ${day(Prisma.sql`b.won`)} - ${day(Prisma.sql`b.arrived`)} as to_win,
        ${day(Prisma.sql`coalesce(b.merged, ${asOf}::timestamptz)`)} - ${day(Prisma.sql`b.arrived`)} as seen,
        ${day(Prisma.sql`${asOf}::timestamptz`)} - ${day(Prisma.sql`b.arrived`)} >= ${parameters.horizonDays}::int and b.merged is null as is_matured
      from began b where b.arrived is not null and ${ofAgents(ctx, run, Prisma.sql`b.journey_id`)})`;
}

async function read(ctx: Context, run: Frame): Promise<OriginsInput> {
  const counts = await ctx.db.$queryRaw<LeadCount[]>`
    with ${leads(ctx, run)}
    select origin, coalesce(to_win, seen) as day, to_win is not null as "isWon", is_matured as "isMatured", count(*)::int as n
    from leads where coalesce(to_win, 0) >= 0 group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  const leftOutCounts = await ctx.db.$queryRaw<OriginsInput["leftOutCounts"]>`
    with ${leads(ctx, run)} select origin, count(*)::int as n from leads where to_win < 0 group by 1 order by 1`;
  const leftOut = await ctx.db.$queryRaw<OriginsInput["leftOut"]>`
    with ${leads(ctx, run)} select l.journey_id as "journeyId", cu.id as "customerId", cu.name, l.origin, arrived_on::text as "arrivedOn", won_on::text as "wonOn",
      to_win as days
    from leads l join customers cu on cu.workspace_id = ${ctx.workspaceId}::uuid and cu.id = ${customerOf(ctx, Prisma.sql`l.journey_id`)}
    where to_win < 0 order by arrived_on, l.journey_id limit ${mostNamed}`;
  return { leads: counts, leftOut, leftOutCounts };
}

/** Wins and time to win by where customers came from, from stage transitions alone (DOMAIN F13, F14, F17, F33). */
export const originsKind = defineRunKind<Parameters, JourneyConfig, OriginsInput, OriginsResult>({
  kind: "origins",
  parameters: Parameters,
  seed: 17,
  nightly: [{ horizonDays: 90 }],
  config: journeyConfig,
  read,
  compute: (input, { parameters }) => computeOrigins(input, parameters.horizonDays),
});
