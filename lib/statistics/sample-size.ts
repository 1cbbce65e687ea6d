import { normalQuantile } from "@/lib/statistics/normal";

/**
 * Units needed in each of two arms to tell rate `to` from rate `from`, two-sided (DOMAIN F65): as computed, and as whole units.
 *
 * Throws RangeError unless rates, `alpha` and `power` lie strictly between 0 and 1 and the rates differ.
 */
export function sampleSize(
  from: number,
  to: number,
  { alpha = 0.05, power = 0.8 }: { alpha?: number; power?: number } = {},
): { raw: number; perArm: number } {
  for (const share of [from, to, alpha, power]) {
    if (!(share > 0 && share < 1)) throw new RangeError(`Not between 0 and 1: ${share}.`);
  }
  if (Math.abs(to - from) < 1e-9) throw new RangeError("Equal rates cannot be told apart.");
  const pooled = (from + to) / 2;
  const chance = normalQuantile(1 - alpha / 2) * Math.sqrt(2 * pooled * (1 - pooled));
  const proof = normalQuantile(power) * Math.sqrt(from * (1 - from) + to * (1 - to));
  const raw = (chance + proof) ** 2 / (to - from) ** 2;
  return { raw, perArm: Math.ceil(raw - 1e-9) };
}
