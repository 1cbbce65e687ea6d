import type { Scenario } from "../scenarios/vocabulary";
import { inverseProbability, isBalanced, standardisedDifference } from "../statistics/inverse-probability";
import { mantelHaenszel } from "../statistics/mantel-haenszel";
import { type Count, newcombe } from "../statistics/newcombe";
import { sampleSize } from "../statistics/sample-size";
import { type MeanDifference, type Summary, stratifiedDifference } from "../statistics/stratified-difference";
import type { Balance, Covariate, LabDeal, LabPair, LabStratum, Waited } from "./report-schema";
import { covariates } from "./report-schema";
import { bandOf } from "./rules";

type Group = { segment: string; band: number | null; treated: LabDeal[]; control: LabDeal[] };

const countOf = (deals: readonly LabDeal[]): Count => ({
  k: deals.filter(({ isWon }) => isWon).length,
  n: deals.length,
});

/** Deals by segment and band, in one order; both were fixed when the scenario was given. */
function strataOf(deals: readonly LabDeal[], treated: Scenario): Group[] {
  const groups = new Map<string, Group>();
  for (const deal of deals) {
    const { segment } = deal;
    const band = bandOf(deal.facts.pClose);
    const key = `${segment}\n${band ?? "-"}`;
    const group = groups.get(key) ?? { segment, band, treated: [], control: [] };
    (deal.scenario === treated ? group.treated : group.control).push(deal);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Mean and standard deviation of values; zeros for none, a deviation of zero for one. */
export function summaryOf(values: readonly number[]): Summary {
  const n = values.length;
  if (n === 0) return { n, mean: 0, deviation: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, deviation: n === 1 ? 0 : Math.sqrt(squares / (n - 1)) };
}

/** Days of those for whom it came, like against like (DOMAIN F64b). */
function daysBetween(groups: readonly Group[], which: (deal: LabDeal) => Waited | null): MeanDifference | null {
  const days = (deals: readonly LabDeal[]) =>
    summaryOf(
      deals.flatMap((deal) => {
        const waited = which(deal);
        return waited?.hasCome ? [waited.days] : [];
      }),
    );
  return stratifiedDifference(
    groups.map(({ treated, control }) => ({ treated: days(treated), control: days(control) })),
  );
}

type Unit = { deal: LabDeal; isTreated: boolean; propensity: number };

/** How likely each deal was to be given the scenario: the share of its stratum that was (DOMAIN F64c). */
const unitsOf = (groups: readonly Group[]): Unit[] =>
  groups.flatMap(({ treated, control }) => {
    const propensity = treated.length / (treated.length + control.length);
    const of = (isTreated: boolean) => (deal: LabDeal) => ({ deal, isTreated, propensity });
    return [...treated.map(of(true)), ...control.map(of(false))];
  });

/** How alike both groups are in what was known before, as they are and weighted (DOMAIN F64d); deviations are the plain ones. */
function balanceOf(units: readonly Unit[], name: Covariate): Balance {
  const known = units.flatMap(({ deal, isTreated, propensity }) => {
    const outcome = deal.facts[name];
    return outcome === null ? [] : [{ isTreated, propensity, outcome }];
  });
  const valuesOf = (isTreated: boolean) =>
    known.flatMap((unit) => (unit.isTreated === isTreated ? [unit.outcome] : []));
  const treated = summaryOf(valuesOf(true));
  const control = summaryOf(valuesOf(false));
  const n = known.length;
  const weighted = inverseProbability(known);
  if (!weighted) return { name, n, before: null, after: null, isOff: false };
  const before = standardisedDifference(treated, control);
  const after = standardisedDifference(
    { mean: weighted.treated, deviation: treated.deviation },
    { mean: weighted.control, deviation: control.deviation },
  );
  return { name, n, before, after, isOff: after !== null && !isBalanced(after) };
}

/** How many more the smaller group needs to tell such a difference from none (DOMAIN F65); null when that cannot be said. */
function needsOf(control: Count, difference: number, smaller: number): number | null {
  if (control.n === 0 || Math.abs(difference) < 1e-9) return null;
  const from = control.k / control.n;
  const to = from + difference;
  if (!(from > 0 && from < 1 && to > 0 && to < 1)) return null;
  return Math.max(0, sampleSize(from, to).perArm - smaller);
}

/**
 * One scenario against another among deals that people or the policy gave it to and that have ended: plainly (DOMAIN F89), fairly over
 * strata (F64), weighted (F64c) with its balance (F64d), and in days (F64b).
 */
export function comparePair(all: readonly LabDeal[], treated: Scenario, control: Scenario): LabPair {
  const deals = all.filter(
    ({ scenario, isWon, isDrawn }) => !isDrawn && isWon !== null && (scenario === treated || scenario === control),
  );
  const groups = strataOf(deals, treated);
  const strata: LabStratum[] = groups.map((group) => {
    const counts = { treated: countOf(group.treated), control: countOf(group.control) };
    const isSaid = counts.treated.n > 0 && counts.control.n > 0;
    const difference = isSaid ? counts.treated.k / counts.treated.n - counts.control.k / counts.control.n : null;
    return { segment: group.segment, band: group.band, ...counts, difference };
  });
  const one = countOf(deals.filter(({ scenario }) => scenario === treated));
  const two = countOf(deals.filter(({ scenario }) => scenario === control));
  const found = mantelHaenszel(strata);
  const crude = newcombe(one, two);
  const isClear = found !== null && (found.lo > 0 || found.hi < 0);
  const units = unitsOf(groups);
  const isTurned = Boolean(found && crude && found.difference * crude.difference < -1e-12);
  return {
    ...{ treated, control, crude, isTurned, isClear, strata },
    n: { treated: one.n, control: two.n },
    fair: found && {
      ...{ difference: found.difference, standardError: found.standardError, lo: found.lo, hi: found.hi },
    },
    needs: isClear || !found ? null : needsOf(two, found.difference, Math.min(one.n, two.n)),
    weighted: inverseProbability(
      units.map(({ deal, isTreated, propensity }) => ({ isTreated, propensity, outcome: deal.isWon ? 1 : 0 })),
    ),
    balance: covariates.map((name) => balanceOf(units, name)),
    kickoffDays: daysBetween(groups, ({ kickoff }) => kickoff),
    firstValueDays: daysBetween(groups, ({ firstValue }) => firstValue),
  };
}
