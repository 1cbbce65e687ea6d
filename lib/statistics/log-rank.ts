import { chiSquareTail } from "@/lib/statistics/chi-square";
import type { DurationCount } from "@/lib/statistics/survival";

export type LogRank = {
  /** Ends seen in the first group, and how many it would have had if both went at one pace. */
  observed: number;
  expected: number;
  variance: number;
  chiSquare: number;
  p: number;
};

const sizeOf = (group: readonly DurationCount[]) =>
  group.reduce((sum, { ended, censored }) => sum + ended + censored, 0);

/**
 * Tests whether two groups go at the same pace: the log-rank test with one degree of freedom (DOMAIN F17).
 *
 * Null when a group is empty or when nothing can be told, because nothing ended while both groups had somebody left.
 */
export function logRank(first: readonly DurationCount[], second: readonly DurationCount[]): LogRank | null {
  const times = new Map<number, { one?: DurationCount; two?: DurationCount }>();
  for (const each of first) times.set(each.time, { one: each });
  for (const each of second) times.set(each.time, { ...times.get(each.time), two: each });
  let [left1, left2] = [sizeOf(first), sizeOf(second)];
  if (left1 === 0 || left2 === 0) return null;
  let [observed, expected, variance] = [0, 0, 0];
  for (const [, { one, two }] of [...times].sort(([a], [b]) => a - b)) {
    const n = left1 + left2;
    const ended = (one?.ended ?? 0) + (two?.ended ?? 0);
    observed += one?.ended ?? 0;
    if (ended > 0) {
      const share = left1 / n;
      expected += ended * share;
      if (n > 1) variance += (ended * share * (1 - share) * (n - ended)) / (n - 1);
    }
    left1 -= (one?.ended ?? 0) + (one?.censored ?? 0);
    left2 -= (two?.ended ?? 0) + (two?.censored ?? 0);
  }
  if (!(variance > 0)) return null;
  const chiSquare = (observed - expected) ** 2 / variance;
  return { observed, expected, variance, chiSquare, p: chiSquareTail(chiSquare, 1) };
}
