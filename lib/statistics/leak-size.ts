import { type Count, newcombe } from "@/lib/statistics/newcombe";
import { pooledTest } from "@/lib/statistics/pooled-test";

export type LeakSize = {
  /** Drop rate above the reference, with its 95 % interval; in -1..1. */
  excess: number;
  lo: number;
  hi: number;
  /** Null when nothing varies. */
  z: number | null;
  p: number | null;
  /** Losses beyond what the reference would have lost: at the point, and at the lower bound but never below 0. */
  losses: number;
  lossesAtLeast: number;
  /** Wins that those would have become. */
  wins: number;
  winsAtLeast: number;
};

/**
 * How large a leak is against its reference: excess, losses, and the wins that they would have become (DOMAIN F18).
 *
 * `winRate` (0..1) is the share of those that go on who are won in the end. Null when a side has no data.
 */
export function leakSize(drops: Count, reference: Count, winRate: number): LeakSize | null {
  const difference = newcombe(drops, reference);
  if (!difference) return null;
  const test = pooledTest(drops, reference);
  const losses = difference.difference * drops.n;
  const lossesAtLeast = Math.max(0, difference.lo) * drops.n;
  return {
    ...{ excess: difference.difference, lo: difference.lo, hi: difference.hi },
    ...{ z: test?.z ?? null, p: test?.p ?? null },
    ...{ losses, lossesAtLeast, wins: losses * winRate, winsAtLeast: lossesAtLeast * winRate },
  };
}
