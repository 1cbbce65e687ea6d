import { wilson } from "@/lib/statistics/wilson";

/** Below this many trials a rate is shown grey and takes no part in rankings and alerts (DOMAIN 6.0). */
export const minimumTrials = 20;

/** A share as it leaves the server: counts, point and 95 % interval in 0..1, all null when there is no data. */
export type Rate =
  | { k: number; n: number; rate: number; lo: number; hi: number }
  | { k: 0; n: 0; rate: null; lo: null; hi: null };

/**
 * The rate of `k` in `n` with its Wilson interval; no data is null and never 0 % (DOMAIN 6.0, F33).
 *
 * Throws RangeError unless 0 <= k <= n.
 */
export function rateOf(k: number, n: number): Rate {
  const interval = wilson(k, n);
  if (!interval) return { k: 0, n: 0, rate: null, lo: null, hi: null };
  return { k, n, rate: k / n, ...interval };
}

/** Whether a rate rests on enough trials to be ranked or to raise an alert (DOMAIN 6.0). */
export function isRankable(rate: Rate): boolean {
  return rate.n >= minimumTrials;
}
