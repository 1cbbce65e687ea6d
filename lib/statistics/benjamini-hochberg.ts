import { isAtMost } from "@/lib/statistics/tolerance";

/**
 * Adjusts p values (0..1) of one run for being many, in the order given (DOMAIN F90, Benjamini and Hochberg).
 *
 * Throws RangeError when a value lies outside 0..1.
 */
export function adjustForMany(values: readonly number[]): number[] {
  const bad = values.find((p) => !(p >= 0 && p <= 1));
  if (bad !== undefined) throw new RangeError(`Not a p value: ${bad}.`);
  const order = values.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p || b.index - a.index);
  const adjusted = values.map(() => 1);
  let smallest = 1;
  for (const [position, { p, index }] of order.entries()) {
    smallest = Math.min(smallest, (p * values.length) / (values.length - position));
    adjusted[index] = smallest;
  }
  return adjusted;
}

/** Which of the p values stand when at most the share `q` of all findings may be false (DOMAIN F90). */
export function findings(values: readonly number[], q: number): boolean[] {
  return adjustForMany(values).map((p) => isAtMost(p, q));
}
