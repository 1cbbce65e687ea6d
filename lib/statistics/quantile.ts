/**
 * The `q` quantile (0..1) of `values` by linear interpolation between order statistics, type 7 (DOMAIN F91).
 *
 * Null when there are no values; `values` keeps its order. Throws RangeError when q lies outside 0..1.
 */
export function quantile(values: readonly number[], q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`Not a quantile: ${q}.`);
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const lower = sorted[Math.floor(position)];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined) return null;
  return lower + (upper - lower) * (position - Math.floor(position));
}
