import { isAtMost } from "@/lib/statistics/tolerance";
import { z95 } from "@/lib/statistics/wilson";

/** How long something lasted, and whether it ended (true) or was still going when last seen (false, censored). */
export type Duration = { time: number; hasEnded: boolean };

/** The curve just after `time`; standard error and interval are null once nobody is left. */
export type SurvivalPoint = {
  time: number;
  atRisk: number;
  ended: number;
  survival: number;
  standardError: number | null;
  lo: number | null;
  hi: number | null;
  hazard: number;
  cumulativeHazard: number;
};

/** Points in time order, one per time at which something ended; empty when everything was censored. */
export type SurvivalCurve = readonly SurvivalPoint[];

/** How many ended and how many were last seen still going, after the same time; times in ascending order, each once. */
export type DurationCount = { time: number; ended: number; censored: number };

/**
 * The Kaplan-Meier curve of the durations, with Greenwood errors, log-log 95 % intervals, hazards and the
 * Nelson-Aalen sum (DOMAIN F14, F15).
 *
 * At a tie, ends come before censorings. Null when there are no durations. Times keep the unit they came in.
 */
export function kaplanMeier(durations: readonly Duration[]): SurvivalCurve | null {
  const ties = new Map<number, DurationCount>();
  for (const { time, hasEnded } of durations) {
    const { ended, censored } = ties.get(time) ?? { ended: 0, censored: 0 };
    ties.set(time, { time, ended: ended + (hasEnded ? 1 : 0), censored: censored + (hasEnded ? 0 : 1) });
  }
  return kaplanMeierOfCounts([...ties.values()].sort((a, b) => a.time - b.time));
}

/** The same curve from durations that were counted by time already (DOMAIN F14, F15); null when nothing was counted. */
export function kaplanMeierOfCounts(counts: readonly DurationCount[]): SurvivalCurve | null {
  let atRisk = counts.reduce((sum, { ended, censored }) => sum + ended + censored, 0);
  if (atRisk === 0) return null;
  const points: SurvivalPoint[] = [];
  let survival = 1;
  let variance = 0;
  let cumulativeHazard = 0;
  for (const { time, ended, censored } of counts) {
    if (ended > 0) {
      const hazard = ended / atRisk;
      survival = ended === atRisk ? 0 : survival * (1 - hazard);
      variance += ended / (atRisk * (atRisk - ended));
      cumulativeHazard += hazard;
      points.push({ time, atRisk, ended, survival, ...uncertainty(survival, variance), hazard, cumulativeHazard });
    }
    atRisk -= ended + censored;
  }
  return points;
}

function uncertainty(survival: number, variance: number): Pick<SurvivalPoint, "standardError" | "lo" | "hi"> {
  if (survival === 0) return { standardError: null, lo: null, hi: null };
  const spread = (z95 * Math.sqrt(variance)) / Math.log(survival);
  return {
    standardError: survival * Math.sqrt(variance),
    lo: survival ** Math.exp(-spread),
    hi: survival ** Math.exp(spread),
  };
}

/** The share (0..1) still going after `time`; the last value is carried on beyond the end of the curve. */
export function survivalAt(curve: SurvivalCurve, time: number): number {
  let survival = 1;
  for (const point of curve) {
    if (point.time > time) break;
    survival = point.survival;
  }
  return survival;
}

/** The earliest time by which the share `q` (0..1) has ended, or null when the curve does not reach it (DOMAIN F14b). */
export function survivalQuantile(curve: SurvivalCurve, q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`Not a quantile: ${q}.`);
  return curve.find((point) => isAtMost(point.survival, 1 - q))?.time ?? null;
}

/**
 * The mean time up to `limit`, what lasts longer counting as `limit`: the area under the curve (DOMAIN F14c).
 *
 * In the unit of the times. Throws RangeError for a negative limit.
 */
export function restrictedMean(curve: SurvivalCurve, limit: number): number {
  if (!(limit >= 0)) throw new RangeError(`Not a limit: ${limit}.`);
  let area = 0;
  let from = 0;
  let survival = 1;
  for (const point of curve) {
    if (point.time >= limit) break;
    area += survival * (point.time - from);
    from = point.time;
    survival = point.survival;
  }
  return area + survival * (limit - from);
}
