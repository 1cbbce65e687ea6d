import { logGamma } from "@/lib/statistics/gamma";
import type { Count } from "@/lib/statistics/newcombe";
import { isAtLeast } from "@/lib/statistics/tolerance";

/** What one arm's finished outcomes say, from Beta(1, 1); what is still pending is no failure and not among them. */
export type Posterior = { a: number; b: number; mean: number };

/** The posterior of an arm with `k` successes in `n` finished outcomes (DOMAIN F65b). Throws RangeError unless 0 <= k <= n. */
export function posteriorOf({ k, n }: Count): Posterior {
  if (!(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n && n <= 1_000_000))
    throw new RangeError(`Not a share: ${k} of ${n}.`);
  const a = k + 1;
  const b = n - k + 1;
  return { a, b, mean: a / (a + b) };
}

/** The chance (0..1) that the rate of `second` is above that of `first`, as an exact sum (DOMAIN F65b). */
export function chanceBetter(first: Count, second: Count): number {
  const one = posteriorOf(first);
  const two = posteriorOf(second);
  let chance = 0;
  for (let i = 0; i < two.a; i += 1) {
    const top = logBeta(one.a + i, one.b + two.b);
    chance += Math.exp(top - Math.log(two.b + i) - logBeta(1 + i, two.b) - logBeta(one.a, one.b));
  }
  return Math.min(1, Math.max(0, chance));
}

/** Finished outcomes that each arm needs before a bandit may stop, and the chance at which it does (DOMAIN F65b). */
export const stopRule = { perArm: 50, chance: 0.95 };

/** Which arm a bandit may stop with: the likely better one, once both have enough finished outcomes; else null. */
export function stopWith(first: Count, second: Count, rule = stopRule): "first" | "second" | null {
  if (Math.min(first.n, second.n) < rule.perArm) return null;
  const chance = chanceBetter(first, second);
  if (isAtLeast(chance, rule.chance)) return "second";
  return isAtLeast(1 - chance, rule.chance) ? "first" : null;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
