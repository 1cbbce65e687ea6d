import { isAtLeast } from "@/lib/statistics/tolerance";

/** What two people said of the same things. */
export type Agreement = { bothYes: number; firstOnly: number; secondOnly: number; bothNo: number };

export type Kappa = { n: number; observed: number; expected: number; kappa: number };

const sound = 0.6;

/**
 * Cohen's kappa: agreement beyond chance, 1 when perfect, 0 when as chance would have it (DOMAIN F40b).
 *
 * Null without data and when both always say the same one word, for chance alone then explains it. Throws RangeError on a
 * negative count.
 */
export function kappaOf({ bothYes, firstOnly, secondOnly, bothNo }: Agreement): Kappa | null {
  if (!(Math.min(bothYes, firstOnly, secondOnly, bothNo) >= 0)) throw new RangeError("A count is below 0.");
  const n = bothYes + firstOnly + secondOnly + bothNo;
  if (n === 0) return null;
  const observed = (bothYes + bothNo) / n;
  const first = (bothYes + firstOnly) / n;
  const second = (bothYes + secondOnly) / n;
  const expected = first * second + (1 - first) * (1 - second);
  if (isAtLeast(expected, 1)) return null;
  return { n, observed, expected, kappa: (observed - expected) / (1 - expected) };
}

/** Whether two people read the codebook alike; below 0.6 the codebook has to be mended (DOMAIN F40b). */
export function isSound({ kappa }: Kappa): boolean {
  return isAtLeast(kappa, sound);
}
