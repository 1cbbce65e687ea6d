const tolerance = 1e-9;

/** Whether `value` reaches `limit`, forgiving 1e-9 of floating point error (DOMAIN 6.0). */
export function isAtLeast(value: number, limit: number): boolean {
  return value >= limit - tolerance;
}

/** Whether `value` stays within `limit`, forgiving 1e-9 of floating point error (DOMAIN 6.0). */
export function isAtMost(value: number, limit: number): boolean {
  return value <= limit + tolerance;
}
