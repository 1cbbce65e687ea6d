import { z95 } from "@/lib/statistics/wilson";

/** One group's number of values, their mean and standard deviation. */
export type Summary = { n: number; mean: number; deviation: number };

export type MeanDifference = { difference: number; standardError: number; lo: number; hi: number };

/**
 * Treated minus control over strata, each weighed by how surely it says so, with 95 % interval (DOMAIN F64b).
 *
 * A stratum with fewer than two values in a group, or where nothing varies, says nothing. Null when none says anything.
 * Throws RangeError for a negative count or deviation and for what is no number.
 */
export function stratifiedDifference(strata: readonly { treated: Summary; control: Summary }[]): MeanDifference | null {
  let weights = 0;
  let weighted = 0;
  for (const { treated, control } of strata) {
    const variance = varianceOf(treated) + varianceOf(control);
    if (!(variance > 0 && Number.isFinite(variance))) continue;
    weights += 1 / variance;
    weighted += (treated.mean - control.mean) / variance;
  }
  if (weights === 0) return null;
  const difference = weighted / weights;
  const standardError = 1 / Math.sqrt(weights);
  return {
    difference,
    standardError,
    lo: difference - z95 * standardError,
    hi: difference + z95 * standardError,
  };
}

/** The variance of the mean; infinite below two values, where no deviation can be known. */
function varianceOf({ n, mean, deviation }: Summary): number {
  if (!(n >= 0 && deviation >= 0 && Number.isFinite(mean)))
    throw new RangeError(`Not a summary: ${n}, ${mean}, ${deviation}.`);
  return n < 2 ? Number.POSITIVE_INFINITY : (deviation * deviation) / n;
}
