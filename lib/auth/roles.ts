/** Slugs of DOMAIN section 4. */
export const roles = [
  "osc",
  "sales",
  "senior_sales",
  "design",
  "cs",
  "implementation",
  "service",
  "marketing",
  "manager",
  "qa",
  "admin",
  "owner",
  "auditor",
  "partner",
] as const;

export type Role = (typeof roles)[number];

/** Whether the text is one of the role slugs. */
export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
