import { redraw } from "@/lib/statistics/draws";
import {
  type CannotEstimate,
  type Draws,
  type Driver,
  type DroppedColumn,
  intervalsOf,
  perPredictor,
  sharesOf,
} from "@/lib/statistics/driver-run";
import { standardErrors } from "@/lib/statistics/logistic";
import { type LogisticSplit, type SplitModel, splitLogistic, toSplitModel } from "@/lib/statistics/logistic-split";
import { independentColumns } from "@/lib/statistics/matrix";
import { centreCells, covarianceOf, mergeCells, type ValueCell } from "@/lib/statistics/moments";
import { seededRandom } from "@/lib/statistics/random";
import { maximumPlayers } from "@/lib/statistics/shapley";
import { z95 } from "@/lib/statistics/wilson";

/** `k` successes in `n` trials with the same controls and predictors. */
export type TrialCell = { controls: readonly number[]; predictors: readonly number[]; k: number; n: number };

/** The slope is per unit of the predictor; the odds ratio has Wald's 95 % interval. */
export type LogisticDriver = Driver & { beta: number; oddsRatio: number; oddsLo: number; oddsHi: number };

export type LogisticDrivers = {
  status: "estimated";
  n: number;
  k: number;
  nullLogLikelihood: number;
  logLikelihood: number;
  intercept: number;
  /** McFadden's R2 of the whole model, and of the controls alone, which were entered first. */
  rSquared: number;
  rSquaredOfControls: number;
  drivers: readonly LogisticDriver[];
  dropped: readonly DroppedColumn[];
  seed: number;
  draws: number;
};

type Request = { names: readonly string[]; controls: number } & Draws;

const minimumOutcomes = 100;

/**
 * What goes with success in yes-or-no outcomes: logistic slopes, and Shapley's split of McFadden's R2 after the controls
 * with 95 % intervals from seeded redrawn samples (DOMAIN F38c).
 *
 * It cannot estimate below 100 outcomes, below 10 of the rarer outcome for each predictor and control, beyond 10
 * predictors, when nothing varies, or when the outcomes are separated. The order of the cells changes nothing.
 * Throws RangeError on ragged cells or unless 0 <= k <= n.
 */
export function logisticDrivers(cells: readonly TrialCell[], request: Request): LogisticDrivers | CannotEstimate {
  const { names, controls, seed, draws } = request;
  const columns = controls + names.length;
  const merged = mergeCells(cells.flatMap(outcomesOf), columns + 1);
  const n = merged.reduce((sum, cell) => sum + cell.n, 0);
  const k = merged.reduce((sum, cell) => sum + (cell.values[columns] ?? 0) * cell.n, 0);
  const cannot = (reason: CannotEstimate["reason"]): CannotEstimate => ({ status: "cannot_estimate", n, reason });
  if (n < minimumOutcomes) return cannot("too_few");
  if (names.length > maximumPlayers) return cannot("too_many_predictors");

  const covariance = covarianceOf(centreCells(merged, columns + 1));
  const { kept, constant, repeated } = independentColumns(covariance, columns);
  const predictors = kept.filter((column) => column >= controls);
  if (predictors.length === 0 || k === 0 || k === n) return cannot("no_variation");
  if (Math.min(k, n - k) < perPredictor * kept.length) return cannot("too_few_events");

  const model = toSplitModel(merged, kept, controls);
  const own = Float64Array.from(merged, (cell) => cell.n);
  const point = splitLogistic(model, own);
  if (!point) return cannot("separation");
  const random = seededRandom(seed);
  const counts = new Float64Array(own.length);
  const redrawn = Array.from({ length: draws }, () => {
    redraw(random, own, counts);
    return sharesOf(splitLogistic(model, counts, point.fits)?.weights ?? []);
  });
  const dropped = (reason: DroppedColumn["reason"]) => (column: number) => ({
    name: names[column - controls] ?? `control ${column + 1}`,
    reason,
  });
  return {
    status: "estimated",
    n,
    k,
    ...wholeOf(point, model),
    drivers: toDrivers(point, model, {
      names: predictors.map((column) => names[column - controls] ?? ""),
      intervals: intervalsOf(redrawn, predictors.length, draws),
    }),
    dropped: [...constant.map(dropped("constant")), ...repeated.map(dropped("repeated"))],
    seed,
    draws,
  };
}

function outcomesOf({ controls, predictors, k, n }: TrialCell): ValueCell[] {
  if (!(k >= 0 && k <= n)) throw new RangeError(`Not a share: ${k} of ${n}.`);
  return [
    { values: [...controls, ...predictors, 0], n: n - k },
    { values: [...controls, ...predictors, 1], n: k },
  ];
}

function wholeOf(split: LogisticSplit, { starts, spreads }: SplitModel) {
  const fit = split.fits.at(-1);
  const [start = Number.NaN, ...slopes] = fit?.beta ?? [];
  return {
    nullLogLikelihood: split.nullLogLikelihood,
    logLikelihood: fit?.logLikelihood ?? Number.NaN,
    intercept: slopes.reduce((sum, slope, i) => sum - (slope * (starts[i] ?? 0)) / (spreads[i] ?? 1), start),
    rSquared: split.rSquared,
    rSquaredOfControls: split.rSquaredOfControls,
  };
}

function toDrivers(
  split: LogisticSplit,
  { controls, spreads }: SplitModel,
  { names, intervals }: { names: readonly string[]; intervals: readonly Driver["interval"][] },
): LogisticDriver[] {
  const fit = split.fits.at(-1);
  const errors = fit ? standardErrors(fit) : [];
  const shares = sharesOf(split.weights);
  return names.map((name, player) => {
    const spread = spreads[controls + player] ?? Number.NaN;
    const beta = (fit?.beta[controls + player + 1] ?? Number.NaN) / spread;
    const half = (z95 * (errors[controls + player + 1] ?? Number.NaN)) / spread;
    const alone = 1 - (split.fits[1 << player]?.logLikelihood ?? Number.NaN) / split.nullLogLikelihood;
    return {
      name,
      weight: split.weights[player] ?? 0,
      share: shares[player] ?? null,
      interval: intervals[player] ?? null,
      alone: alone - split.rSquaredOfControls,
      beta,
      oddsRatio: Math.exp(beta),
      oddsLo: Math.exp(beta - half),
      oddsHi: Math.exp(beta + half),
    };
  });
}
