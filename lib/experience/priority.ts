import { minimumTrials } from "@/lib/statistics/rate";

/** A moment with its weight as a driver, its pulled positive rate (0..1) over `n` ratings, and how often it happens. */
export type MomentStanding = { key: string; weight: number | null; shrunken: number | null; n: number; volume: number };

export type RankedMoment = { key: string; priority: number };

/** What mending a moment is worth: weight x shortfall against `target` (0..1) x volume (DOMAIN F39); never below 0. */
export function priorityOf(weight: number, shrunken: number, volume: number, target: number): number {
  return weight * Math.max(0, target - shrunken) * volume;
}

/**
 * Moments by what mending them is worth, largest first, equal ones by key (DOMAIN F39).
 *
 * Those without weight, without rate, or with fewer than 20 ratings are not ranked but named as `unranked`, by key.
 */
export function rankMoments(
  moments: readonly MomentStanding[],
  target: number,
): { ranked: RankedMoment[]; unranked: string[] } {
  const ranked = moments.flatMap(({ key, weight, shrunken, n, volume }) => {
    if (weight === null || shrunken === null || n < minimumTrials) return [];
    return { key, priority: priorityOf(weight, shrunken, volume, target) };
  });
  const known = new Set(ranked.map(({ key }) => key));
  return {
    ranked: ranked.sort((a, b) => b.priority - a.priority || byKey(a.key, b.key)),
    unranked: moments
      .map(({ key }) => key)
      .filter((key) => !known.has(key))
      .sort(byKey),
  };
}

function byKey(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
