import { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type JourneyConfig, journeyConfig } from "../passages/config";
import { ofAgents } from "../passages/known";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { type Rate, rateOf } from "../statistics/rate";
import {
  type BackPlan,
  type Benchmark,
  backPlan,
  benchmarks,
  type ProgrammeCounts,
  type ProgrammeRates,
  programmeRates,
} from "./rules";

const Parameters = z.strictObject({
  /** Days a lead must be old to be judged, and within which what follows counts. */
  horizonDays: z.number().int().min(1).max(365).default(90),
  windowDays: z.number().int().min(30).max(1_500).default(365),
  /** Sales of the whole company that a plan is made back from; none without. */
  salesGoal: z.number().int().min(1).max(1_000_000).nullable().default(null),
});
type Parameters = z.output<typeof Parameters>;
type Frame = RunFrame<Parameters, JourneyConfig>;

type Measured = { counts: ProgrammeCounts; rates: ProgrammeRates };
type ByOsc = { memberId: string; set: number; kept: Rate; sales: Rate };

export type OscProgrammeResult = {
  horizonDays: number;
  windowDays: number;
  /** Leads of the window that are old enough, followed for the horizon: what decisions rest on. */
  cohort: Measured & { immature: number };
  /** What happened in the window, whichever lead it came from: only to stand beside industry figures. */
  activity: Measured;
  /** Of appointments set in the window, those of leads older than a month. */
  agedAppointments: Rate;
  /** Won in the cohort without an appointment that a consultant set and that was kept. */
  wonWithoutAppointment: number;
  /** In the order of their ids; contribution is with who set the appointment. */
  byOsc: ByOsc[];
  benchmarks: readonly Benchmark[];
  plan: BackPlan | null;
};

type Input = {
  cohort: ProgrammeCounts & { immature: number };
  activity: ProgrammeCounts;
  aged: { k: number; n: number };
  byOsc: { memberId: string; set: number; kept: number; sales: number }[];
};

const day = 86_400_000;
const agedDays = 30;

/** Every journey of the window with its first appointment set and kept and its win, as they stood then. */
function leads(ctx: Context, run: Frame): Prisma.Sql {
  const { asOf, knownAt } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const known = asOf < knownAt ? asOf : knownAt;
  return Prisma.sql`
    began as (
      select journey_id, min(at) filter (where cause = 'enter') as arrived, min(at) filter (where status in ('won', 'completed')) as won
      from stage_transitions where workspace_id = ${w} and at <= ${asOf} and recorded_at <= ${knownAt} group by journey_id),
    met as (
      select journey_id, min(set_at) as set, min(start_at) filter (where state = 'kept' and decided_at <= ${known}) as kept,
        (array_agg(set_by_id order by set_at, id))[1] as set_by
      from appointments where workspace_id = ${w} and set_at <= ${known} group by journey_id),
    leads as (select b.journey_id, b.arrived, b.won, m.set, m.kept, m.set_by from began b left join met m on m.journey_id = b.journey_id
      where b.arrived is not null and ${ofAgents(ctx, run, Prisma.sql`b.journey_id`)})`;
}

async function read(ctx: Context, run: Frame): Promise<Input> {
  const { horizonDays, windowDays } = run.parameters;
  const end = run.asOf;
  const since = new Date(end.getTime() - windowDays * day);
  const matured = new Date(end.getTime() - horizonDays * day);
  const inTime = (at: Prisma.Sql) => Prisma.sql`${at} <= l.arrived + make_interval(days => ${horizonDays}::int)`;
  const isKept = Prisma.sql`${inTime(Prisma.sql`l.kept`)}`;
  const within = (at: Prisma.Sql) => Prisma.sql`${at} > ${since} and ${at} <= ${end}`;
  const old = Prisma.sql`l.arrived > ${since} and l.arrived <= ${matured}`;
  const [row] = await ctx.db.$queryRaw<{ cohort: Input["cohort"]; activity: ProgrammeCounts }[]>`
    with ${leads(ctx, run)}
    select jsonb_build_object('leads', count(*) filter (where ${old}), 'immature', count(*) filter (where l.arrived > ${since} and l.arrived > ${matured}),
        'set', count(*) filter (where ${old} and ${inTime(Prisma.sql`l.set`)}), 'kept', count(*) filter (where ${old} and ${isKept}),
        'sales', count(*) filter (where ${old} and ${isKept} and ${inTime(Prisma.sql`l.won`)} and l.won >= l.kept),
        'companySales', count(*) filter (where ${old} and ${inTime(Prisma.sql`l.won`)})) as cohort,
      jsonb_build_object('leads', count(*) filter (where ${within(Prisma.sql`l.arrived`)}), 'set', count(*) filter (where ${within(Prisma.sql`l.set`)}),
        'kept', count(*) filter (where ${within(Prisma.sql`l.kept`)}), 'sales', count(*) filter (where ${within(Prisma.sql`l.won`)} and l.won >= l.kept),
        'companySales', count(*) filter (where ${within(Prisma.sql`l.won`)})) as activity
    from leads l`;
  const [aged] = await ctx.db.$queryRaw<{ k: number; n: number }[]>`
    with ${leads(ctx, run)} select (count(*) filter (where l.set > l.arrived + make_interval(days => ${agedDays}::int)))::int as k, count(*)::int as n
    from leads l where ${within(Prisma.sql`l.set`)}`;
  const byOsc = await ctx.db.$queryRaw<Input["byOsc"]>`
    with ${leads(ctx, run)}
    select l.set_by as "memberId", count(*)::int as set, (count(*) filter (where ${isKept}))::int as kept,
      (count(*) filter (where ${isKept} and ${inTime(Prisma.sql`l.won`)} and l.won >= l.kept))::int as sales
    from leads l where ${old} and ${inTime(Prisma.sql`l.set`)} group by 1 order by 1`;
  const none = { leads: 0, set: 0, kept: 0, sales: 0, companySales: 0 };
  return {
    cohort: row?.cohort ?? { ...none, immature: 0 },
    activity: row?.activity ?? none,
    aged: aged ?? { k: 0, n: 0 },
    byOsc,
  };
}

function compute(
  { cohort: { immature, ...cohort }, activity, aged, byOsc }: Input,
  { parameters }: Frame,
): OscProgrammeResult {
  const { horizonDays, windowDays, salesGoal } = parameters;
  const rates = programmeRates(cohort);
  const { leadToSet, setToKept, keptToSale, contribution } = rates;
  const shares = { contribution: contribution.rate ?? 0, apptToSale: keptToSale.rate ?? 0 };
  return {
    ...{ horizonDays, windowDays },
    cohort: { counts: cohort, rates, immature },
    activity: { counts: activity, rates: programmeRates(activity) },
    agedAppointments: rateOf(aged.k, aged.n),
    wonWithoutAppointment: cohort.companySales - cohort.sales,
    byOsc: byOsc.map(({ memberId, set, kept, sales }) => ({
      ...{ memberId, set, kept: rateOf(kept, set), sales: rateOf(Math.min(sales, kept), kept) },
    })),
    benchmarks,
    plan:
      salesGoal === null
        ? null
        : backPlan(salesGoal, { ...shares, kept: setToKept.rate ?? 0, leadToAppt: leadToSet.rate ?? 0 }),
  };
}

/** Lead to appointment to kept to sale, with what others have published beside it (DOMAIN 6A, F03, F03b). */
export const oscProgrammeKind = defineRunKind<Parameters, JourneyConfig, Input, OscProgrammeResult>({
  kind: "osc-programme",
  parameters: Parameters,
  seed: 3,
  nightly: [{ horizonDays: 90, windowDays: 365, salesGoal: null }],
  config: journeyConfig,
  read,
  compute,
});
