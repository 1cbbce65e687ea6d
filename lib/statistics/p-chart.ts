import { chanceOfAtLeast, chanceOfAtMost } from "@/lib/statistics/binomial";
import { chiSquareTail } from "@/lib/statistics/chi-square";
import type { Count } from "@/lib/statistics/newcombe";
import { quantile } from "@/lib/statistics/quantile";
import { isAtLeast, isAtMost } from "@/lib/statistics/tolerance";

const sigmas = 3;
const minimumExpected = 5;
/** The chance beyond three sigmas on one side of a normal curve. */
const exactTail = 0.00135;
/** The mean distance of two neighbouring standard normal values. */
const meanMovingRange = 1.128;
/** So many points Laney's chart needs (DOMAIN F36b). */
export const laneyPoints = 20;
const laneyTrials = 100;
const laneyDispersion = 2;

/** One point of a chart of rates; all but the counts are null where nothing was counted, which stays a gap. */
export type RatePoint =
  | { k: number; n: number; rate: number; lcl: number; ucl: number; tail: number | null; isSignal: boolean }
  | { k: 0; n: 0; rate: null; lcl: null; ucl: null; tail: null; isSignal: false };

/** `sigmaZ` is 1 on a p-chart and Laney's widening on a p'-chart. */
export type RateChart = { centre: number; sigmaZ: number; points: readonly RatePoint[] };

export type Dispersion = { chiSquare: number; degrees: number; ratio: number; p: number };

/**
 * The p-chart of successive counts: centre and three-sigma limits, clipped to 0..1, from `baseline` (DOMAIN F36).
 *
 * Where fewer than five successes or failures are expected the exact binomial tail (below 0.00135) decides instead and is
 * given as `tail` (DOMAIN F36c). Null when the baseline has no data. Throws RangeError unless 0 <= k <= n.
 */
export function pChart(counts: readonly Count[], baseline: readonly Count[] = counts): RateChart | null {
  const centre = shareOf(baseline);
  if (centre === null) return null;
  return { centre, sigmaZ: 1, points: counts.map((count) => toPoint(count, centre, null)) };
}

/**
 * Laney's p'-chart: the p-chart with its sigma multiplied by the spread between neighbours (DOMAIN F36b).
 *
 * For large and overdispersed subgroups only: ask `isLaneyFitting` first. Null when neighbours cannot be compared.
 */
export function laneyChart(counts: readonly Count[], baseline: readonly Count[] = counts): RateChart | null {
  const centre = shareOf(baseline);
  if (centre === null) return null;
  const scores = scoresOf(baseline, centre);
  if (scores === null || scores.length < 2) return null;
  const ranges = scores.slice(1).map((z, index) => Math.abs(z - (scores[index] ?? z)));
  const sigmaZ = ranges.reduce((sum, range) => sum + range, 0) / ranges.length / meanMovingRange;
  return { centre, sigmaZ, points: counts.map((count) => toPoint(count, centre, sigmaZ)) };
}

/** Whether Laney's chart may be used: 20 points, median n of 100 or more, chi-square over 2 per degree (DOMAIN F36b). */
export function isLaneyFitting(counts: readonly Count[]): boolean {
  const sizes = counts.filter(({ n }) => n > 0).map(({ n }) => n);
  const dispersion = dispersionOf(counts);
  if (!dispersion || sizes.length < laneyPoints) return false;
  return (quantile(sizes, 0.5) ?? 0) >= laneyTrials && dispersion.ratio > laneyDispersion;
}

/**
 * How much more the counts spread around `centre` (0..1) than chance explains: chi-square per degree of freedom, about 1
 * when it is all chance (DOMAIN F36b, C4).
 *
 * Without `centre` the counts' own rate is taken, which costs one degree. Null when nothing can vary.
 */
export function dispersionOf(counts: readonly Count[], centre?: number): Dispersion | null {
  const around = centre ?? shareOf(counts);
  const scores = around === null ? null : scoresOf(counts, around);
  if (!scores) return null;
  const degrees = centre === undefined ? scores.length - 1 : scores.length;
  if (degrees < 1) return null;
  const chiSquare = scores.reduce((sum, z) => sum + z * z, 0);
  return { chiSquare, degrees, ratio: chiSquare / degrees, p: chiSquareTail(chiSquare, degrees) };
}

function shareOf(counts: readonly Count[]): number | null {
  let k = 0;
  let n = 0;
  for (const count of counts) {
    if (!(count.k >= 0 && count.k <= count.n)) throw new RangeError(`Not a share: ${count.k} of ${count.n}.`);
    k += count.k;
    n += count.n;
  }
  return n === 0 ? null : k / n;
}

function scoresOf(counts: readonly Count[], centre: number): number[] | null {
  if (centre <= 0 || centre >= 1) return null;
  return counts.filter(({ n }) => n > 0).map(({ k, n }) => (k / n - centre) / Math.sqrt((centre * (1 - centre)) / n));
}

/** One point; without `sigmaZ` it is a p-chart's, where the exact tail steps in for small counts. */
function toPoint({ k, n }: Count, centre: number, sigmaZ: number | null): RatePoint {
  if (n === 0) return { k: 0, n: 0, rate: null, lcl: null, ucl: null, tail: null, isSignal: false };
  if (!(k >= 0 && k <= n)) throw new RangeError(`Not a share: ${k} of ${n}.`);
  const rate = k / n;
  const half = sigmas * (sigmaZ ?? 1) * Math.sqrt((centre * (1 - centre)) / n);
  const lcl = Math.max(0, centre - half);
  const ucl = Math.min(1, centre + half);
  const isTooSmall = sigmaZ === null && !isAtLeast(n * Math.min(centre, 1 - centre), minimumExpected);
  const tail = isTooSmall ? Math.min(chanceOfAtMost(k, n, centre), chanceOfAtLeast(k, n, centre)) : null;
  const isOutside = !isAtLeast(rate, lcl) || !isAtMost(rate, ucl);
  return { k, n, rate, lcl, ucl, tail, isSignal: tail === null ? isOutside : tail < exactTail };
}
