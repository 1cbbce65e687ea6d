import { type Interval, wilson } from "@/lib/statistics/wilson";

/** One trial and the chance (above 0, up to 1) with which it came to be observed. */
export type SampledTrial = { isSuccess: boolean; probability: number };

/** `effectiveN` is how many equally likely trials would say as much. */
export type WeightedRate = { n: number; effectiveN: number; rate: number } & Interval;

/**
 * The rate of trials that were not equally likely to be observed, each weighed by 1 / probability (DOMAIN C2).
 *
 * The 95 % interval is Wilson's over Kish's effective number, so with equal chances it is the plain one (F33). Null
 * without trials. Throws RangeError on a probability outside 0..1 or of 0.
 */
export function weightedRateOf(trials: readonly SampledTrial[]): WeightedRate | null {
  let weight = 0;
  let squares = 0;
  let successes = 0;
  for (const { isSuccess, probability } of trials) {
    if (!(probability > 0 && probability <= 1)) throw new RangeError(`Not a sampling probability: ${probability}.`);
    weight += 1 / probability;
    squares += 1 / probability ** 2;
    if (isSuccess) successes += 1 / probability;
  }
  if (trials.length === 0) return null;
  const effectiveN = weight ** 2 / squares;
  const rate = Math.min(1, successes / weight);
  const interval = wilson(Math.min(effectiveN, rate * effectiveN), effectiveN);
  return interval && { n: trials.length, effectiveN, rate, ...interval };
}
