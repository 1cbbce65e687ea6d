import { logGamma } from "@/lib/statistics/gamma";

const smallest = 1e-300;
const precision = 1e-16;

/**
 * The share (0..1) of a Beta(a, b) distribution that lies at or below `x` (0..1).
 *
 * An a or b of 0 is all weight at 0 or at 1. Throws RangeError outside its domain.
 */
export function betaBelow(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a >= 0 && b >= 0 && a + b > 0)) throw new RangeError(`No beta at ${x}, ${a}, ${b}.`);
  if (x === 1 || a === 0) return 1;
  if (x === 0 || b === 0) return 0;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  const share = x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
  return Math.min(1, Math.max(0, share));
}

/** The value (0..1) below which the share `q` (0..1) of a Beta(a, b) distribution lies, to 1e-12 of the nearer end; below 1e-60 it is 0. */
export function betaQuantile(q: number, a: number, b: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`Not a quantile: ${q}.`);
  if (a === 0) return 0;
  if (b === 0) return 1;
  let lo = 0;
  let hi = 1;
  for (let halving = 0; halving < 200 && hi - lo > 1e-12 * Math.min(hi, 1 - lo); halving += 1) {
    const middle = (lo + hi) / 2;
    if (betaBelow(middle, a, b) < q) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < smallest ? smallest : value;
}
