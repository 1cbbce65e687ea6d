import { AppError } from "../errors";
import type { MoneyInput } from "./schema";
import type { Scenario } from "./vocabulary";

/** What a scenario is thought to change: the chance of closing, days of onboarding saved, hours of customer success taken. */
export type ScenarioEffect = { pCloseGain: number; daysSaved: number; hours: number };

/**
 * What a scenario is worth in minor units of the margin's currency, rounded half away from zero (DOMAIN F60b).
 *
 * Throws `invalid` for a gain outside -1..1, negative hours, amounts that are not whole minor units, or a result past the safe
 * integers.
 */
export function moneyViewOf(
  { marginMinor, valuePerDayMinor, hourMinor }: { marginMinor: number; valuePerDayMinor: number; hourMinor: number },
  { pCloseGain, daysSaved, hours }: ScenarioEffect,
): number {
  const fields: Record<string, string> = {};
  for (const [name, amount] of Object.entries({ marginMinor, valuePerDayMinor, hourMinor })) {
    if (!Number.isSafeInteger(amount)) fields[name] = "not_whole";
  }
  if (!(pCloseGain >= -1 && pCloseGain <= 1)) fields.pCloseGain = "out_of_range";
  if (!Number.isFinite(daysSaved)) fields.daysSaved = "out_of_range";
  if (!(hours >= 0 && Number.isFinite(hours))) fields.hours = "out_of_range";
  const exact = pCloseGain * marginMinor + daysSaved * valuePerDayMinor - hours * hourMinor;
  const rounded = Math.sign(exact) * Math.round(Math.abs(exact) + 1e-9);
  if (Object.keys(fields).length === 0 && !Number.isSafeInteger(rounded)) fields.marginMinor = "out_of_range";
  if (Object.keys(fields).length > 0) throw new AppError("invalid", "input", { fields });
  return rounded === 0 ? 0 : rounded;
}

/** How many observations a prior belief is worth unless somebody says otherwise (DOMAIN F60c). */
export const defaultPriorWeight = 100;

/**
 * An observed effect drawn towards what was believed before, the more the fewer observations (DOMAIN F60c).
 *
 * Throws `invalid` for a negative count, a weight that is not above 0, or effects that are no numbers.
 */
export function blendEvidence(observed: number, n: number, prior: number, k: number = defaultPriorWeight): number {
  const fields: Record<string, string> = {};
  if (!(n >= 0 && Number.isFinite(n))) fields.n = "out_of_range";
  if (!(k > 0 && Number.isFinite(k))) fields.k = "out_of_range";
  if (!Number.isFinite(observed)) fields.observed = "out_of_range";
  if (!Number.isFinite(prior)) fields.prior = "out_of_range";
  if (Object.keys(fields).length > 0) throw new AppError("invalid", "input", { fields });
  return (n * observed + k * prior) / (n + k);
}

/** What each scenario is worth against A in minor units, gains drawn towards what was observed (DOMAIN F60b, F60c). */
export function worthOf({ B, C, ...amounts }: MoneyInput): Record<Scenario, number> {
  const worth = ({ pCloseGain, evidence, ...rest }: MoneyInput["B"]) =>
    moneyViewOf(amounts, {
      ...rest,
      pCloseGain: evidence ? blendEvidence(evidence.observed, evidence.n, pCloseGain, evidence.k) : pCloseGain,
    });
  return { A: 0, B: worth(B), C: worth(C) };
}
