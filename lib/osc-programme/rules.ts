import { type Rate, rateOf } from "../statistics/rate";

/** How many of each it takes for a goal of sales; `setNeeded` and the rest are whole and rounded up. */
export type BackPlan = { oscSales: number; keptNeeded: number; setNeeded: number; leadsNeeded: number };

/** Shares in 0..1 that a plan is made with. */
export type PlanShares = { contribution: number; apptToSale: number; kept: number; leadToAppt: number };

/** A number of customers cannot be a fraction; what floating point leaves over is none. */
const whole = (value: number) => Math.ceil(value - 1e-9);

/**
 * From a goal of sales back to the leads it takes (DOMAIN F03). Null when a share is 0, because then no number is enough.
 */
export function backPlan(goal: number, { contribution, apptToSale, kept, leadToAppt }: PlanShares): BackPlan | null {
  if (!(apptToSale > 0 && kept > 0 && leadToAppt > 0)) return null;
  const oscSales = goal * contribution;
  const keptNeeded = oscSales / apptToSale;
  const setNeeded = keptNeeded / kept;
  return {
    oscSales,
    ...{ keptNeeded: whole(keptNeeded), setNeeded: whole(setNeeded), leadsNeeded: whole(setNeeded / leadToAppt) },
  };
}

/** Customers of one cohort, or happenings of one period. */
export type ProgrammeCounts = { leads: number; set: number; kept: number; sales: number; companySales: number };

export type ProgrammeRates = { leadToSet: Rate; setToKept: Rate; keptToSale: Rate; contribution: Rate };

/** The programme's shares with intervals (DOMAIN F03b); more of a later step than of an earlier one counts as all of it. */
export function programmeRates({ leads, set, kept, sales, companySales }: ProgrammeCounts): ProgrammeRates {
  const share = (k: number, n: number) => rateOf(Math.min(k, n), n);
  return {
    leadToSet: share(set, leads),
    setToKept: share(kept, set),
    keptToSale: share(sales, kept),
    contribution: share(sales, companySales),
  };
}

/** The shares that a plan is made with, as the programme has them; one that is not known counts as 0. */
export function sharesOf({ leadToSet, setToKept, keptToSale, contribution }: ProgrammeRates): PlanShares {
  const known = ({ rate }: Rate) => rate ?? 0;
  return {
    ...{ contribution: known(contribution), apptToSale: known(keptToSale) },
    ...{ kept: known(setToKept), leadToAppt: known(leadToSet) },
  };
}

export type Benchmark = {
  measure: keyof ProgrammeRates | "agedAppointments";
  /** Shares in 0..1; both ends alike for a single figure. */
  lo: number;
  hi: number;
  period: string;
  source: string;
  kind: "survey" | "top" | "floor" | "typical";
};

const survey = (measure: Benchmark["measure"], period: string, value: number, source: string): Benchmark => ({
  ...{ measure, lo: value, hi: value, period, source, kind: "survey" },
});
const top = (measure: Benchmark["measure"], value: number, source: string): Benchmark => ({
  ...{ measure, lo: value, hi: value, period: "", source, kind: "top" },
});

/** What others in new homes have published, with year and source (DOMAIN 6A); a figure to look at, not a target. */
export const benchmarks: readonly Benchmark[] = [
  survey("leadToSet", "2022", 0.36, "W10"),
  survey("leadToSet", "2023", 0.41, "W11"),
  survey("leadToSet", "Q2 2025", 0.4, "W12"),
  survey("leadToSet", "Q3 2025", 0.4, "W13"),
  top("leadToSet", 0.52, "W13"),
  survey("setToKept", "2023", 0.9, "W10"),
  survey("keptToSale", "2022", 0.18, "W10"),
  survey("keptToSale", "2023", 0.2, "W12"),
  survey("keptToSale", "Q3 2025", 0.18, "W13"),
  top("keptToSale", 0.21, "W13"),
  { measure: "keptToSale", lo: 0, hi: 0.1, period: "", source: "W14", kind: "floor" },
  survey("contribution", "2021", 0.54, "W10"),
  survey("contribution", "2022", 0.52, "W13"),
  survey("contribution", "2023", 0.47, "W10b"),
  top("contribution", 0.55, "W20"),
  { measure: "contribution", lo: 0.35, hi: 0.45, period: "", source: "W20", kind: "typical" },
  { measure: "agedAppointments", lo: 0.18, hi: 0.2, period: "2023-2025", source: "W11 W12 W13", kind: "survey" },
];
