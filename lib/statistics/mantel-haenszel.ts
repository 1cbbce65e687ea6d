import type { Count } from "@/lib/statistics/newcombe";
import { z95 } from "@/lib/statistics/wilson";

/** One stratum's successes in both groups; strata are fixed before the outcome is known. */
export type Stratum = { treated: Count; control: Count };

export type RiskDifference = {
  /** Treated minus control, like compared with like, in -1..1. */
  difference: number;
  standardError: number;
  lo: number;
  hi: number;
  /** Treated minus control with all strata thrown together. */
  crude: number;
  /** Treated minus control in each stratum; null where a group is empty. */
  strata: (number | null)[];
};

/**
 * The Mantel-Haenszel risk difference with Sato's variance and its 95 % interval (DOMAIN F64).
 *
 * A stratum with one empty group says nothing. Null when none says anything. Throws RangeError unless 0 <= k <= n in whole
 * numbers.
 */
export function mantelHaenszel(strata: readonly Stratum[]): RiskDifference | null {
  for (const { treated, control } of strata) requireCounts(treated, control);
  const said = strata.filter(({ treated, control }) => treated.n > 0 && control.n > 0);
  const sum = (term: (x1: number, n1: number, x0: number, n0: number) => number) =>
    said.reduce((total, { treated, control }) => total + term(treated.k, treated.n, control.k, control.n), 0);
  const weight = sum((_x1, n1, _x0, n0) => (n1 * n0) / (n1 + n0));
  if (weight === 0) return null;
  const difference = sum((x1, n1, x0, n0) => (x1 * n0 - x0 * n1) / (n1 + n0)) / weight;
  const p = sum((x1, n1, x0, n0) => (n1 * n1 * x0 - n0 * n0 * x1 + (n1 * n0 * (n0 - n1)) / 2) / (n1 + n0) ** 2);
  const q = sum((x1, n1, x0, n0) => (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * (n1 + n0)));
  const standardError = Math.sqrt(Math.max(0, difference * p + q)) / weight;
  const crude = sum((x1) => x1) / sum((_x1, n1) => n1) - sum((_x1, _n1, x0) => x0) / sum((_x1, _n1, _x0, n0) => n0);
  return {
    difference,
    standardError,
    lo: difference - z95 * standardError,
    hi: difference + z95 * standardError,
    crude,
    strata: strata.map(({ treated, control }) =>
      treated.n > 0 && control.n > 0 ? treated.k / treated.n - control.k / control.n : null,
    ),
  };
}

function requireCounts(...counts: Count[]): void {
  for (const { k, n } of counts) {
    if (!(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n))
      throw new RangeError(`Not a share: ${k} of ${n}.`);
  }
}
