import { z } from "zod";
import { locales } from "../i18n/locales";
import { isTimeZone } from "../members/schema";

const name = z.string().trim().min(1).max(120);
const timeZone = z.string().refine(isTimeZone, "time_zone");
const currency = z.string().regex(/^[A-Z]{3}$/);

/** A workspace's name in addresses: letters, digits and inner hyphens. */
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/);

export const NewWorkspace = z.object({
  slug,
  name,
  timeZone: timeZone.optional(),
  locale: z.enum(locales).optional(),
  currency: currency.optional(),
  owner: z.object({ email: z.string().trim().toLowerCase().pipe(z.email()), name }),
});
export type NewWorkspace = z.output<typeof NewWorkspace>;

export const ChangeWorkspace = z.strictObject({
  /** The version of the settings, which guards the workspace's own row too. */
  version: z.number().int(),
  name: name.optional(),
  timeZone: timeZone.optional(),
  locale: z.enum(locales).optional(),
  currency: currency.optional(),
  region: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  hubLabel: z.string().trim().min(1).max(20).optional(),
  coverageLeadId: z.uuid().optional(),
  calendarId: z.uuid().optional(),
  firstResponseMinutes: z.number().int().min(1).max(10_080).optional(),
  relayMinutes: z.number().int().min(5).max(10_080).optional(),
});
export type ChangeWorkspace = z.output<typeof ChangeWorkspace>;

const minute = z.number().int().min(0).max(1440);
const opening = z.tuple([minute, minute]).refine(([start, end]) => start < end, "order");
const day = z.iso.date();

const calendar = {
  name,
  timeZone,
  /** Weekday (Sunday = 0) to stretches in minutes of the local day. */
  hours: z
    .partialRecord(z.enum(["0", "1", "2", "3", "4", "5", "6"]), z.array(opening).max(6))
    .refine((hours) => Object.values(hours).some((list) => list.length > 0), "hours"),
  holidays: z
    .array(day)
    .max(400)
    .transform((days) => [...new Set(days)].sort()),
};

export const CreateCalendar = z.strictObject(calendar);
export type CreateCalendar = z.output<typeof CreateCalendar>;

export const ChangeCalendar = z.strictObject({ ...calendar, calendarId: z.uuid(), version: z.number().int() });
export type ChangeCalendar = z.output<typeof ChangeCalendar>;

export const RenameSpoke = z.strictObject({ spokeId: z.uuid(), name, nameHe: z.string().trim().max(120) });
export type RenameSpoke = z.output<typeof RenameSpoke>;

export const CreateTeam = z.strictObject({ name });
export type CreateTeam = z.output<typeof CreateTeam>;

export const RenameTeam = z.strictObject({ teamId: z.uuid(), name });
export type RenameTeam = z.output<typeof RenameTeam>;

export type CalendarView = {
  id: string;
  name: string;
  timeZone: string;
  hours: Record<string, [number, number][]>;
  holidays: string[];
  version: number;
};

export type SpokeView = { id: string; key: string; code: string; name: string; nameHe: string; position: number };
export type TeamView = { id: string; name: string };

export type SettingsView = {
  name: string;
  slug: string;
  timeZone: string;
  locale: string;
  currency: string;
  region: string;
  hubLabel: string;
  coverageLeadId: string | null;
  calendarId: string | null;
  firstResponseMinutes: number;
  relayMinutes: number;
  version: number;
};
