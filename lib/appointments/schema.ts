import { z } from "zod";
import { isTimeZone } from "../calendar/zone";
import { nextInput } from "../journeys/schema";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const timeZone = z.string().max(60).refine(isTimeZone, "unknown_time_zone");
const place = z.string().trim().max(300).nullish();
const key = { id: z.uuid(), version: z.number().int().optional() };

/** Setting an appointment with a customer. */
export const SetAppointment = z.strictObject({
  /** Made by the screen, so that a retry is the same appointment. */
  id: z.uuid().optional(),
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  hostId: z.uuid(),
  startAt: instant,
  /** The zone in which the customer reads the time. */
  timeZone,
  place,
  /** Also makes it the expected next touchpoint, under this name or its own. */
  asNext: z.boolean().default(false),
  name: z.string().trim().min(1).max(200).optional(),
});
export type SetAppointment = z.output<typeof SetAppointment>;

export const AppointmentKey = z.strictObject(key);
export type AppointmentKey = z.output<typeof AppointmentKey>;

export const KeepAppointment = z.strictObject({
  ...key,
  /** What was spoken about, or how it is known. */
  evidence: z.string().trim().max(4000).optional(),
  /** What is expected next; leaving it out starts the orphan timer when the appointment was what was expected. */
  next: nextInput.optional(),
});
export type KeepAppointment = z.output<typeof KeepAppointment>;

export const CancelAppointment = z.strictObject({ ...key, reason: z.string().trim().max(1000).optional() });
export type CancelAppointment = z.output<typeof CancelAppointment>;

export const RescheduleAppointment = z.strictObject({
  ...key,
  startAt: instant,
  timeZone: timeZone.optional(),
  place,
  hostId: z.uuid().optional(),
});
export type RescheduleAppointment = z.output<typeof RescheduleAppointment>;

/** An appointment as it leaves the server. */
export type AppointmentView = {
  id: string;
  customerId: string;
  journeyId: string;
  hostId: string;
  hostName: string;
  setById: string;
  startAt: string;
  timeZone: string;
  place: string | null;
  state: string;
  setAt: string;
  decidedAt: string | null;
  keptEvidence: string | null;
  successorId: string | null;
  leadAgeDays: number;
  version: number;
};
