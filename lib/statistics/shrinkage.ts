import { betaBelow, betaQuantile } from "@/lib/statistics/beta";
import type { Count } from "@/lib/statistics/newcombe";

/** What the whole says about a rate before its own data: mean `mu` (0..1), worth `strength` trials (2..1000). */
export type Prior = {
  mu: number;
  chiSquare: number;
  /** The share of spread that is not chance; null when no group has more than one trial. */
  rho: number | null;
  strength: number;
};

/** A rate pulled towards the whole: posterior mean and the middle 90 %, all in 0..1. */
export type ShrunkenRate = { rate: number; lo90: number; hi90: number };

const weakest = 2;
const strongest = 1000;

/**
 * The beta-binomial prior of a family of rates by the weighted-moment estimator (DOMAIN F34).
 *
 * Groups without trials do not count. Null with fewer than two groups: a group would be its own prior. When the rates
 * spread no more than chance would, and when all or none succeed, the strength is 1000 (full pooling).
 * Throws RangeError unless 0 <= k <= n.
 */
export function priorOf(counts: readonly Count[]): Prior | null {
  for (const { k, n } of counts) if (!(k >= 0 && k <= n)) throw new RangeError(`Not a share: ${k} of ${n}.`);
  const groups = counts.filter(({ n }) => n > 0);
  if (groups.length < 2) return null;
  const all = groups.reduce((sum, { n }) => sum + n, 0);
  const mu = groups.reduce((sum, { k }) => sum + k, 0) / all;
  const spare = groups.length - 1;
  if (mu === 0 || mu === 1) return { mu, chiSquare: 0, rho: null, strength: strongest };
  const chiSquare = groups.reduce((sum, { k, n }) => sum + (n * (k / n - mu) ** 2) / (mu * (1 - mu)), 0);
  const room = all - groups.reduce((sum, { n }) => sum + n * n, 0) / all - spare;
  if (!(room > 1e-9)) return { mu, chiSquare, rho: null, strength: strongest };
  const rho = (chiSquare - spare) / room;
  const strength = rho <= 0 ? strongest : Math.min(strongest, Math.max(weakest, 1 / rho - 1));
  return { mu, chiSquare, rho, strength };
}

/** The rate of `count` pulled towards its family, with its middle 90 % (DOMAIN F34); without trials it is the prior's. */
export function shrink(count: Count, prior: Prior): ShrunkenRate {
  const { alpha, beta } = posterior(count, prior);
  return { rate: alpha / (alpha + beta), lo90: betaQuantile(0.05, alpha, beta), hi90: betaQuantile(0.95, alpha, beta) };
}

/** The chance (0..1) that the true rate behind `count` is `target` (0..1) or more (DOMAIN F34, F35). */
export function chanceToReach(target: number, count: Count, prior: Prior): number {
  const { alpha, beta } = posterior(count, prior);
  if (alpha === 0) return target <= 0 ? 1 : 0;
  return 1 - betaBelow(target, alpha, beta);
}

function posterior({ k, n }: Count, { mu, strength }: Prior): { alpha: number; beta: number } {
  return { alpha: k + mu * strength, beta: n - k + (1 - mu) * strength };
}
