import { compareNumbers } from "@/lib/statistics/driver-run";
import type { Matrix } from "@/lib/statistics/matrix";

const rounding = 1e-13;

/** `n` observations that share every value of every column. */
export type ValueCell = { values: readonly number[]; n: number };

/** Cells with their values centred, ready to be weighed by other counts: all that a covariance needs. */
export type CentredCells = { columns: number; counts: Float64Array; centred: Float64Array };

/** Merges equal cells, drops empty ones, and puts them in one fixed order. Throws RangeError on ragged or odd values. */
export function mergeCells(cells: readonly ValueCell[], columns: number): ValueCell[] {
  const merged = new Map<string, ValueCell>();
  for (const { values, n } of cells) {
    if (values.length !== columns || !values.every(Number.isFinite)) throw new RangeError("A cell has other columns.");
    if (!(n >= 0 && Number.isFinite(n))) throw new RangeError(`Not a count: ${n}.`);
    if (n === 0) continue;
    const key = values.join(" ");
    merged.set(key, { values, n: n + (merged.get(key)?.n ?? 0) });
  }
  return [...merged.values()].sort((a, b) => compareNumbers(a.values, b.values));
}

/** Centres merged cells at their means, so that large values keep their digits. */
export function centreCells(cells: readonly ValueCell[], columns: number): CentredCells {
  const counts = Float64Array.from(cells, ({ n }) => n);
  const total = counts.reduce((sum, n) => sum + n, 0);
  // From the first value on, so that a column that never varies is centred to exact zeros.
  const means = Array.from({ length: columns }, (_, column) => {
    const first = cells[0]?.values[column] ?? 0;
    return first + cells.reduce((sum, { values, n }) => sum + ((values[column] ?? 0) - first) * n, 0) / total;
  });
  const centred = Float64Array.from(cells.flatMap(({ values }) => values.map((x, column) => x - (means[column] ?? 0))));
  return { columns, counts, centred };
}

/** The covariance matrix of the columns when the cells are weighed by `counts` (their own, or redrawn ones). */
export function covarianceOf(cells: CentredCells, counts: Float64Array = cells.counts): Matrix {
  const sums = new Float64Array(widthOf(cells.columns));
  for (let cell = 0; cell < counts.length; cell += 1) {
    const n = counts[cell] ?? 0;
    if (n > 0) addCell(cells, cell, n, sums, 0);
  }
  return toCovariance(sums, cells.columns);
}

/** How many sums describe `columns`: the count, each column's, and each product's. */
export function widthOf(columns: number): number {
  return 1 + columns + (columns * (columns + 1)) / 2;
}

/** Adds `n` observations of a cell to the sums that start at `at`. */
export function addCell(
  { columns, centred }: CentredCells,
  cell: number,
  n: number,
  sums: Float64Array,
  at: number,
): void {
  const offset = cell * columns;
  let product = at + 1 + columns;
  sums[at] = (sums[at] ?? 0) + n;
  for (let i = 0; i < columns; i += 1) {
    const x = (centred[offset + i] ?? 0) * n;
    sums[at + 1 + i] = (sums[at + 1 + i] ?? 0) + x;
    for (let j = 0; j <= i; j += 1) {
      sums[product] = (sums[product] ?? 0) + x * (centred[offset + j] ?? 0);
      product += 1;
    }
  }
}

/** The covariances behind such sums; what is left of rounding in a column without spread becomes 0. */
export function toCovariance(sums: Float64Array, columns: number): Matrix {
  const values = new Float64Array(columns * columns);
  const total = sums[0] ?? 0;
  let product = 1 + columns;
  for (let i = 0; i < columns; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const square = (sums[product] ?? 0) / total;
      const value = square - ((sums[1 + i] ?? 0) / total) * ((sums[1 + j] ?? 0) / total);
      const covariance = i === j && value <= rounding * square ? 0 : value;
      values[i * columns + j] = covariance;
      values[j * columns + i] = covariance;
      product += 1;
    }
  }
  return { size: columns, values };
}
