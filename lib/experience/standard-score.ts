import { isAtLeast } from "@/lib/statistics/tolerance";

/** What a scorer found of one criterion; a criterion that does not apply takes no weight. */
export type CriterionResult = { weight: number; result: "passed" | "missed" | "not_applicable"; isCritical: boolean };

/** `raw` is the share (0..1) of the applicable weight that passed. */
export type StandardScore = { raw: number; isCriticalSafe: boolean; meets: boolean };

/**
 * How well an interaction kept its standard: passed weight over applicable weight, met from `passMark` (0..1) on, and never
 * when a critical criterion was missed (DOMAIN F32).
 *
 * Null when nothing with weight applied and nothing critical was missed. Throws RangeError unless weights are whole
 * numbers of 0 or more.
 */
export function scoreStandard(criteria: readonly CriterionResult[], passMark: number): StandardScore | null {
  const bad = criteria.find(({ weight }) => !(Number.isInteger(weight) && weight >= 0));
  if (bad) throw new RangeError(`Not a weight: ${bad.weight}.`);
  const sum = (found: readonly CriterionResult[]) => found.reduce((total, { weight }) => total + weight, 0);
  const applicable = sum(criteria.filter(({ result }) => result !== "not_applicable"));
  const isCriticalSafe = !criteria.some(({ result, isCritical }) => isCritical && result === "missed");
  if (applicable === 0) return isCriticalSafe ? null : { raw: 0, isCriticalSafe, meets: false };
  const raw = sum(criteria.filter(({ result }) => result === "passed")) / applicable;
  return { raw, isCriticalSafe, meets: isCriticalSafe && isAtLeast(raw, passMark) };
}
