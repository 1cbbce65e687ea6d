import { isAtMost } from "@/lib/statistics/tolerance";

/** One unit: whether it was treated, what came of it, and how likely it was to be treated (0..1). */
export type WeightedUnit = { isTreated: boolean; outcome: number; propensity: number };

export type WeightedEffect = {
  /** Means of the outcome if all were treated, and if none was. */
  treated: number;
  control: number;
  effect: number;
  /** The plain difference of the two groups. */
  naive: number;
  /** How many equal units the weighted groups are worth. */
  effectiveTreated: number;
  effectiveControl: number;
  /** Units whose propensity lay outside the bounds and was moved to them. */
  trimmed: number;
};

const bounds = { lo: 0.05, hi: 0.95 };

/**
 * The effect by inverse probability weights that are scaled to one in each group (Hajek), propensities trimmed to .05..0.95,
 * with the effective sample size of both groups (DOMAIN F64c).
 *
 * Null when a group is empty. Throws RangeError for a propensity outside 0..1 and an outcome that is no number.
 */
export function inverseProbability(units: readonly WeightedUnit[]): WeightedEffect | null {
  for (const { outcome, propensity } of units) {
    if (!(propensity >= 0 && propensity <= 1 && Number.isFinite(outcome)))
      throw new RangeError(`Not a unit: ${outcome} at ${propensity}.`);
  }
  const treated = groupOf(units, true);
  const control = groupOf(units, false);
  if (!treated || !control) return null;
  return {
    treated: treated.mean,
    control: control.mean,
    effect: treated.mean - control.mean,
    naive: treated.plain - control.plain,
    effectiveTreated: treated.effective,
    effectiveControl: control.effective,
    trimmed: units.filter(({ propensity }) => propensity !== trim(propensity)).length,
  };
}

/** How far two groups lie apart in standard deviations (DOMAIN F64d); null when neither varies. */
export function standardisedDifference(
  first: { mean: number; deviation: number },
  second: { mean: number; deviation: number },
): number | null {
  if (!(first.deviation >= 0 && second.deviation >= 0)) throw new RangeError("A deviation is never negative.");
  const spread = Math.sqrt((first.deviation ** 2 + second.deviation ** 2) / 2);
  return spread > 0 ? (first.mean - second.mean) / spread : null;
}

/** Whether two groups are alike enough to be compared: at most .1 standard deviations apart (DOMAIN F64d). */
export function isBalanced(standardised: number): boolean {
  return isAtMost(Math.abs(standardised), 0.1);
}

const trim = (propensity: number) => Math.min(bounds.hi, Math.max(bounds.lo, propensity));

function groupOf(units: readonly WeightedUnit[], isTreated: boolean) {
  const group = units.filter((unit) => unit.isTreated === isTreated);
  if (group.length === 0) return null;
  let weights = 0;
  let squares = 0;
  let weighted = 0;
  let plain = 0;
  for (const { outcome, propensity } of group) {
    const weight = 1 / (isTreated ? trim(propensity) : 1 - trim(propensity));
    weights += weight;
    squares += weight * weight;
    weighted += weight * outcome;
    plain += outcome;
  }
  return { mean: weighted / weights, plain: plain / group.length, effective: (weights * weights) / squares };
}
