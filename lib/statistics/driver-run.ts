import { quantile } from "@/lib/statistics/quantile";

/** A column that took no part, and why: it never varied, or those before it already said the same (DOMAIN 11). */
export type DroppedColumn = { name: string; reason: "constant" | "repeated" };

/**
 * What a predictor carries: its part of R2, that part's share of all parts with its interval, and R2 with it alone.
 *
 * It says what goes together, not what causes what.
 */
export type Driver = {
  name: string;
  weight: number;
  /** Null when nothing is explained at all. */
  share: number | null;
  /** 95 % of the redrawn shares; null when too many redrawn samples could not be estimated. */
  interval: { lo: number; hi: number } | null;
  alone: number;
};

export type CannotEstimate = {
  status: "cannot_estimate";
  n: number;
  reason: "too_few" | "too_few_events" | "too_many_predictors" | "no_variation" | "separation";
};

/** What a run was asked: repeated with the same seed it gives the same numbers to the byte. */
export type Draws = { seed: number; draws: number };

/** How many samples are redrawn unless said otherwise. */
export const usualDraws = 200;
/** Observations, or the rarer of two outcomes, needed for each predictor and control (DOMAIN F38c). */
export const perPredictor = 10;
const enoughDraws = 0.9;

/** Each part's share (0..1) of their sum, or null when the sum is 0. */
export function sharesOf(weights: readonly number[]): (number | null)[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 1e-12 ? weight / total : null));
}

/** The middle 95 % of each column of redrawn shares; null where fewer than nine in ten of `draws` gave one. */
export function intervalsOf(redrawn: readonly (readonly (number | null)[])[], columns: number, draws: number) {
  return Array.from({ length: columns }, (_, column) => {
    const values = redrawn.flatMap((shares) => shares[column] ?? []);
    const lo = quantile(values, 0.025);
    const hi = quantile(values, 0.975);
    return lo === null || hi === null || values.length < enoughDraws * draws ? null : { lo, hi };
  });
}

/** Orders rows of numbers by their first difference, so that the order they came in never shows in a result. */
export function compareNumbers(first: readonly number[], second: readonly number[]): number {
  for (const [index, value] of first.entries()) {
    const difference = value - (second[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}
