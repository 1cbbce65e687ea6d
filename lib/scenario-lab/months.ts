/** Months until both arms have the deals they need, with so many deals ending in 90 days; null when none do (DOMAIN F65). */
export function monthsNeeded(perArm: number, dealsIn90Days: number): number | null {
  return dealsIn90Days > 0 ? (2 * perArm) / (dealsIn90Days / 3) : null;
}
