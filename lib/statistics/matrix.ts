/** A square matrix, row by row. */
export type Matrix = { size: number; values: Float64Array };

/** A column whose own part is below this share of its variance says nothing that the columns before it did not say. */
const collinear = 1e-9;

/** The matrix with these rows. Throws RangeError when it is not square. */
export function toMatrix(rows: readonly (readonly number[])[]): Matrix {
  const size = rows.length;
  if (rows.some((row) => row.length !== size)) throw new RangeError("The matrix is not square.");
  return { size, values: Float64Array.from(rows.flat()) };
}

/** The entry in row `i` and column `j`, NaN outside. */
export function entry({ size, values }: Matrix, i: number, j: number): number {
  return values[i * size + j] ?? Number.NaN;
}

/** The rows and columns named by `indices`, in that order. */
export function select(matrix: Matrix, indices: readonly number[]): Matrix {
  return {
    size: indices.length,
    values: Float64Array.from(indices.flatMap((i) => indices.map((j) => entry(matrix, i, j)))),
  };
}

/** Solves `matrix` x = `right` for a symmetric positive definite matrix by Cholesky; null when it is not one. */
export function solve(matrix: Matrix, right: ArrayLike<number>): Float64Array | null {
  const lower = cholesky(matrix);
  if (!lower) return null;
  const { size } = matrix;
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    let sum = x[i] ?? 0;
    for (let j = 0; j < i; j += 1) sum -= (lower[i * size + j] ?? 0) * (x[j] ?? 0);
    x[i] = sum / (lower[i * size + i] ?? Number.NaN);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = x[i] ?? 0;
    for (let j = i + 1; j < size; j += 1) sum -= (lower[j * size + i] ?? 0) * (x[j] ?? 0);
    x[i] = sum / (lower[i * size + i] ?? Number.NaN);
  }
  return x;
}

function cholesky({ size, values }: Matrix): Float64Array | null {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = values[i * size + j] ?? Number.NaN;
      for (let k = 0; k < j; k += 1) sum -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
      if (i !== j) lower[i * size + j] = sum / (lower[j * size + j] ?? Number.NaN);
      else if (sum > 1e-13 * Math.abs(values[i * size + i] ?? 0)) lower[i * size + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

/** A covariance matrix once the column `pivot` is accounted for: what is left of every other (its Schur complement). */
export function sweepOut(matrix: Matrix, pivot: number): Matrix {
  const { size } = matrix;
  const values = Float64Array.from(matrix.values);
  const own = entry(matrix, pivot, pivot);
  for (let i = 0; i < size; i += 1) {
    const factor = entry(matrix, i, pivot) / own;
    for (let j = 0; j < size; j += 1) values[i * size + j] = entry(matrix, i, j) - factor * entry(matrix, pivot, j);
  }
  return { size, values };
}

export type Independence = { kept: number[]; constant: number[]; repeated: number[] };

/**
 * Which of the first `columns` of a covariance matrix stand on their own, taken in order: one that never varies is
 * `constant`, one that those kept before it already determine is `repeated` (DOMAIN 11).
 */
export function independentColumns(covariance: Matrix, columns: number): Independence {
  const found: Independence = { kept: [], constant: [], repeated: [] };
  let left = covariance;
  for (let column = 0; column < columns; column += 1) {
    const variance = entry(covariance, column, column);
    if (!(variance > 0)) found.constant.push(column);
    else if (entry(left, column, column) <= collinear * variance) found.repeated.push(column);
    else {
      found.kept.push(column);
      left = sweepOut(left, column);
    }
  }
  return found;
}

/**
 * Eigenvalues and eigenvectors (in columns) of a symmetric matrix, by Jacobi's rotations in a fixed order.
 */
export function symmetricEigen(matrix: Matrix): { values: Float64Array; vectors: Matrix } {
  const { size } = matrix;
  const a = Float64Array.from(matrix.values);
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) vectors[i * size + i] = 1;
  for (let round = 0; round < 100 && offDiagonal(a, size) > 1e-22; round += 1) {
    for (let p = 0; p < size - 1; p += 1) for (let q = p + 1; q < size; q += 1) rotate(a, vectors, size, p, q);
  }
  return {
    values: Float64Array.from({ length: size }, (_, i) => a[i * size + i] ?? 0),
    vectors: { size, values: vectors },
  };
}

function offDiagonal(a: Float64Array, size: number): number {
  return a.reduce((sum, value, index) => (index % (size + 1) === 0 ? sum : sum + value * value), 0);
}

function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const between = a[p * size + q] ?? 0;
  if (between === 0) return;
  const theta = ((a[q * size + q] ?? 0) - (a[p * size + p] ?? 0)) / (2 * between);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(t, 1);
  const sine = t * cosine;
  const turn = (values: Float64Array, first: number, second: number) => {
    const x = values[first] ?? 0;
    const y = values[second] ?? 0;
    values[first] = cosine * x - sine * y;
    values[second] = sine * x + cosine * y;
  };
  for (let i = 0; i < size; i += 1) turn(a, i * size + p, i * size + q);
  for (let i = 0; i < size; i += 1) turn(a, p * size + i, q * size + i);
  for (let i = 0; i < size; i += 1) turn(vectors, i * size + p, i * size + q);
}
