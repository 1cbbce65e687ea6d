import type { Context } from "../context";
import { AppError } from "../errors";
import type { Appointment } from "../generated/prisma/client";
import { type LoadedJourney, loadJourney } from "../journeys/loaded";
import { enqueue } from "../transaction";
import { appointmentLength, outcomePatience } from "./rules";
import type { AppointmentKey } from "./schema";

export type LoadedAppointment = { appointment: Appointment; loaded: LoadedJourney };

/** What an auditor and a live screen get to know an appointment by. */
export function subjectOf(appointment: Pick<Appointment, "id" | "customerId" | "journeyId">) {
  return {
    subject: `appointment:${appointment.id}`,
    customerId: appointment.customerId,
    journeyId: appointment.journeyId,
  };
}

/**
 * Loads an appointment with its journey locked, for its host and for whoever sees the customer. Throws `not_found`, and
 * `conflict` when the caller saw an older version.
 */
export async function loadAppointment(ctx: Context, input: AppointmentKey): Promise<LoadedAppointment> {
  const where = { workspaceId: ctx.workspaceId, id: input.id };
  const found = await ctx.db.appointment.findFirst({ where, select: { journeyId: true, hostId: true } });
  if (!found) throw new AppError("not_found", "appointment");
  const reader: Context = found.hostId === ctx.memberId ? { ...ctx, actor: { kind: "system" } } : ctx;
  const loaded = await loadJourney(reader, { journeyId: found.journeyId });
  const appointment = await ctx.db.appointment.findFirst({ where });
  if (!appointment) throw new AppError("not_found", "appointment");
  if (input.version !== undefined && input.version !== appointment.version) {
    const { state, startAt, version } = appointment;
    throw new AppError("conflict", "version", { current: { state, startAt, version } });
  }
  return { appointment, loaded };
}

/** Who hosts, and for which department; `not_found` unless she is active here. */
export async function getHost(ctx: Context, memberId: string): Promise<{ id: string; spokeId: string | null }> {
  const host = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id: memberId, status: "active" },
    select: { id: true, spokeId: true },
  });
  if (!host) throw new AppError("not_found", "member");
  return host;
}

/** Whether the expected next touchpoint is this very appointment. */
export function isExpected({ appointment, loaded }: LoadedAppointment): boolean {
  const { next } = loaded;
  return next?.type === "appointment" && next.dueAt?.getTime() === appointment.startAt.getTime();
}

/** Two hours after its end somebody asks what became of it. */
export function clockOutcome(ctx: Context, appointment: Pick<Appointment, "id" | "journeyId" | "startAt">): void {
  const runAt = new Date(appointment.startAt.getTime() + appointmentLength + outcomePatience);
  const payload = { appointmentId: appointment.id, journeyId: appointment.journeyId };
  enqueue(ctx, "appointment.outcome", payload, { runAt, key: `outcome:${appointment.id}` });
}
