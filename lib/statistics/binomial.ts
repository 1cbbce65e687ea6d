import { betaBelow } from "@/lib/statistics/beta";

/** The chance (0..1) of at most `k` successes in `n` trials that each succeed with chance `p` (DOMAIN F36c). */
export function chanceOfAtMost(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaBelow(1 - p, n - k, k + 1);
}

/** The chance (0..1) of at least `k` successes in `n` trials that each succeed with chance `p` (DOMAIN F36c). */
export function chanceOfAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betaBelow(p, k, n - k + 1);
}
