import type { Count } from "@/lib/statistics/newcombe";
import { twoSidedP } from "@/lib/statistics/normal";

/**
 * The pooled z test of the rate of `first` against the rate of `second`, p two-sided in 0..1 (DOMAIN F89, F20).
 *
 * Null when a side has no data or when nothing varies.
 */
export function pooledTest(first: Count, second: Count): { z: number; p: number } | null {
  const n = first.n + second.n;
  const pooled = (first.k + second.k) / n;
  const variance = pooled * (1 - pooled) * (1 / first.n + 1 / second.n);
  if (first.n === 0 || second.n === 0 || !(variance > 0)) return null;
  const z = (first.k / first.n - second.k / second.n) / Math.sqrt(variance);
  return { z, p: twoSidedP(z) };
}
