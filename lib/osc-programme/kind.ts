import { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type JourneyConfig, journeyConfig } from "../passages/config";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { type Rate, rateOf } from "../statistics/rate";
import { programmeGroupsOf, programmeLeads, within } from "./cohort";
import {
  type BackPlan,
  type Benchmark,
  backPlan,
  benchmarks,
  type ProgrammeCounts,
  type ProgrammeRates,
  programmeRates,
  sharesOf,
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
  /** Of the cohort's customers who spoke with somebody on site, those whom nobody had set an appointment for before. */
  visitedWithoutAppointment: Rate;
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
  visits: { k: number; n: number };
  byOsc: { memberId: string; set: number; kept: number; sales: number }[];
};

async function read(ctx: Context, run: Frame): Promise<Input> {
  const group = programmeGroupsOf(run, run.parameters);
  const since = new Date(run.asOf.getTime() - run.parameters.windowDays * 86_400_000);
  const happened = (at: Prisma.Sql) => within(at, since, run.asOf);
  const [row] = await ctx.db.$queryRaw<Omit<Input, "byOsc">[]>`
    with ${programmeLeads(ctx, run)}
    select jsonb_build_object('leads', count(*) filter (where ${group.leads}), 'immature', count(*) filter (where ${group.immature}),
        'set', count(*) filter (where ${group.set}), 'kept', count(*) filter (where ${group.kept}),
        'sales', count(*) filter (where ${group.sales}), 'companySales', count(*) filter (where ${group.company_sales})) as cohort,
      jsonb_build_object('leads', count(*) filter (where ${happened(Prisma.sql`l.arrived`)}), 'set', count(*) filter (where ${happened(Prisma.sql`l.set`)}),
        'kept', count(*) filter (where ${happened(Prisma.sql`l.kept`)}), 'sales', count(*) filter (where ${happened(Prisma.sql`l.won`)} and l.won >= l.kept),
        'companySales', count(*) filter (where ${happened(Prisma.sql`l.won`)})) as activity,
      jsonb_build_object('k', count(*) filter (where ${group.aged}), 'n', count(*) filter (where ${happened(Prisma.sql`l.set`)})) as aged,
      jsonb_build_object('k', count(*) filter (where ${group.visited_without}), 'n', count(*) filter (where ${group.visited})) as visits
    from leads l`;
  const byOsc = await ctx.db.$queryRaw<Input["byOsc"]>`
    with ${programmeLeads(ctx, run)}
    select l.set_by as "memberId", count(*)::int as set, (count(*) filter (where ${group.kept}))::int as kept,
      (count(*) filter (where ${group.sales}))::int as sales
    from leads l where ${group.set} group by 1 order by 1`;
  if (!row) throw new Error("A count without a row.");
  return { ...row, byOsc };
}

function compute(
  { cohort: { immature, ...cohort }, activity, aged, visits, byOsc }: Input,
  { parameters }: Frame,
): OscProgrammeResult {
  const { horizonDays, windowDays, salesGoal } = parameters;
  const rates = programmeRates(cohort);
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
    visitedWithoutAppointment: rateOf(visits.k, visits.n),
    plan: salesGoal === null ? null : backPlan(salesGoal, sharesOf(rates)),
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
