import { isAtLeast, isAtMost } from "@/lib/statistics/tolerance";

const limitFactor = 2.66;
const rangeFactor = 3.268;
const minimumPoints = 5;
const provisionalPoints = 6;
const runLength = 8;
const skewed = 1;

export type XmrSignal = "outside_limits" | "eight_on_one_side" | "three_of_four_near_limit";

export type XmrPoint = {
  value: number;
  signals: readonly XmrSignal[];
  /** The distance to the point before; null at the first. */
  movingRange: number | null;
  isRangeSignal: boolean;
};

export type XmrChart = {
  mean: number;
  meanRange: number;
  upper: number;
  lower: number;
  rangeUpper: number;
  /** Whether the limits rest on five or six points only. */
  isProvisional: boolean;
  points: readonly XmrPoint[];
};

/**
 * The chart of single values and their moving ranges, in the values' own unit, limits from `baseline` (DOMAIN F37).
 *
 * A rule's signal stands at the point that completes it. Null with fewer than five points in the baseline.
 */
export function xmrChart(values: readonly number[], baseline: readonly number[] = values): XmrChart | null {
  if (baseline.length < minimumPoints) return null;
  const mean = meanOf(baseline);
  const meanRange = meanOf(rangesOf(baseline));
  const upper = mean + limitFactor * meanRange;
  const lower = mean - limitFactor * meanRange;
  const rangeUpper = rangeFactor * meanRange;
  const ranges = rangesOf(values);
  const points = values.map((value, index) => {
    const movingRange = index === 0 ? null : (ranges[index - 1] ?? null);
    return {
      value,
      signals: signalsAt(values.slice(Math.max(0, index - runLength + 1), index + 1), { mean, upper, lower }),
      movingRange,
      isRangeSignal: movingRange !== null && !isAtMost(movingRange, rangeUpper),
    };
  });
  return { mean, meanRange, upper, lower, rangeUpper, isProvisional: baseline.length <= provisionalPoints, points };
}

/**
 * The same chart drawn on the logarithms and handed back in the values' own unit, for skewed times (DOMAIN C4).
 *
 * The mean is then the geometric mean, and ranges are ratios (1 and more). Null with fewer than five points. Throws
 * RangeError unless every value is above 0.
 */
export function logXmrChart(values: readonly number[], baseline: readonly number[] = values): XmrChart | null {
  const chart = xmrChart(values.map(logarithm), baseline.map(logarithm));
  if (!chart) return null;
  return {
    ...chart,
    mean: Math.exp(chart.mean),
    meanRange: Math.exp(chart.meanRange),
    upper: Math.exp(chart.upper),
    lower: Math.exp(chart.lower),
    rangeUpper: Math.exp(chart.rangeUpper),
    points: chart.points.map((point, index) => ({
      ...point,
      value: values[index] ?? Math.exp(point.value),
      movingRange: point.movingRange === null ? null : Math.exp(point.movingRange),
    })),
  };
}

/** Whether positive values lean so far to the right (skewness above 1) that their logarithms chart better (DOMAIN C4). */
export function isSkewed(values: readonly number[]): boolean {
  if (values.length < minimumPoints || values.some((value) => value <= 0)) return false;
  const mean = meanOf(values);
  const variance = meanOf(values.map((value) => (value - mean) ** 2));
  if (variance === 0) return false;
  return meanOf(values.map((value) => (value - mean) ** 3)) / variance ** 1.5 > skewed;
}

type Limits = { mean: number; upper: number; lower: number };

/** The rules that `latest`, the up to eight values ending at a point, complete there. */
function signalsAt(latest: readonly number[], { mean, upper, lower }: Limits): XmrSignal[] {
  const value = latest.at(-1) ?? mean;
  const signals: XmrSignal[] = [];
  if (!isAtMost(value, upper) || !isAtLeast(value, lower)) signals.push("outside_limits");
  const isRun = latest.length === runLength;
  if (isRun && (latest.every((x) => !isAtMost(x, mean)) || latest.every((x) => !isAtLeast(x, mean)))) {
    signals.push("eight_on_one_side");
  }
  const isHigh = (x: number) => !isAtMost(x, (mean + upper) / 2);
  const isLow = (x: number) => !isAtLeast(x, (mean + lower) / 2);
  const four = latest.slice(-4);
  if (four.length === 4 && [isHigh, isLow].some((isNear) => isNear(value) && four.filter(isNear).length >= 3)) {
    signals.push("three_of_four_near_limit");
  }
  return signals;
}

function rangesOf(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function logarithm(value: number): number {
  if (!(value > 0)) throw new RangeError(`No logarithm of ${value}.`);
  return Math.log(value);
}
