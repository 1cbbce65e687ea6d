import type { Count } from "@/lib/statistics/newcombe";
import { twoSidedP } from "@/lib/statistics/normal";
import { z95 } from "@/lib/statistics/wilson";

/** One cluster's counts before and after, such as those of one person whose ratings hang together. */
export type BeforeAfter = { before: Count; after: Count };

export type DifferenceInDifferences = {
  effect: number;
  standardError: number;
  lo: number;
  hi: number;
  z: number;
  p: number;
};

/** The 80th percentile of the normal distribution: the power that samples are planned for. */
const z80 = 0.8416212335729143;

/**
 * How much more the treated rate changed than the control rate, with 95 % interval and two-sided p (DOMAIN F41).
 *
 * With `isClustered` the error of each group is taken between its clusters, where it has two that differ; else rating by
 * rating.
 * Null when a cell has no data or nothing varies. Throws RangeError unless 0 <= k <= n.
 */
export function differenceInDifferences(
  treated: readonly BeforeAfter[],
  control: readonly BeforeAfter[],
  isClustered = false,
): DifferenceInDifferences | null {
  const sides = [treated, control].map((clusters) => changeOf(clusters, isClustered));
  const [first, second] = sides;
  if (!first || !second) return null;
  const standardError = Math.sqrt(first.variance + second.variance);
  if (!(standardError > 0)) return null;
  const effect = first.change - second.change;
  const z = effect / standardError;
  return {
    effect,
    standardError,
    lo: effect - z95 * standardError,
    hi: effect + z95 * standardError,
    z,
    p: twoSidedP(z),
  };
}

/** The counts of several clusters as one. */
export function pool(clusters: readonly BeforeAfter[]): BeforeAfter {
  const sum = (side: keyof BeforeAfter): Count => ({
    k: clusters.reduce((total, cluster) => total + cluster[side].k, 0),
    n: clusters.reduce((total, cluster) => total + cluster[side].n, 0),
  });
  return { before: sum("before"), after: sum("after") };
}

/**
 * Ratings needed in each of the four cells to prove an effect of this size with power .8, rates as they are (DOMAIN 12a).
 *
 * Null when the effect is 0 or a cell has no data: no number would do.
 */
export function ratingsToProve(treated: BeforeAfter, control: BeforeAfter): number | null {
  const cells = [treated.before, treated.after, control.before, control.after];
  if (cells.some(({ n }) => n === 0)) return null;
  const [p1 = 0, p2 = 0, p3 = 0, p4 = 0] = cells.map(({ k, n }) => k / n);
  const effect = p2 - p1 - (p4 - p3);
  if (Math.abs(effect) < 1e-9) return null;
  const spread = [p1, p2, p3, p4].reduce((sum, p) => sum + p * (1 - p), 0);
  return Math.max(1, Math.ceil(((z95 + z80) ** 2 * spread) / effect ** 2 - 1e-9));
}

function changeOf(clusters: readonly BeforeAfter[], isClustered: boolean): { change: number; variance: number } | null {
  for (const { k, n } of clusters.flatMap(({ before, after }) => [before, after])) {
    if (!(k >= 0 && k <= n)) throw new RangeError(`Not a share: ${k} of ${n}.`);
  }
  const { before, after } = pool(clusters);
  if (before.n === 0 || after.n === 0) return null;
  const p = before.k / before.n;
  const q = after.k / after.n;
  const used = clusters.filter((cluster) => cluster.before.n + cluster.after.n > 0);
  const byRating = (p * (1 - p)) / before.n + (q * (1 - q)) / after.n;
  const squares = used.reduce((sum, one) => {
    const residual = (one.after.k - one.after.n * q) / after.n - (one.before.k - one.before.n * p) / before.n;
    return sum + residual ** 2;
  }, 0);
  // Clusters that all changed alike say nothing of chance, nor does a single one.
  const isTelling = isClustered && used.length >= 2 && squares > 1e-12;
  return { change: q - p, variance: isTelling ? (squares * used.length) / (used.length - 1) : byRating };
}
