import { z } from "zod";
import { reportOf, reportSeed, sinceOf, type WeekCell } from "../consistency/rules";
import { type ConsistencyReport, dimensions } from "../consistency/schema";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { surveySettings } from "../responses/queries";
import { defineRunKind, type RunFrame } from "./kind";
import { interactionsKnownAt } from "./queries";

const Parameters = z.strictObject({
  by: z.enum(dimensions).default("media"),
  type: z.string().trim().min(1).max(100).nullable().default(null),
  weeks: z.number().int().min(0).max(520).default(26),
});
type Parameters = z.output<typeof Parameters>;
type Config = { target: number };
type Frame = RunFrame<Parameters, Config>;
type Counts = { k: number; n: number };
type Input = { cells: WeekCell[]; customers: Counts; surveys: { invited: number; answered: number } };

/** The contacts that customers had rated by then, with their class, as they were known then. */
function ratedThen(ctx: Context, run: Frame): Prisma.Sql {
  const { parameters, asOf, knownAt, agentIds } = run;
  const since = sinceOf(parameters.weeks, asOf);
  return Prisma.sql`(select k.customer_id, k.medium, coalesce(k.route, '') as route, k.started_at, r.class from ${interactionsKnownAt(ctx, run)} k
    join responses r on r.workspace_id = ${ctx.workspaceId}::uuid and r.interaction_id = k.id and r.counts_for_class
      and r.recorded_at <= ${knownAt} and r.answered_at <= ${asOf}
    where true ${parameters.type === null ? Prisma.empty : Prisma.sql`and k.type = ${parameters.type}`}
      ${since ? Prisma.sql`and k.started_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      ${agentIds ? Prisma.sql`and k.agent_id = any(${[...agentIds]}::uuid[])` : Prisma.empty}) rated`;
}

async function read(ctx: Context, run: Frame): Promise<Input> {
  const { parameters, asOf, knownAt } = run;
  const since = sinceOf(parameters.weeks, asOf);
  const channel = parameters.by === "media" ? Prisma.sql`medium` : Prisma.sql`route`;
  const cells = await ctx.db.$queryRaw<WeekCell[]>`
    select app.week_of(started_at)::text as week, medium, route, count(*)::int as n, (count(*) filter (where class = 'positive'))::int as k
    from ${ratedThen(ctx, run)} group by 1, 2, 3 order by 1, 2, 3`;
  const [customers] = await ctx.db.$queryRaw<Counts[]>`
    select count(*)::int as n, (count(*) filter (where is_good))::int as k from (
      select bool_and(class = 'positive') as is_good from ${ratedThen(ctx, run)} where ${channel} <> ''
      group by customer_id having min(${channel} collate "C") <> max(${channel} collate "C")) served`;
  const [surveys] = await ctx.db.$queryRaw<Input["surveys"][]>`
    select count(*)::int as invited, (count(*) filter (where answered_at <= least(${asOf}::timestamptz, ${knownAt}::timestamptz)))::int as answered from survey_invites
    where workspace_id = ${ctx.workspaceId}::uuid and created_at <= ${knownAt} and sent_at <= least(${asOf}::timestamptz, ${knownAt}::timestamptz)
      ${parameters.type === null ? Prisma.empty : Prisma.sql`and type = ${parameters.type}`}
      ${since ? Prisma.sql`and sent_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}`;
  return { cells, customers: customers ?? { k: 0, n: 0 }, surveys: surveys ?? { invited: 0, answered: 0 } };
}

/** The consistency of media or routes as it could be known at a time (DOMAIN F35, F35b), from rows instead of counters. */
export const consistencyKind = defineRunKind<Parameters, Config, Input, ConsistencyReport>({
  kind: "consistency",
  parameters: Parameters,
  seed: reportSeed,
  nightly: [
    { by: "media", type: null, weeks: 26 },
    { by: "routes", type: null, weeks: 26 },
  ],
  config: async (ctx) => {
    const { target, version } = await surveySettings(ctx);
    return { version, body: { target } };
  },
  read,
  compute: ({ cells, customers, surveys }, { parameters, asOf, config }) => {
    const { by, type, weeks } = parameters;
    const frame = { by, type, weeks, since: sinceOf(weeks, asOf), asOf: asOf.toISOString(), target: config.target };
    return reportOf(cells, { ...frame, customers, surveys });
  },
});
