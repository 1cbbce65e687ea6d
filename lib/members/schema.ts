import { z } from "zod";
import { roles } from "../auth/roles";
import { locales } from "../i18n/locales";

const name = z.string().trim().min(1).max(120);
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ pattern: z.regexes.html5Email }));
const roleSet = z
  .array(z.enum(roles))
  .min(1)
  .max(roles.length)
  .transform((list) => [...new Set(list)]);
const languages = z
  .array(z.enum(locales))
  .min(1)
  .transform((list) => [...new Set(list)]);
const timeZone = z.string().refine(isTimeZone, "time_zone");

/** Whether the text names a time zone that this machine knows. */
export function isTimeZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: text }));
  } catch {
    return false;
  }
}

const details = {
  roles: roleSet,
  spokeId: z.uuid().nullable(),
  teamId: z.uuid().nullable(),
  languages,
};

export const InviteMember = z.strictObject({
  email,
  name,
  /** A member that is there without an e-mail, from an import for instance. */
  memberId: z.uuid().optional(),
  roles: details.roles,
  spokeId: details.spokeId.optional(),
  teamId: details.teamId.optional(),
  languages: details.languages.optional(),
});
export type InviteMember = z.output<typeof InviteMember>;

/** For what a member does to herself: the context says who she is. */
export const Nothing = z.strictObject({});

export const MemberKey = z.strictObject({ memberId: z.uuid() });
export type MemberKey = z.output<typeof MemberKey>;

export const ChangeMember = z.strictObject({
  memberId: z.uuid(),
  version: z.number().int(),
  name: name.optional(),
  phone: z.string().trim().max(40).nullable().optional(),
  roles: details.roles.optional(),
  spokeId: details.spokeId.optional(),
  teamId: details.teamId.optional(),
  languages: details.languages.optional(),
  calendarId: z.uuid().nullable().optional(),
  timeZone: timeZone.nullable().optional(),
  /** In new leads (DOMAIN F04). */
  capacity: z.number().int().min(0).max(10_000).optional(),
  /** Whether customer success, implementation or service offers more to customers who bought. */
  mayUpsell: z.boolean().optional(),
  awayUntil: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullable()
    .optional(),
});
export type ChangeMember = z.output<typeof ChangeMember>;

export const DeactivateMember = z.strictObject({
  memberId: z.uuid(),
  version: z.number().int(),
  /** Who takes over her customers, and the coverage group when she leads it. */
  successorId: z.uuid().optional(),
});
export type DeactivateMember = z.output<typeof DeactivateMember>;

export const ReactivateMember = z.strictObject({ memberId: z.uuid(), version: z.number().int() });
export type ReactivateMember = z.output<typeof ReactivateMember>;

/** A member as the settings show her. */
export type MemberView = {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  roles: string[];
  spokeId: string | null;
  teamId: string | null;
  calendarId: string | null;
  languages: string[];
  timeZone: string | null;
  capacity: number;
  /** Whether she offers more to customers who bought, where her role may not sell. */
  mayUpsell: boolean;
  awayUntil: string | null;
  isAway: boolean;
  status: string;
  isMe: boolean;
  isCoverageLead: boolean;
  /** Open journeys that she is the OSC of. */
  openJourneys: number;
  invitation: { expiresAt: string; isExpired: boolean } | null;
  version: number;
};
