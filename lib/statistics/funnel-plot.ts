import type { Count } from "@/lib/statistics/newcombe";
import { type Dispersion, dispersionOf } from "@/lib/statistics/p-chart";
import { minimumTrials } from "@/lib/statistics/rate";
import { isAtMost } from "@/lib/statistics/tolerance";
import { z95 } from "@/lib/statistics/wilson";

/** The 99.9th percentile of the normal distribution: limits at 99.8 %. */
const z998 = 3.090232306167813;
const overdispersed = 0.05;

export type FunnelLimits = { alertLo: number; alertHi: number; alarmLo: number; alarmHi: number };

/** Where a unit stands: within 95 %, beyond it, beyond 99.8 %, or with too few trials to say. */
export type FunnelStand = "inside" | "alert" | "alarm" | "too_few";

export type FunnelUnit<Unit> = { unit: Unit; rate: number | null; stand: FunnelStand; limits: FunnelLimits | null };

export type FunnelPlot<Unit> = {
  target: number;
  dispersion: Dispersion | null;
  /** Whether the units spread more than chance, so that what lies outside says something of the whole and not of one. */
  isOverdispersed: boolean;
  units: readonly FunnelUnit<Unit>[];
};

/** The limits at 95 % and 99.8 % around a fixed `target` (0..1) for `n` trials, clipped to 0..1 (DOMAIN F36d). */
export function funnelLimits(target: number, n: number): FunnelLimits {
  if (!(target >= 0 && target <= 1 && n > 0)) throw new RangeError(`No funnel around ${target} for ${n}.`);
  const error = Math.sqrt((target * (1 - target)) / n);
  return {
    alertLo: Math.max(0, target - z95 * error),
    alertHi: Math.min(1, target + z95 * error),
    alarmLo: Math.max(0, target - z998 * error),
    alarmHi: Math.min(1, target + z998 * error),
  };
}

/**
 * Each unit against the funnel around a fixed `target` (0..1), in the order given, never ranked (DOMAIN F36d, C4).
 *
 * Units with fewer than 20 trials are shown and not judged. The spread beyond chance is tested first, over the judged.
 */
export function funnelPlot<Unit extends Count>(units: readonly Unit[], target: number): FunnelPlot<Unit> {
  const dispersion = dispersionOf(
    units.filter(({ n }) => n >= minimumTrials),
    target,
  );
  return {
    target,
    dispersion,
    isOverdispersed: dispersion !== null && dispersion.p < overdispersed,
    units: units.map((unit) => {
      if (unit.n === 0) return { unit, rate: null, stand: "too_few", limits: null };
      const rate = unit.k / unit.n;
      const limits = funnelLimits(target, unit.n);
      return { unit, rate, stand: unit.n < minimumTrials ? "too_few" : standOf(rate, limits), limits };
    }),
  };
}

function standOf(rate: number, { alertLo, alertHi, alarmLo, alarmHi }: FunnelLimits): FunnelStand {
  if (!isAtMost(alarmLo, rate) || !isAtMost(rate, alarmHi)) return "alarm";
  return isAtMost(alertLo, rate) && isAtMost(rate, alertHi) ? "inside" : "alert";
}
