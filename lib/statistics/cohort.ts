import { type Rate, rateOf } from "@/lib/statistics/rate";
import { isAtLeast, isAtMost } from "@/lib/statistics/tolerance";

/** When somebody entered and when she got through, null when she has not; both in one unit. */
export type Passage = { entered: number; left: number | null };

export type Cohort = { converted: Rate /** Entered too late to be judged yet. */; immature: number };

/**
 * The share of matured entries that got through within the horizon (DOMAIN F13): an entry is matured once it is at least the
 * horizon old, and counts only when it got through no later than the horizon. Throws RangeError for a negative horizon.
 */
export function cohortConversion(passages: readonly Passage[], now: number, horizon: number): Cohort {
  if (!(horizon >= 0)) throw new RangeError(`Not a horizon: ${horizon}.`);
  const matured = passages.filter(({ entered }) => isAtLeast(now - entered, horizon));
  const converted = matured.filter(
    ({ entered, left }) => left !== null && left <= now && isAtMost(left - entered, horizon),
  );
  return { converted: rateOf(converted.length, matured.length), immature: passages.length - matured.length };
}
