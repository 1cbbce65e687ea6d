import { isAtLeast } from "@/lib/statistics/tolerance";

/** What a consultant carries, by kind of journey. */
export type LoadKind = "new" | "offTrack" | "withSpoke" | "nurture";
export type LoadCounts = Readonly<Record<LoadKind, number>>;
export type LoadWeights = Readonly<Record<LoadKind, number>>;
export type LoadLevel = "ok" | "amber" | "red";

/** `load` in new leads, `utilisation` as a share of the capacity. */
export type Load = { load: number; utilisation: number; level: LoadLevel };

/** What one journey of each kind weighs, in new leads (DOMAIN F04). */
export const defaultLoadWeights: LoadWeights = { new: 1, offTrack: 1.5, withSpoke: 0.25, nurture: 0.15 };

/** From here on the load is amber, and red: who is red gets no lead by herself any more (DOMAIN F04). */
export const amberUtilisation = 0.85;
export const redUtilisation = 1;

/**
 * How much of her capacity a consultant carries (DOMAIN F04).
 *
 * `capacity` is in new leads; who has none is full, whatever she carries.
 */
export function loadOf(counts: LoadCounts, weights: LoadWeights, capacity: number): Load {
  const load =
    weights.new * counts.new +
    weights.offTrack * counts.offTrack +
    weights.withSpoke * counts.withSpoke +
    weights.nurture * counts.nurture;
  const utilisation = capacity > 0 ? load / capacity : redUtilisation;
  return { load, utilisation, level: levelOf(utilisation) };
}

function levelOf(utilisation: number): LoadLevel {
  if (isAtLeast(utilisation, redUtilisation)) return "red";
  return isAtLeast(utilisation, amberUtilisation) ? "amber" : "ok";
}
