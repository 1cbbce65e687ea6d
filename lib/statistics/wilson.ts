/** The 97.5th percentile of the normal distribution: every interval in the product is a 95 % interval. */
export const z95 = 1.959963984540054;

export type Interval = { lo: number; hi: number };

/**
 * The 95 % Wilson score interval of `k` successes in `n` trials, or null when nothing was tried (DOMAIN F33).
 *
 * The result contains k/n, stays within 0..1, and touches 0 and 1 exactly at k = 0 and k = n.
 * Throws RangeError unless 0 <= k <= n.
 */
export function wilson(k: number, n: number): Interval | null {
  if (!(k >= 0 && k <= n && Number.isFinite(n))) throw new RangeError(`Not a share: ${k} of ${n}.`);
  if (n === 0) return null;
  const p = k / n;
  const z2 = z95 * z95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return {
    lo: k === 0 ? 0 : Math.max(0, Math.min(p, centre - half)),
    hi: k === n ? 1 : Math.min(1, Math.max(p, centre + half)),
  };
}
