import { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type JourneyConfig, journeyConfig } from "../passages/config";
import { foldPassages } from "../passages/fold";
import { customerOf } from "../passages/known";
import { summedLeads } from "../passages/summed";
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
async function read(ctx: Context, run: Frame): Promise<OriginsInput> {
  const { timeZone } = run.config;
  const { horizonDays } = run.parameters;
  const today = Prisma.sql`(${run.asOf}::timestamptz at time zone ${timeZone})::date`;
  const leads = summedLeads(ctx, { ...run, timeZone }, { today, since: horizonDays });
  const isBefore = Prisma.sql`(l.is_won and l.days_to_end < 0)`;
  const counts = await ctx.db.$queryRaw<LeadCount[]>`
    with ${leads}
    select l.origin, coalesce(l.days_to_end, ${today} - l.arrived_on) as day, l.is_won as "isWon",
      not l.is_merged and coalesce(${today} - l.arrived_on >= ${horizonDays}::int, true) as "isMatured", sum(l.n)::int as n
    from lead_sums l where not ${isBefore} group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  const leftOutCounts = await ctx.db.$queryRaw<OriginsInput["leftOutCounts"]>`
    with ${leads} select l.origin, sum(l.n)::int as n from lead_sums l where ${isBefore} group by 1 order by 1`;
  const leftOut = await ctx.db.$queryRaw<OriginsInput["leftOut"]>`
    with ${leads} select l.journey_id as "journeyId", cu.id as "customerId", cu.name, l.origin, l.arrived_on::text as "arrivedOn",
      (l.arrived_on + l.days_to_end)::text as "wonOn", l.days_to_end as days
    from won_before l join customers cu on cu.workspace_id = ${ctx.workspaceId}::uuid and cu.id = ${customerOf(ctx, Prisma.sql`l.journey_id`)}
    order by l.arrived_on, l.journey_id limit ${mostNamed}`;
  return { leads: counts, leftOut, leftOutCounts };
}

/** Wins and time to win by where customers came from, from stage transitions alone (DOMAIN F13, F14, F17, F33). */
export const originsKind = defineRunKind<Parameters, JourneyConfig, OriginsInput, OriginsResult>({
  kind: "origins",
  parameters: Parameters,
  seed: 17,
  nightly: [{ horizonDays: 90 }],
  config: journeyConfig,
  prepare: foldPassages,
  read,
  compute: (input, { parameters }) => computeOrigins(input, parameters.horizonDays),
});
