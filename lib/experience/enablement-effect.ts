import {
  type BeforeAfter,
  type DifferenceInDifferences,
  differenceInDifferences,
  pool,
  ratingsToProve,
} from "@/lib/statistics/difference-in-differences";
import { newcombe } from "@/lib/statistics/newcombe";
import { isAtMost } from "@/lib/statistics/tolerance";

/** Positive and all ratings of one person before and after the enablement started. */
export type PersonBeforeAfter = BeforeAfter & { person: string };

/** How the enabled people were picked: by lot, because they scored low, or all of them with different starts. */
export type Selection = "by_lot" | "low_scores" | "staggered_start";

export type EnablementEffect =
  | { status: "cannot_estimate"; reason: "too_few_ratings" | "no_variation"; fewestRatings: number }
  | (DifferenceInDifferences & {
      status: "estimated";
      verdict: "proven" | "not_proven" | "proven_worse";
      reason: "interval_excludes_zero" | "interval_includes_zero" | "controls_not_equally_low";
      /** What the error is taken between: people when there are ten, else ratings. */
      errorBetween: "people" | "ratings";
      /** Ratings needed in each cell to prove an effect of this size with power .8; null once proven. */
      ratingsNeeded: number | null;
    });

/** Below this many ratings in a cell nothing is said. */
const minimumRatings = 30;
const minimumPeople = 10;
const equallyLow = 0.1;

/**
 * Whether enablement worked: the change of the enabled people's positive share beyond that of the others (DOMAIN F41).
 *
 * It is proven only when the 95 % interval leaves out 0, and, for people picked because they scored low, only against
 * others who were as low before (within ten points and within chance), for low scores rise again by themselves. With ten
 * people or more the error is taken between people. Throws RangeError unless 0 <= k <= n.
 */
export function effectOfEnablement(
  enabled: readonly PersonBeforeAfter[],
  others: readonly PersonBeforeAfter[],
  selection: Selection,
): EnablementEffect {
  const [treated, control] = [pool(enabled), pool(others)];
  const fewestRatings = Math.min(treated.before.n, treated.after.n, control.before.n, control.after.n);
  if (fewestRatings < minimumRatings) return { status: "cannot_estimate", reason: "too_few_ratings", fewestRatings };
  const people = [...enabled, ...others].filter(({ before, after }) => before.n + after.n > 0);
  const isClustered = new Set(people.map(({ person }) => person)).size >= minimumPeople;
  const found = differenceInDifferences(enabled, others, isClustered);
  if (!found) return { status: "cannot_estimate", reason: "no_variation", fewestRatings };
  const isProven = found.lo > 0 || found.hi < 0;
  const isComparable = selection !== "low_scores" || areEquallyLow(treated, control);
  return {
    status: "estimated",
    ...found,
    ...judge(found, isComparable),
    errorBetween: isClustered ? "people" : "ratings",
    ratingsNeeded: isProven && isComparable ? null : ratingsToProve(treated, control),
  };
}

function judge({ lo, hi }: DifferenceInDifferences, isComparable: boolean) {
  if (lo <= 0 && hi >= 0) return { verdict: "not_proven", reason: "interval_includes_zero" } as const;
  if (!isComparable) return { verdict: "not_proven", reason: "controls_not_equally_low" } as const;
  return { verdict: lo > 0 ? "proven" : "proven_worse", reason: "interval_excludes_zero" } as const;
}

function areEquallyLow(treated: BeforeAfter, control: BeforeAfter): boolean {
  const gap = newcombe(treated.before, control.before);
  return gap !== null && isAtMost(Math.abs(gap.difference), equallyLow) && gap.lo <= 0 && gap.hi >= 0;
}
