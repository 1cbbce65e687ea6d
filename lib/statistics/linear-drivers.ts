import {
  type CannotEstimate,
  type Draws,
  type Driver,
  type DroppedColumn,
  intervalsOf,
  perPredictor,
  sharesOf,
} from "@/lib/statistics/driver-run";
import { entry, independentColumns, type Matrix, select, solve, sweepOut } from "@/lib/statistics/matrix";
import { centreCells, covarianceOf, mergeCells } from "@/lib/statistics/moments";
import { minimumTrials } from "@/lib/statistics/rate";
import { redrawnCovariances } from "@/lib/statistics/redrawn-covariances";
import { relativeWeights } from "@/lib/statistics/relative-weights";
import { maximumPlayers, shapley } from "@/lib/statistics/shapley";

/** `n` observations with the same controls, predictors and numeric outcome. */
export type OutcomeCell = { controls: readonly number[]; predictors: readonly number[]; outcome: number; n: number };

export type LinearDriver = Driver & { beta: number };

export type LinearDrivers = {
  status: "estimated";
  method: "shapley" | "johnson";
  n: number;
  rSquared: number;
  /** What the controls explain, which were entered first and share in no weight. */
  rSquaredOfControls: number;
  drivers: readonly LinearDriver[];
  dropped: readonly DroppedColumn[];
  seed: number;
  draws: number;
};

export type Explanation = {
  method: "shapley" | "johnson";
  rSquared: number;
  rSquaredOfControls: number;
  weights: number[];
};

/**
 * Splits R2 of the last column of a covariance or correlation matrix among `predictors`, after `controls`: by Shapley up
 * to 10 predictors, by Johnson beyond (DOMAIN F38, F38b).
 *
 * Null when the outcome does not vary or the columns determine each other.
 */
export function explain(
  covariance: Matrix,
  predictors: readonly number[],
  controls: readonly number[] = [],
  method: "shapley" | "johnson" = predictors.length <= maximumPlayers ? "shapley" : "johnson",
): Explanation | null {
  const outcome = covariance.size - 1;
  const variance = entry(covariance, outcome, outcome);
  if (!(variance > 0)) return null;
  const left = controls.reduce(sweepOut, covariance);
  const remaining = entry(left, outcome, outcome) / variance;
  const weights = method === "shapley" ? shapleyWeights(left, predictors) : johnsonWeights(left, predictors);
  if (!weights?.every(Number.isFinite)) return null;
  const scaled = method === "shapley" ? weights.map((weight) => weight / variance) : weights.map((w) => w * remaining);
  const sum = scaled.reduce((total, weight) => total + weight, 0);
  return { method, rSquared: 1 - remaining + sum, rSquaredOfControls: 1 - remaining, weights: scaled };
}

/** The variance of the last column that the named columns account for together; NaN when they determine each other. */
export function explainedVariance(covariance: Matrix, columns: readonly number[]): number {
  const outcome = covariance.size - 1;
  const together = columns.map((column) => entry(covariance, column, outcome));
  const slopes = solve(select(covariance, columns), together);
  return slopes ? together.reduce((sum, value, i) => sum + value * (slopes[i] ?? 0), 0) : Number.NaN;
}

/** The standardised slopes of `columns` on the last column, all in one model; null when they determine each other. */
export function standardisedSlopes(covariance: Matrix, columns: readonly number[]): number[] | null {
  const outcome = covariance.size - 1;
  const slopes = solve(
    select(covariance, columns),
    columns.map((column) => entry(covariance, column, outcome)),
  );
  if (!slopes) return null;
  const spread = entry(covariance, outcome, outcome);
  return columns.map((column, i) => (slopes[i] ?? 0) * Math.sqrt(entry(covariance, column, column) / spread));
}

/**
 * What drives a numeric outcome, with the share of each predictor and its 95 % interval from seeded redrawn samples
 * (DOMAIN F38).
 *
 * `names` are the predictors' in the cells' order. It cannot estimate below 20 observations or 10 for each predictor and
 * control, or when nothing varies. The order of the cells changes nothing. Throws RangeError on ragged cells.
 */
export function linearDrivers(
  cells: readonly OutcomeCell[],
  { names, controls, seed, draws }: { names: readonly string[]; controls: number } & Draws,
): LinearDrivers | CannotEstimate {
  const columns = controls + names.length + 1;
  const values = cells.map((cell) => ({ values: [...cell.controls, ...cell.predictors, cell.outcome], n: cell.n }));
  const merged = mergeCells(values, columns);
  const n = merged.reduce((sum, cell) => sum + cell.n, 0);
  const cannot = (reason: CannotEstimate["reason"]): CannotEstimate => ({ status: "cannot_estimate", n, reason });
  if (n < minimumTrials) return cannot("too_few");
  const centred = centreCells(merged, columns);
  const covariance = covarianceOf(centred);
  const { kept, constant, repeated } = independentColumns(covariance, columns - 1);
  if (n < perPredictor * kept.length) return cannot("too_few");
  const predictors = kept.filter((column) => column >= controls);
  const first = kept.filter((column) => column < controls);
  const found = explain(covariance, predictors, first);
  const slopes = standardisedSlopes(covariance, [...first, ...predictors]);
  if (!found || !slopes || predictors.length === 0) return cannot("no_variation");

  const redrawn = redrawnCovariances(centred, { seed, draws }).map((sample) =>
    sharesOf(explain(sample, predictors, first)?.weights ?? []),
  );
  const intervals = intervalsOf(redrawn, predictors.length, draws);
  const shares = sharesOf(found.weights);
  const left = first.reduce(sweepOut, covariance);
  const variance = entry(covariance, columns - 1, columns - 1);
  const name = (column: number) => names[column - controls] ?? `control ${column + 1}`;
  return {
    status: "estimated",
    method: found.method,
    n,
    rSquared: found.rSquared,
    rSquaredOfControls: found.rSquaredOfControls,
    drivers: predictors.map((column, index) => ({
      name: name(column),
      weight: found.weights[index] ?? 0,
      share: shares[index] ?? null,
      interval: intervals[index] ?? null,
      alone: explainedVariance(left, [column]) / variance,
      beta: slopes[first.length + index] ?? 0,
    })),
    dropped: [
      ...constant.map((column) => ({ name: name(column), reason: "constant" as const })),
      ...repeated.map((column) => ({ name: name(column), reason: "repeated" as const })),
    ],
    seed,
    draws,
  };
}

function shapleyWeights(left: Matrix, predictors: readonly number[]): number[] {
  return shapley(predictors.length, (coalition) =>
    explainedVariance(
      left,
      predictors.filter((_, player) => coalition & (1 << player)),
    ),
  );
}

function johnsonWeights(left: Matrix, predictors: readonly number[]): number[] | null {
  const outcome = left.size - 1;
  const correlation = (i: number, j: number) => entry(left, i, j) / Math.sqrt(entry(left, i, i) * entry(left, j, j));
  const between = Float64Array.from(predictors.flatMap((i) => predictors.map((j) => correlation(i, j))));
  if (!between.every(Number.isFinite)) return null;
  return relativeWeights(
    { size: predictors.length, values: between },
    predictors.map((i) => correlation(i, outcome)),
  );
}
