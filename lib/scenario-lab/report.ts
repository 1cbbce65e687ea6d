import { type Scenario, scenarios } from "../scenarios/vocabulary";
import { rateOf } from "../statistics/rate";
import { kaplanMeier, survivalQuantile } from "../statistics/survival";
import { z95 } from "../statistics/wilson";
import { comparePair, summaryOf } from "./compare";
import type { LabDeal, LabReport, Mean, ScenarioOutcome, Wait, Waited } from "./report-schema";

/** A mean with its 95 % interval by the normal distribution, kept within `bounds`; the interval needs two values. */
export function meanOf(values: readonly number[], bounds: { lo: number; hi: number }): Mean {
  const { n, mean, deviation } = summaryOf(values);
  if (n === 0) return { n, mean: null, lo: null, hi: null };
  if (n === 1) return { n, mean, lo: null, hi: null };
  const half = (z95 * deviation) / Math.sqrt(n);
  return { n, mean, lo: Math.max(bounds.lo, mean - half), hi: Math.min(bounds.hi, mean + half) };
}

/** How long it took since the win (DOMAIN F14): those for whom it has not come yet are censored, not failures. */
export function waitOf(waited: readonly Waited[]): Wait {
  const curve = kaplanMeier(waited.map(({ days, hasCome }) => ({ time: days, hasEnded: hasCome }))) ?? [];
  return {
    n: waited.length,
    come: waited.filter(({ hasCome }) => hasCome).length,
    median: survivalQuantile(curve, 0.5),
    p80: survivalQuantile(curve, 0.8),
    curve: curve.map(({ time, survival }) => ({ days: time, waiting: survival })),
  };
}

const given = <Value>(values: readonly (Value | null)[]) => values.filter((value): value is Value => value !== null);

function outcomeOf(all: readonly LabDeal[], scenario: Scenario): ScenarioOutcome {
  const deals = all.filter((deal) => deal.scenario === scenario);
  const won = deals.filter(({ isWon }) => isWon === true).length;
  const handed = deals.filter(({ followed }) => followed !== null);
  const ended = deals.filter(({ isWon }) => isWon !== null).length;
  return {
    scenario,
    assigned: deals.length,
    pending: deals.length - ended,
    handedOver: handed.length,
    crossed: handed.filter(({ followed }) => followed !== scenario).length,
    close: rateOf(won, ended),
    kickoff: waitOf(given(deals.map(({ kickoff }) => kickoff))),
    firstValue: waitOf(given(deals.map(({ firstValue }) => firstValue))),
    health: meanOf(given(deals.map(({ health }) => health)), { lo: 0, hi: 100 }),
    effort: meanOf(given(deals.map(({ effort }) => effort)), { lo: 1, hi: 7 }),
    hours: meanOf(given(deals.map(({ hours }) => hours)), { lo: 0, hi: Number.MAX_VALUE }),
  };
}

const pairs: readonly (readonly [treated: Scenario, control: Scenario])[] = [
  ["B", "A"],
  ["C", "A"],
  ["C", "B"],
];

type Frame = Pick<LabReport, "weeks" | "since" | "asOf" | "unassigned">;

/**
 * What each scenario did, and how they compare (DOMAIN 6E). A deal counts from its decision stage on by the scenario that it was given
 * there, whatever happened later (intention to treat); how many crossed over to another in the handoff is said beside it.
 */
export function labReport(deals: readonly LabDeal[], frame: Frame): LabReport {
  return {
    ...frame,
    deals: deals.length,
    drawn: deals.filter(({ isDrawn }) => isDrawn).length,
    outcomes: scenarios.map((scenario) => outcomeOf(deals, scenario)),
    pairs: pairs.map(([treated, control]) => comparePair(deals, treated, control)),
  };
}
