import { upperGamma } from "@/lib/statistics/gamma";

/** The chance (0..1) that a standard normal value lies at least as far from 0 as `z`, on either side. */
export function twoSidedP(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** The value below which the share `p` (0..1, both left out) of the standard normal distribution lies, to 1e-12. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`Not a quantile: ${p}.`);
  const tail = 2 * Math.min(p, 1 - p);
  let lo = 0;
  let hi = 40;
  while (hi - lo > 1e-12) {
    const middle = (lo + hi) / 2;
    if (twoSidedP(middle) > tail) lo = middle;
    else hi = middle;
  }
  return p < 0.5 ? -(lo + hi) / 2 : (lo + hi) / 2;
}
