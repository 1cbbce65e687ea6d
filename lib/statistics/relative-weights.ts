import { entry, type Matrix, symmetricEigen } from "@/lib/statistics/matrix";

/**
 * Johnson's relative weights of correlated predictors, which sum to R2 (DOMAIN F38b).
 *
 * `predictors` is their correlation matrix and `outcome` their correlations with the outcome. Null when a predictor is
 * determined by the others. The split is by the symmetric square root, so it does not depend on their order.
 */
export function relativeWeights(predictors: Matrix, outcome: ArrayLike<number>): number[] | null {
  const { size } = predictors;
  const { values, vectors } = symmetricEigen(predictors);
  if (values.some((value) => value <= 1e-9)) return null;
  const along = Array.from(values, (value, axis) => {
    let sum = 0;
    for (let i = 0; i < size; i += 1) sum += entry(vectors, i, axis) * (outcome[i] ?? 0);
    return sum / Math.sqrt(value);
  });
  const rootEntry = (i: number, j: number) =>
    values.reduce((sum, value, axis) => sum + entry(vectors, i, axis) * Math.sqrt(value) * entry(vectors, j, axis), 0);
  const effects = Array.from({ length: size }, (_, j) =>
    along.reduce((sum, part, axis) => sum + entry(vectors, j, axis) * part, 0),
  );
  return Array.from({ length: size }, (_, i) =>
    effects.reduce((sum, effect, j) => sum + rootEntry(i, j) ** 2 * effect ** 2, 0),
  );
}
