import { drawHypergeometric } from "@/lib/statistics/draws";
import { upperGamma } from "@/lib/statistics/gamma";
import type { Count } from "@/lib/statistics/newcombe";
import { seededRandom } from "@/lib/statistics/random";
import { isAtLeast } from "@/lib/statistics/tolerance";

/** Below this many expected successes or failures the chi-square curve no longer describes the statistic. */
const minimumExpected = 5;
const simulations = 9_999;

export type Homogeneity = {
  chiSquare: number;
  degrees: number;
  p: number;
  /** Whether p comes from the curve, or from seeded simulation because a cell expects fewer than five. */
  by: "curve" | "simulation";
};

/** The chance (0..1) of a chi-square value of at least `value` with `degrees` degrees of freedom. */
export function chiSquareTail(value: number, degrees: number): number {
  return upperGamma(degrees / 2, value / 2);
}

/**
 * Tests whether the groups share one rate: Pearson's chi-square over the k and n - k of each (DOMAIN F35).
 *
 * Null with fewer than two groups that have trials. When an expected count is below 5, p is simulated with the margins
 * kept and mulberry32 from `seed` (DOMAIN 11). Throws RangeError unless 0 <= k <= n.
 */
export function homogeneity(counts: readonly Count[], seed: number): Homogeneity | null {
  const groups = counts.filter(({ k, n }) => {
    if (!(k >= 0 && k <= n)) throw new RangeError(`Not a share: ${k} of ${n}.`);
    return n > 0;
  });
  if (groups.length < 2) return null;
  const all = groups.reduce((sum, { n }) => sum + n, 0);
  const marked = groups.reduce((sum, { k }) => sum + k, 0);
  const degrees = groups.length - 1;
  if (marked === 0 || marked === all) return { chiSquare: 0, degrees, p: 1, by: "curve" };
  const chiSquare = statistic(groups, marked / all);
  const rarest = Math.min(marked, all - marked) / all;
  if (groups.every(({ n }) => isAtLeast(n * rarest, minimumExpected))) {
    return { chiSquare, degrees, p: chiSquareTail(chiSquare, degrees), by: "curve" };
  }
  return { chiSquare, degrees, p: simulatedP(groups, { all, marked, chiSquare }, seed), by: "simulation" };
}

function statistic(groups: readonly Count[], rate: number): number {
  return groups.reduce((sum, { k, n }) => sum + (k - n * rate) ** 2 / (n * rate * (1 - rate)), 0);
}

function simulatedP(
  groups: readonly Count[],
  { all, marked, chiSquare }: { all: number; marked: number; chiSquare: number },
  seed: number,
): number {
  const random = seededRandom(seed);
  const rate = marked / all;
  // In an order of their own, so that another order of the groups draws the same tables.
  const sizes = groups.map(({ n }) => n).sort((a, b) => a - b);
  let asExtreme = 1;
  for (let round = 0; round < simulations; round += 1) {
    let left = all;
    let markedLeft = marked;
    let value = 0;
    for (const n of sizes) {
      const k = drawHypergeometric(random, n, markedLeft, left);
      value += (k - n * rate) ** 2 / (n * rate * (1 - rate));
      left -= n;
      markedLeft -= k;
    }
    if (isAtLeast(value, chiSquare)) asExtreme += 1;
  }
  return asExtreme / (simulations + 1);
}
