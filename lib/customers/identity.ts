import type { IdentityLevel } from "./schema";

export type KnownPoint = { kind: string; isReachable: boolean; isVerified: boolean };

/**
 * How much we know of a person (DOMAIN 5): contactable exactly when a phone or e-mail of verified format is there,
 * verified when one of those was proven to be hers, partial with a name alone, anonymous with no more than a handle.
 */
export function identityLevelOf({
  hasName,
  points,
}: {
  hasName: boolean;
  points: readonly KnownPoint[];
}): IdentityLevel {
  const reachable = points.filter((point) => point.kind !== "social" && point.isReachable);
  if (reachable.some((point) => point.isVerified)) return "verified";
  if (reachable.length > 0) return "contactable";
  return hasName ? "partial" : "anonymous";
}

/** Whether a person's name is a name and not the handle, address or number she was first seen under. */
export function isRealName(name: string, values: readonly string[]): boolean {
  const bare = name.trim().toLowerCase().replace(/^@/, "");
  if (bare === "" || name.trim().startsWith("@")) return false;
  return !values.some((value) => value.toLowerCase() === bare || value.toLowerCase().split(":").at(-1) === bare);
}

type Named = { name: string; familyName?: string | null };

/** The name of a household from its people: one is enough, a shared family name is said once, more than three are counted. */
export function householdName(persons: readonly Named[]): string {
  const [first, ...others] = persons;
  if (!first) return "";
  if (others.length === 0) return first.name;
  const family = sharedFamily(persons);
  if (family && persons.length === 2)
    return `${persons.map((person) => withoutFamily(person.name, family)).join(" & ")} ${family}`;
  if (persons.length <= 3) return persons.map(({ name }) => name).join(" & ");
  return `${first.name} + ${others.length}`;
}

function sharedFamily(persons: readonly Named[]): string | null {
  const families = new Set(
    persons.map(({ name, familyName }) => familyName ?? (name.includes(" ") ? name.split(" ").at(-1) : name)),
  );
  const [family] = families;
  return families.size === 1 && family && persons.every(({ name }) => name.endsWith(` ${family}`)) ? family : null;
}

function withoutFamily(name: string, family: string): string {
  return name.slice(0, -family.length).trim();
}
