import { type SurvivalCurve, survivalAt } from "@/lib/statistics/survival";
import { isAtLeast, isAtMost } from "@/lib/statistics/tolerance";

export type TrackState = "on_track" | "due_soon" | "overdue" | "stalled";

/** The share of the time used, and what it means. */
export type Track = { ratio: number; state: TrackState };

/** From this share of the time on, a touchpoint is due soon; from the other on, it has stalled (DOMAIN F11). */
export const dueSoonRatio = 0.75;
export const stalledRatio = 2;

/**
 * Where a touchpoint stands when `elapsed` of `due` has passed, both in the same unit (DOMAIN F11).
 *
 * Exactly at the due time it is still due soon. What allowed no time at all is due soon at once and stalled after it.
 */
export function trackState(elapsed: number, due: number): Track {
  const ratio = due > 0 ? Math.max(0, elapsed) / due : elapsed > 0 ? stalledRatio : 1;
  return { ratio, state: stateOf(ratio) };
}

function stateOf(ratio: number): TrackState {
  if (isAtLeast(ratio, stalledRatio)) return "stalled";
  if (!isAtMost(ratio, 1)) return "overdue";
  return isAtLeast(ratio, dueSoonRatio) ? "due_soon" : "on_track";
}

/** The share of customers who still stand in a stage at which a stay counts as unusually long (DOMAIN F12). */
export const dwellTailShare = 0.2;

/**
 * How unusual a stay in a stage is: the share (0..1) that stays longer, and whether that calls for help (DOMAIN F12).
 *
 * Null while nothing is known about the stage. `time` is in the unit of the curve.
 */
export function dwellTail(curve: SurvivalCurve | null, time: number): { survival: number; isTail: boolean } | null {
  if (!curve) return null;
  const survival = survivalAt(curve, time);
  return { survival, isTail: isAtMost(survival, dwellTailShare) };
}
