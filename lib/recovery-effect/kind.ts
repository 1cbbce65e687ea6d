import { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { ofAgents } from "../passages/known";
import { defineRunKind, type RunFrame } from "../runs/kind";
import type { Count } from "../statistics/newcombe";
import { rateOf } from "../statistics/rate";
import { judgeComparison } from "./rules";
import type { RecoveryParameters, RecoveryResult } from "./schema";

const Parameters = z.strictObject({
  /** Days within which the next touchpoint must be completed and the journey not be dropped (DOMAIN 6B). */
  horizonDays: z.number().int().min(1).max(90).default(14),
  windowDays: z.number().int().min(30).max(1_500).default(365),
});

/** What everybody is shown. */
export const usualRecovery: RecoveryParameters = { horizonDays: 14, windowDays: 365 };

type Config = { percent: number; since: string | null };
type Frame = RunFrame<RecoveryParameters, Config>;

type Input = {
  immature: number;
  byTrigger: ({ trigger: string } & Count)[];
  byCause: ({ cause: string } & Count)[];
  play: Count;
  holdout: Count;
};

/**
 * Off-track events of the window. `is_back`: within the horizon a touchpoint was completed and the journey was not dropped,
 * told the same way with and without a play. What turned out to be a false alarm is no event of the rates.
 */
function events(ctx: Context, run: Frame): Prisma.Sql {
  const { asOf, knownAt, parameters } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const known = asOf < knownAt ? asOf : knownAt;
  const since = new Date(asOf.getTime() - parameters.windowDays * 86_400_000);
  const end = Prisma.sql`e.opened_at + make_interval(days => ${parameters.horizonDays}::int)`;
  return Prisma.sql`
    seen as materialized (
      select e.id, e.customer_id, e.trigger, e.arm, e.opened_at, ${end} <= ${known} as is_over, e.state = 'false_alarm' and e.closed_at <= ${known} as is_false,
        exists (select from touchpoints t where t.workspace_id = ${w} and t.journey_id = e.journey_id and t.state = 'completed'
          and t.closed_at > e.opened_at and t.closed_at <= ${end} and t.closed_at <= ${known})
        and not exists (select from stage_transitions s where s.workspace_id = ${w} and s.journey_id = e.journey_id and s.cause = 'drop'
          and s.at > e.opened_at and s.at <= ${end} and s.at <= ${asOf} and s.recorded_at <= ${knownAt}) as is_back
      from off_track_events e
      where e.workspace_id = ${w} and e.opened_at > ${since} and e.opened_at <= ${known} and ${ofAgents(ctx, run, Prisma.sql`e.journey_id`)})`;
}

async function read(ctx: Context, run: Frame): Promise<Input> {
  const { asOf, knownAt, parameters, agentIds, config } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const known = asOf < knownAt ? asOf : knownAt;
  const since = new Date(asOf.getTime() - parameters.windowDays * 86_400_000);
  const [row] = await ctx.db.$queryRaw<Pick<Input, "immature" | "byTrigger" | "play" | "holdout">[]>`
    with ${events(ctx, run)},
    first as (select distinct on (customer_id) arm, is_back from seen
      where arm is not null and is_over and opened_at >= ${config.since}::timestamptz order by customer_id, opened_at, id)
    select (select count(*)::int from seen where not is_over) as immature,
      (select coalesce(json_agg(x order by x.trigger), '[]') from (select trigger, (count(*) filter (where is_back))::int as k, count(*)::int as n
        from seen where is_over and not is_false and arm is distinct from 'holdout' group by trigger) x) as "byTrigger",
      (select json_build_object('k', count(*) filter (where is_back), 'n', count(*)) from first where arm = 'play') as play,
      (select json_build_object('k', count(*) filter (where is_back), 'n', count(*)) from first where arm = 'holdout') as holdout`;
  const byCause = await ctx.db.$queryRaw<Input["byCause"]>`
    select c.cause, (count(*) filter (where c.state = 'recovered'))::int as k, count(*)::int as n
    from recovery_cases c join interactions i on i.workspace_id = ${w} and i.id = c.interaction_id
    where c.workspace_id = ${w} and c.state in ('recovered', 'lost') and c.cause is not null and c.closed_at > ${since} and c.closed_at <= ${known}
      ${agentIds ? Prisma.sql`and i.agent_id = any(${[...agentIds]}::uuid[])` : Prisma.empty}
    group by c.cause order by c.cause`;
  const none = { k: 0, n: 0 };
  return { ...(row ?? { immature: 0, byTrigger: [], play: none, holdout: none }), byCause };
}

/** What was found, with intervals and what may be said of it; pure. */
export function computeRecovery(
  input: Input,
  { parameters, config }: Pick<Frame, "parameters" | "config">,
): RecoveryResult {
  const { immature, byTrigger, byCause, play, holdout } = input;
  return {
    ...parameters,
    immature,
    byTrigger: byTrigger.map(({ trigger, k, n }) => ({ trigger, recovered: rateOf(k, n) })),
    byCause: byCause.map(({ cause, k, n }) => ({ cause, recovered: rateOf(k, n) })),
    comparison: {
      ...{ play: rateOf(play.k, play.n), holdout: rateOf(holdout.k, holdout.n), ...judgeComparison(play, holdout) },
      ...config,
    },
  };
}

/** Who came back on track, by trigger and cause, and what plays add against a holdout (DOMAIN 6B, F20). */
export const recoveryKind = defineRunKind<RecoveryParameters, Config, Input, RecoveryResult>({
  kind: "recovery-effect",
  parameters: Parameters,
  seed: 20,
  nightly: [usualRecovery],
  config: async (ctx) => {
    const row = await ctx.db.recoverySetting.findFirst({ where: { workspaceId: ctx.workspaceId } });
    const since = row?.holdoutSince?.toISOString() ?? null;
    return { version: row?.version ?? 0, body: { percent: row?.holdoutPercent ?? 0, since } };
  },
  read,
  compute: computeRecovery,
});
