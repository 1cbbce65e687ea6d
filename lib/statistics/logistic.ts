import { type Matrix, solve } from "@/lib/statistics/matrix";

/** Cells of trials in rows of `columns` values, the first of them 1 for the intercept. */
export type Design = { columns: number; values: Float64Array; k: Float64Array; n: Float64Array };

export type LogisticFit = { beta: Float64Array; logLikelihood: number; information: Matrix };

/** Beyond these odds (e to the 15) no honest data of this size lie: the outcomes are separated. */
const separated = 15;
const iterations = 60;

/** What may be missing of the log-likelihood of a fit, and of one of the many fits of redrawn samples. */
export const exactly = 1e-9;
export const nearly = 1e-3;

/**
 * The logistic model of k in n by maximum likelihood (Newton's method with halved steps), starting from `start`, until the
 * next step would gain less than `tolerance` of log-likelihood, which is then added.
 *
 * Null when it cannot be estimated: the columns determine each other, or the outcomes are separated, so that the best
 * slope would be infinite (DOMAIN 11).
 */
export function fitLogistic(design: Design, start?: Float64Array, tolerance = exactly): LogisticFit | null {
  const { columns } = design;
  let beta: Float64Array = start ? Float64Array.from(start) : new Float64Array(columns);
  let previous: { beta: Float64Array; step: Float64Array; logLikelihood: number } | null = null;
  for (let round = 0; round < iterations; round += 1) {
    const here = evaluate(design, beta);
    if (previous && here.logLikelihood < previous.logLikelihood - 1e-9 * Math.abs(previous.logLikelihood)) {
      const step: Float64Array = previous.step.map((x) => x / 2);
      beta = add(previous.beta, step);
      previous = { beta: previous.beta, step, logLikelihood: previous.logLikelihood };
      continue;
    }
    if (here.extreme > separated) return null;
    const information = { size: columns, values: here.information };
    const step = solve(information, here.gradient);
    if (!step) return null;
    const decrement = step.reduce((sum, x, i) => sum + x * (here.gradient[i] ?? 0), 0);
    const next = add(beta, step);
    if (decrement < tolerance) {
      return { beta: next, logLikelihood: here.logLikelihood + decrement / 2, information };
    }
    previous = { beta, step, logLikelihood: here.logLikelihood };
    beta = next;
  }
  return null;
}

/** The log-likelihood of `k` in `n` when one chance fits all: the model that knows nothing. */
export function nullLogLikelihood(k: number, n: number): number {
  if (k === 0 || k === n) return 0;
  return k * Math.log(k / n) + (n - k) * Math.log(1 - k / n);
}

/** The standard errors of the slopes of a fit, by its information. */
export function standardErrors({ information }: LogisticFit): number[] {
  return Array.from({ length: information.size }, (_, i) => {
    const unit = Float64Array.from({ length: information.size }, (__, j) => (i === j ? 1 : 0));
    return Math.sqrt(solve(information, unit)?.[i] ?? Number.NaN);
  });
}

type Evaluation = { logLikelihood: number; gradient: Float64Array; information: Float64Array; extreme: number };

function evaluate({ columns, values, k, n }: Design, beta: Float64Array): Evaluation {
  const gradient = new Float64Array(columns);
  const information = new Float64Array(columns * columns);
  const active = new Int32Array(columns);
  let logLikelihood = 0;
  let extreme = 0;
  for (let cell = 0; cell < n.length; cell += 1) {
    const trials = n[cell] ?? 0;
    if (trials === 0) continue;
    const successes = k[cell] ?? 0;
    const offset = cell * columns;
    let eta = 0;
    for (let j = 0; j < columns; j += 1) eta += (values[offset + j] ?? 0) * (beta[j] ?? 0);
    const small = Math.exp(-Math.abs(eta));
    const chance = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
    logLikelihood += successes * eta - trials * (Math.max(0, eta) + Math.log1p(small));
    extreme = Math.max(extreme, Math.abs(eta));
    const residual = successes - trials * chance;
    const weight = trials * chance * (1 - chance);
    const used = gather(values, offset, columns, active);
    for (let a = 0; a < used; a += 1) {
      const i = active[a] ?? 0;
      const x = values[offset + i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + residual * x;
      const weighted = weight * x;
      for (let b = 0; b <= a; b += 1) {
        const at = i * columns + (active[b] ?? 0);
        information[at] = (information[at] ?? 0) + weighted * (values[offset + (active[b] ?? 0)] ?? 0);
      }
    }
  }
  for (let i = 0; i < columns; i += 1) {
    for (let j = 0; j < i; j += 1) information[j * columns + i] = information[i * columns + j] ?? 0;
  }
  return { logLikelihood, gradient, information, extreme };
}

/** Lists the columns of a row that are not 0 and says how many they are; most answers are yes or no. */
function gather(values: Float64Array, offset: number, columns: number, active: Int32Array): number {
  let used = 0;
  for (let j = 0; j < columns; j += 1) {
    if (values[offset + j] === 0) continue;
    active[used] = j;
    used += 1;
  }
  return used;
}

function add(first: Float64Array, second: Float64Array): Float64Array {
  return first.map((x, i) => x + (second[i] ?? 0));
}
