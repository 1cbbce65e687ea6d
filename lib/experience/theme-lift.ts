import { type Rate, rateOf } from "@/lib/statistics/rate";

/** Comments of a period, those of negative interactions among them, and the same two for one theme. */
export type ThemeCount = { comments: number; negative: number; themed: number; themedNegative: number };

export type ThemeStanding = {
  /** How much of all that is said is about it. */
  prevalence: Rate;
  negative: Rate;
  negativeOfAll: Rate;
  /** How many times likelier a comment about it is negative than any comment; null when none can be compared. */
  lift: number | null;
};

/** How often a theme is spoken of and how it tilts (DOMAIN F40). Throws RangeError when a part exceeds its whole. */
export function standingOfTheme({ comments, negative, themed, themedNegative }: ThemeCount): ThemeStanding {
  if (themedNegative > negative) throw new RangeError(`Not a part: ${themedNegative} of ${negative}.`);
  const standing = {
    prevalence: rateOf(themed, comments),
    negative: rateOf(themedNegative, themed),
    negativeOfAll: rateOf(negative, comments),
  };
  const { rate } = standing.negative;
  const base = standing.negativeOfAll.rate;
  return { ...standing, lift: rate === null || !base ? null : rate / base };
}
