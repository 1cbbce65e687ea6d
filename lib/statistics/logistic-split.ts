import { type CoalitionDesigns, coalitionDesigns, fillDesigns } from "@/lib/statistics/coalition-designs";
import { exactly, fitLogistic, type LogisticFit, nearly, nullLogLikelihood } from "@/lib/statistics/logistic";
import type { ValueCell } from "@/lib/statistics/moments";
import { shapley } from "@/lib/statistics/shapley";

/**
 * Every coalition's model of the same trials. Its columns are the kept ones, each moved to start at 0 with spread 1, so
 * that neither their unit nor a constant added to them touches the fit.
 */
export type SplitModel = {
  designs: CoalitionDesigns;
  controls: number;
  starts: readonly number[];
  spreads: readonly number[];
  /** For each outcome cell its row in the full design, and whether it counts successes. */
  rowOf: Int32Array;
  isSuccess: readonly boolean[];
};

export type LogisticSplit = {
  weights: readonly number[];
  rSquared: number;
  rSquaredOfControls: number;
  nullLogLikelihood: number;
  /** The fit of each coalition, a bit mask of predictors. */
  fits: readonly LogisticFit[];
};

/** Prepares the models of merged outcome cells (columns, then 0 or 1) for the `kept` columns, controls before predictors. */
export function toSplitModel(cells: readonly ValueCell[], kept: readonly number[], controls: number): SplitModel {
  const total = cells.reduce((sum, { n }) => sum + n, 0);
  const weigh = (value: (cell: ValueCell) => number) =>
    cells.reduce((sum, cell) => sum + value(cell) * cell.n, 0) / total;
  const starts = kept.map((column) =>
    cells.reduce((lowest, { values }) => Math.min(lowest, values[column] ?? 0), Number.MAX_VALUE),
  );
  const spreads = kept.map((column, i) => {
    const above = ({ values }: ValueCell) => (values[column] ?? 0) - (starts[i] ?? 0);
    const mean = weigh(above);
    return Math.sqrt(weigh((cell) => (above(cell) - mean) ** 2));
  });
  const places = new Map<string, number>();
  const rows: number[][] = [];
  const rowOf = Int32Array.from(cells, ({ values }) => {
    const row = kept.map((column, i) => ((values[column] ?? 0) - (starts[i] ?? 0)) / (spreads[i] ?? 1));
    const key = row.join(" ");
    const place = places.get(key) ?? rows.length;
    if (place === rows.length) {
      places.set(key, place);
      rows.push(row);
    }
    return place;
  });
  const own = kept.filter((column) => column < controls).length;
  return {
    designs: coalitionDesigns(rows, own, kept.length - own),
    controls: own,
    starts,
    spreads,
    rowOf,
    isSuccess: cells.map(({ values }) => values.at(-1) === 1),
  };
}

/**
 * Splits McFadden's R2 of the outcome cells, weighed by `counts`, among the predictors after the controls (DOMAIN F38c).
 *
 * The fits of a redrawn sample start from `near`, those of the sample itself, and need not be exact. Null when one of the
 * models cannot be estimated.
 */
export function splitLogistic(
  model: SplitModel,
  counts: Float64Array,
  near?: readonly LogisticFit[],
): LogisticSplit | null {
  const { k, n } = fill(model, counts);
  const nothing = nullLogLikelihood(k, n);
  if (nothing === 0) return null;
  const fits: LogisticFit[] = [];
  // The whole model first: where a coalition is separated, it is too.
  for (let coalition = model.designs.length - 1; coalition >= 0; coalition -= 1) {
    const design = model.designs[coalition];
    const fit = design ? fitLogistic(design, near?.[coalition]?.beta, near ? nearly : exactly) : null;
    if (!fit) return null;
    fits[coalition] = fit;
  }
  const rSquared = (coalition: number) => 1 - (fits[coalition]?.logLikelihood ?? Number.NaN) / nothing;
  return {
    weights: shapley(Math.log2(fits.length), rSquared),
    rSquared: rSquared(fits.length - 1),
    rSquaredOfControls: rSquared(0),
    nullLogLikelihood: nothing,
    fits,
  };
}

function fill({ designs, rowOf, isSuccess }: SplitModel, counts: Float64Array): { k: number; n: number } {
  const full = designs.at(-1);
  let k = 0;
  let n = 0;
  full?.k.fill(0);
  full?.n.fill(0);
  for (const [cell, row] of rowOf.entries()) {
    const count = counts[cell] ?? 0;
    n += count;
    if (full) full.n[row] = (full.n[row] ?? 0) + count;
    if (!isSuccess[cell]) continue;
    k += count;
    if (full) full.k[row] = (full.k[row] ?? 0) + count;
  }
  fillDesigns(designs);
  return { k, n };
}
