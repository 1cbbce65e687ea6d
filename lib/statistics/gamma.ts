const lanczos = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 3.399464998481189e-5,
  4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265,
  -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];
const smallest = 1e-300;
const precision = 1e-16;

/** The natural logarithm of the gamma function for x > 0, by Lanczos' series. Throws RangeError otherwise. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`No logarithm of gamma at ${x}.`);
  const shifted = x + 5.2421875;
  let series = 0.9999999999999971;
  let denominator = x;
  for (const coefficient of lanczos) {
    denominator += 1;
    series += coefficient / denominator;
  }
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((2.5066282746310007 * series) / x);
}

/**
 * The regularised upper incomplete gamma function Q(a, x) in 0..1, for a > 0 and x >= 0.
 *
 * It is the tail of the chi-square and the normal distribution. Throws RangeError outside its domain.
 */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) throw new RangeError(`No incomplete gamma at ${a}, ${x}.`);
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? Math.max(0, 1 - lowerBySeries(a, x)) : upperByFraction(a, x);
}

function scale(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - logGamma(a));
}

function lowerBySeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let i = 1; term > sum * precision; i += 1) {
    term *= x / (a + i);
    sum += term;
  }
  return sum * scale(a, x);
}

function upperByFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / smallest;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 100_000; i += 1) {
    const numerator = i * (a - i);
    b += 2;
    d = 1 / away(numerator * d + b);
    c = away(b + numerator / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < precision) break;
  }
  return fraction * scale(a, x);
}

function away(value: number): number {
  return Math.abs(value) < smallest ? smallest : value;
}
