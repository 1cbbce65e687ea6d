import { z } from "zod";
import { sinceOf } from "../consistency/rules";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { interactionsKnownAt } from "../runs/queries";
import type { Scenario } from "../scenarios/vocabulary";
import { decisionStages } from "./assign";
import { labReport } from "./report";
import { type Covariate, covariates, type LabDeal, type LabReport, type Waited } from "./report-schema";

const Parameters = z.strictObject({ weeks: z.number().int().min(0).max(520).default(0) });
type Parameters = z.output<typeof Parameters>;
type Config = { timeZone: string; decisionStageIds: string[] };
type Frame = RunFrame<Parameters, Config>;

type Row = {
  scenario: Scenario;
  source: string;
  followed: Scenario | null;
  segment: string;
  pClose: number | null;
  facts: Record<string, unknown>;
  isWon: boolean | null;
  /** Days from the win to now, to the kickoff and to the first value. */
  seen: number | null;
  kickoff: number | null;
  firstValue: number | null;
  health: number | null;
  effort: number | null;
  minutes: number;
};

function shareOf(value: unknown): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function waitedOf(seen: number | null, came: number | null): Waited | null {
  if (came !== null) return { days: Math.max(0, came), hasCome: true };
  return seen === null ? null : { days: Math.max(0, seen), hasCome: false };
}

function toDeal(row: Row): LabDeal {
  const known = { ...row.facts, pClose: row.pClose };
  const facts = Object.fromEntries(covariates.map((name) => [name, shareOf(known[name as keyof typeof known])]));
  return {
    scenario: row.scenario,
    isDrawn: row.source === "experiment",
    followed: row.followed,
    segment: row.segment,
    facts: facts as Record<Covariate, number | null>,
    isWon: row.isWon,
    kickoff: waitedOf(row.seen, row.kickoff),
    firstValue: waitedOf(row.seen, row.firstValue),
    health: row.health,
    effort: row.effort,
    hours: row.isWon === null ? null : row.minutes / 60,
  };
}

/** Deals that were given a scenario by then, as what came of them was known then. */
async function readDeals(ctx: Context, run: Frame): Promise<LabDeal[]> {
  const { parameters, config, asOf, knownAt, agentIds } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = sinceOf(parameters.weeks, asOf);
  const last = asOf < knownAt ? asOf : knownAt;
  const zone = Prisma.sql`${config.timeZone}::text`;
  const today = Prisma.sql`(${last}::timestamptz at time zone ${zone})::date`;
  const rows = await ctx.db.$queryRaw<Row[]>`
    with taken as materialized (select k.journey_id, r.ces from ${interactionsKnownAt(ctx, run)} k join responses r on r.workspace_id = ${w}
      and r.interaction_id = k.id and r.ces is not null and r.source <> 'staff' and r.recorded_at <= ${knownAt} and r.answered_at <= ${asOf}
      where k.type = 'handover' and k.journey_id is not null)
    select a.scenario, a.source, a.segment, (select d.scenario from handoffs d where d.workspace_id = ${w} and d.journey_id = a.journey_id
        and d.scenario is not null and not d.is_parent and d.accepted_at <= ${last} order by d.accepted_at, d.id limit 1) as followed,
      a.p_close as "pClose", a.facts, case when e.won_on is not null then true when e.last = 'lost' then false end as "isWon",
      ${today} - e.won_on as seen, case when o.kickoff_recorded_at <= ${knownAt} and o.kickoff_on <= ${today} then o.kickoff_on - e.won_on end as kickoff,
      case when f.measured_at <= ${knownAt} and f.reached_on <= ${today} then f.reached_on - e.won_on end as "firstValue", h.score as health,
      (select avg(t.ces)::float8 from taken t where t.journey_id = a.journey_id) as effort,
      (select coalesce(sum(c.minutes), 0)::int from csm_hours c where c.workspace_id = ${w} and c.journey_id = a.journey_id and c.presale
        and c.spent_on <= ${today} and c.recorded_at <= ${knownAt} and (c.removed_at is null or c.removed_at > ${knownAt})) as minutes
    from scenario_assignments a
    cross join lateral (select (min(at) filter (where status in ('won', 'completed')) at time zone ${zone})::date as won_on, (array_agg(status order by at desc, seq desc))[1] as last
      from stage_transitions s where s.workspace_id = ${w} and s.journey_id = a.journey_id and s.at <= ${asOf} and s.recorded_at <= ${knownAt}) e
    left join onboardings o on o.workspace_id = ${w} and o.journey_id = a.journey_id
    left join first_values f on f.workspace_id = ${w} and f.journey_id = a.journey_id
    left join onboarding_healths h on h.workspace_id = ${w} and h.onboarding_id = o.id and h.day = 90 and h.at <= ${last}
    where a.workspace_id = ${w} and a.decided_at <= ${asOf} and a.recorded_at <= ${knownAt}
      ${since ? Prisma.sql`and a.decided_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      ${agentIds ? Prisma.sql`and a.decided_by_id = any(${[...agentIds]}::uuid[])` : Prisma.empty}
    order by a.id`;
  return rows.map(toDeal);
}

/** Deals that came to a decision stage by then and were given no scenario. */
async function countUnassigned(ctx: Context, { parameters, config, asOf, knownAt, agentIds }: Frame): Promise<number> {
  if (agentIds) return 0;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = sinceOf(parameters.weeks, asOf);
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>`
    select count(distinct t.journey_id)::int as count from stage_transitions t
    where t.workspace_id = ${w} and t.at <= ${asOf} and t.recorded_at <= ${knownAt} and t.to_stage_id = any(${config.decisionStageIds}::uuid[])
      ${since ? Prisma.sql`and t.at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      and not exists (select from scenario_assignments a where a.workspace_id = ${w} and a.journey_id = t.journey_id
        and a.decided_at <= ${asOf} and a.recorded_at <= ${knownAt})`;
  return row?.count ?? 0;
}

/** What each scenario of customer success did, compared like with like, as it could be known at a time (DOMAIN F64). */
export const handoffLabKind = defineRunKind<Parameters, Config, { deals: LabDeal[]; unassigned: number }, LabReport>({
  kind: "handoff-lab",
  parameters: Parameters,
  seed: 64,
  nightly: [{ weeks: 0 }, { weeks: 52 }],
  config: async (ctx) => {
    const w = Prisma.sql`${ctx.workspaceId}::uuid`;
    const [row] = await ctx.db.$queryRaw<Config[]>`
      select time_zone as "timeZone", (select coalesce(json_agg(x.id order by x.id), '[]') from ${decisionStages(w)} x) as "decisionStageIds"
      from workspaces where id = ${w}`;
    return { version: 3, body: row ?? { timeZone: "UTC", decisionStageIds: [] } };
  },
  read: async (ctx, run) => ({ deals: await readDeals(ctx, run), unassigned: await countUnassigned(ctx, run) }),
  compute: ({ deals, unassigned }, { parameters, asOf }) =>
    labReport(deals, {
      ...{ weeks: parameters.weeks, since: sinceOf(parameters.weeks, asOf), asOf: asOf.toISOString(), unassigned },
    }),
});
