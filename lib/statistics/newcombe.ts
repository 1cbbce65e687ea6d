import { wilson } from "@/lib/statistics/wilson";

/** `k` successes in `n` trials. */
export type Count = { k: number; n: number };

export type Difference = { difference: number; lo: number; hi: number };

/**
 * The rate of `first` minus the rate of `second` with Newcombe's 95 % interval (DOMAIN F89), in -1..1.
 *
 * Null when either side has no data. Throws RangeError unless 0 <= k <= n on both sides.
 */
export function newcombe(first: Count, second: Count): Difference | null {
  const a = wilson(first.k, first.n);
  const b = wilson(second.k, second.n);
  if (!a || !b) return null;
  const p1 = first.k / first.n;
  const p2 = second.k / second.n;
  const difference = p1 - p2;
  return {
    difference,
    lo: Math.max(-1, difference - Math.hypot(p1 - a.lo, b.hi - p2)),
    hi: Math.min(1, difference + Math.hypot(a.hi - p1, p2 - b.lo)),
  };
}
