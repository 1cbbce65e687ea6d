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

/**
 * The Kaplan-Meier curve of the durations, with Greenwood errors, log-log 95 % intervals, hazards and the
 * Nelson-Aalen sum (DOMAIN F14, F15).
 *
 * At a tie, ends come before censorings. Null when there are no durations. Times keep the unit they came in.
 */
export function kaplanMeier(durations: readonly Duration[]): SurvivalCurve | null {
  if (durations.length === 0) return null;
  const points: SurvivalPoint[] = [];
  let survival = 1;
  let variance = 0;
  let cumulativeHazard = 0;
  for (const { time, atRisk, ended } of riskTable(durations)) {
    const hazard = ended / atRisk;
    survival = ended === atRisk ? 0 : survival * (1 - hazard);
    variance += ended / (atRisk * (atRisk - ended));
    cumulativeHazard += hazard;
    points.push({ time, atRisk, ended, survival, ...uncertainty(survival, variance), hazard, cumulativeHazard });
  }
  return points;
}

function riskTable(durations: readonly Duration[]): { time: number; atRisk: number; ended: number }[] {
  const ties = new Map<number, { all: number; ended: number }>();
  for (const { time, hasEnded } of durations) {
    const tie = ties.get(time) ?? { all: 0, ended: 0 };
    ties.set(time, { all: tie.all + 1, ended: tie.ended + (hasEnded ? 1 : 0) });
  }
  const rows: { time: number; atRisk: number; ended: number }[] = [];
  let atRisk = durations.length;
  for (const [time, { all, ended }] of [...ties].sort(([a], [b]) => a - b)) {
    if (ended > 0) rows.push({ time, atRisk, ended });
    atRisk -= all;
  }
  return rows;
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
