import { type Decision, permit, refuse } from "../decision";

export type AppointmentState = "set" | "confirmed" | "kept" | "no_show" | "cancelled" | "rescheduled";

export type RuleAppointment = { state: string; startAt: Date; hostId: string; setById: string };

/** How long an appointment lasts when nobody has said, in milliseconds: an hour. */
export const appointmentLength = 3_600_000;

/** How long after its end nobody may have said what became of it, in milliseconds: two hours. */
export const outcomePatience = 7_200_000;

/** How long after a no-show a new time may be missing, in milliseconds: a day (T5). */
export const rebookPatience = 86_400_000;

const day = 86_400_000;

/** Whether the appointment still stands in the calendar. */
export function isAhead(state: string): boolean {
  return state === "set" || state === "confirmed";
}

/** Decides setting an appointment: ahead of us; how old the lead is then, in days, is kept for the reports. */
export function planAppointment(startAt: Date, arrivedAt: Date, now: Date): Decision<{ leadAgeDays: number }> {
  if (startAt <= now) return refuse("in_the_past", { fields: { startAt: "in_the_past" } });
  return permit({ leadAgeDays: Math.max(0, (now.getTime() - arrivedAt.getTime()) / day) });
}

/** Decides that the customer said she comes. */
export function planConfirmation(appointment: RuleAppointment): Decision<{ state: AppointmentState }> {
  if (!isAhead(appointment.state)) return refuse("appointment_closed");
  if (appointment.state === "confirmed") return refuse("already_confirmed");
  return permit({ state: "confirmed" });
}

/**
 * Decides what became of an appointment. Only its host or a manager says so, not before it began, and whoever set it and
 * is not its host never marks his own (DOMAIN A8), because set and kept appointments are paid.
 */
export function planOutcome(
  appointment: RuleAppointment,
  who: { memberId: string | null; isManager: boolean },
  to: "kept" | "no_show",
  now: Date,
): Decision<{ state: AppointmentState }> {
  if (!isAhead(appointment.state)) return refuse("appointment_closed");
  if (now < appointment.startAt) return refuse("not_yet");
  const isHost = who.memberId === appointment.hostId;
  if (!isHost && who.memberId === appointment.setById) return refuse("self_marking");
  if (!isHost && !who.isManager) return refuse("host_only");
  return permit({ state: to });
}

/** Decides calling an appointment off. */
export function planCancellation(appointment: RuleAppointment): Decision<{ state: AppointmentState }> {
  return isAhead(appointment.state) ? permit({ state: "cancelled" }) : refuse("appointment_closed");
}

/** Decides another time: the old one is replaced by a successor, and both together count once as set. */
export function planReschedule(
  appointment: RuleAppointment,
  startAt: Date,
  now: Date,
): Decision<{ state: AppointmentState }> {
  if (!isAhead(appointment.state) && appointment.state !== "no_show") return refuse("appointment_closed");
  if (startAt <= now) return refuse("in_the_past", { fields: { startAt: "in_the_past" } });
  return permit({ state: appointment.state === "no_show" ? "no_show" : "rescheduled" });
}
