import { normalizeEmail, normalizeHandle, tidyText } from "./normalize";
import { normalizePhone } from "./phone";
import type { ContactKind, PersonInput } from "./schema";

/** A contact point in the one form in which it is stored and compared, and whether it could reach somebody. */
export type ReadPoint = {
  kind: ContactKind;
  value: string;
  raw: string;
  label: string | null;
  isReachable: boolean;
  search: string[];
};

const networks: readonly [RegExp, string][] = [
  [/instagram\.com/i, "instagram"],
  [/facebook\.com|fb\.com/i, "facebook"],
  [/linkedin\.com/i, "linkedin"],
  [/tiktok\.com/i, "tiktok"],
  [/(twitter|x)\.com/i, "x"],
  [/youtube\.com/i, "youtube"],
  [/t\.me|telegram/i, "telegram"],
];

function readSocial(raw: string): { value: string; handle: string } | null {
  const named = /^([a-z][a-z0-9_-]{0,30}):(?!\/\/)(.+)$/i.exec(tidyText(raw));
  const handle = normalizeHandle(named?.[2] ?? raw);
  if (!handle) return null;
  const network = named?.[1]?.toLowerCase() ?? networks.find(([pattern]) => pattern.test(raw))?.[1] ?? "social";
  return { value: `${network}:${handle}`, handle };
}

/** Reads one contact point as of `region`; null when it is none of its kind. */
export function readContactPoint(
  kind: ContactKind,
  raw: string,
  region: string,
  label?: string | null,
): ReadPoint | null {
  const base = { kind, raw: tidyText(raw), label: label ?? null };
  if (kind === "email") {
    const email = normalizeEmail(raw);
    return email ? { ...base, value: email, isReachable: true, search: [email] } : null;
  }
  if (kind === "phone") {
    const phone = normalizePhone(raw, region);
    return phone
      ? { ...base, value: phone.e164, isReachable: phone.isValid, search: [phone.e164, phone.national] }
      : null;
  }
  const social = readSocial(raw);
  return social ? { ...base, value: social.value, isReachable: false, search: [social.handle] } : null;
}

/** What search finds a stored contact point by. */
export function searchPartsOf(kind: string, value: string): string[] {
  return readContactPoint(kind as ContactKind, value, "US")?.search ?? [value];
}

/** Whether a stored contact point could reach somebody: an e-mail address, or a phone number that fits a numbering plan. */
export function isReachable(kind: string, value: string): boolean {
  return readContactPoint(kind as ContactKind, value, "US")?.isReachable ?? false;
}

/** A person as given, with the contact points that could be read. */
export type ReadPersonInput = { input: PersonInput; points: ReadPoint[] };

const lists = [
  ["emails", "email"],
  ["phones", "phone"],
  ["socials", "social"],
] as const;

/** Reads every contact point of a person; `problems` names the field of each one that is none, dotted. */
export function readContactPoints(
  person: Pick<PersonInput, "emails" | "phones" | "socials">,
  region: string,
): { points: ReadPoint[]; problems: Record<string, string> } {
  const points = new Map<string, ReadPoint>();
  const problems: Record<string, string> = {};
  for (const [list, kind] of lists) {
    person[list].forEach(({ value, label }, index) => {
      const point = readContactPoint(kind, value, region, label);
      if (!point) problems[`${list}.${index}`] = `bad_${kind}`;
      else if (!points.has(`${kind} ${point.value}`)) points.set(`${kind} ${point.value}`, point);
    });
  }
  return { points: [...points.values()], problems };
}
