import { type Rate, rateOf } from "@/lib/statistics/rate";
import { z95 } from "@/lib/statistics/wilson";

/** The net promoter score in -100..100 with its standard error and 95 % interval. */
export type NetPromoters = { n: number; score: number; standardError: number; lo: number; hi: number };

export type CustomerEffort = { mean: number | null; easy: Rate };

/** The share of satisfied answers, 4 or 5 on a scale of 1..5 (DOMAIN F30). Throws RangeError off the scale. */
export function satisfactionOf(scores: readonly number[]): Rate {
  requireScale(scores, 1, 5);
  return rateOf(scores.filter((score) => score >= 4).length, scores.length);
}

/** The mean ease on a scale of 1..7 and the share of 5 and more (DOMAIN F30); no data is null. Throws RangeError off the scale. */
export function effortOf(scores: readonly number[]): CustomerEffort {
  requireScale(scores, 1, 7);
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    mean: scores.length === 0 ? null : sum / scores.length,
    easy: rateOf(scores.filter((score) => score >= 5).length, scores.length),
  };
}

/**
 * Promoters (9, 10) less detractors (0..6) in a hundred, with standard error and 95 % interval (DOMAIN F30).
 *
 * Null when nobody answered. Throws RangeError off the scale of 0..10.
 */
export function netPromotersOf(scores: readonly number[]): NetPromoters | null {
  requireScale(scores, 0, 10);
  const n = scores.length;
  if (n === 0) return null;
  const promoters = scores.filter((score) => score >= 9).length / n;
  const detractors = scores.filter((score) => score <= 6).length / n;
  const net = promoters - detractors;
  const score = 100 * net;
  const standardError = 100 * Math.sqrt(Math.max(0, promoters + detractors - net * net) / n);
  return {
    n,
    score,
    standardError,
    lo: Math.max(-100, score - z95 * standardError),
    hi: Math.min(100, score + z95 * standardError),
  };
}

function requireScale(scores: readonly number[], lowest: number, highest: number): void {
  const bad = scores.find((score) => !(Number.isInteger(score) && score >= lowest && score <= highest));
  if (bad !== undefined) throw new RangeError(`Not a score of ${lowest} to ${highest}: ${bad}.`);
}
