import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Appointment } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { loadForCommand, saveJourney } from "../journeys/commands";
import type { LoadedJourney } from "../journeys/loaded";
import { planNext, replaceNext } from "../journeys/next";
import { closeOffTrack } from "../journeys/off-track";
import { isOpen } from "../journeys/rules";
import { notify } from "../notifications/notify";
import { settleOutcome } from "../tasks/commands";
import { record, transaction } from "../transaction";
import { clockOutcome, getHost, isExpected, type LoadedAppointment, loadAppointment, subjectOf } from "./loading";
import { type AppointmentState, planAppointment, planCancellation, planConfirmation, planReschedule } from "./rules";
import type { AppointmentKey, CancelAppointment, RescheduleAppointment, SetAppointment } from "./schema";

type Host = { id: string; spokeId: string | null };

/** The appointment becomes what is expected next, due when it begins. */
async function expectAppointment(
  ctx: Context,
  loaded: LoadedJourney,
  at: { startAt: Date; name?: string; host: Host },
) {
  const { host, startAt } = at;
  const standing = loaded.next?.type === "appointment" ? loaded.next.name : undefined;
  const touchpoint = planNext(ctx, loaded, {
    name: at.name ?? standing ?? "Appointment",
    type: "appointment",
    medium: "onsite",
    ownerId: host.id,
    dueAt: startAt,
    ...(host.spokeId ? { spokeId: host.spokeId } : {}),
  });
  await saveJourney(ctx, loaded, await replaceNext(ctx, loaded, touchpoint));
}

async function insertAppointment(
  ctx: Context,
  { journey, customerName }: LoadedJourney,
  host: Host,
  data: Pick<Appointment, "id" | "setById" | "startAt" | "timeZone" | "place" | "leadAgeDays">,
): Promise<void> {
  const { workspaceId } = ctx;
  const base = { workspaceId, customerId: journey.customerId, journeyId: journey.id };
  await ctx.db.appointment.create({ data: { ...base, ...data, workspaceId, hostId: host.id, setAt: ctx.now } });
  if (host.spokeId) {
    await ctx.db.journeySpoke.createMany({
      data: [{ workspaceId, journeyId: journey.id, spokeId: host.spokeId, firstAt: ctx.now }],
      skipDuplicates: true,
    });
  }
  clockOutcome(ctx, { ...base, ...data });
  await notify(ctx, [host.id], "appointment", journey.customerId, { customer: customerName, startAt: data.startAt });
}

/** Sets an appointment; it may become the expected next touchpoint. A rebooking after a no-show puts that right (T5). */
export async function setAppointment(ctx: Context, input: SetAppointment): Promise<{ id: string }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    if (!isOpen(journey.status)) throw new AppError("refused", "journey_closed");
    const { leadAgeDays } = enforce(planAppointment(input.startAt, journey.arrivedAt, ctx.now));
    const host = await getHost(ctx, input.hostId);
    const id = input.id ?? newId();
    const { startAt, timeZone } = input;
    const setById = ctx.memberId ?? journey.oscId;
    await insertAppointment(ctx, loaded, host, {
      id,
      setById,
      startAt,
      timeZone,
      place: input.place ?? null,
      leadAgeDays,
    });
    if (input.asNext)
      await expectAppointment(ctx, loaded, { startAt, host, ...(input.name ? { name: input.name } : {}) });
    await closeOffTrack(ctx, loaded, ["T5"], "recovered");
    record(ctx, "appointment.set", {
      ...subjectOf({ id, customerId: journey.customerId, journeyId: journey.id }),
      detail: { hostId: host.id, startAt, timeZone, place: input.place ?? null, leadAgeDays },
      data: { startAt },
    });
    return { id };
  });
}

async function saveState(
  ctx: Context,
  { appointment }: LoadedAppointment,
  state: AppointmentState,
  more: { successorId?: string } = {},
): Promise<void> {
  const isDecision = state !== "confirmed";
  await ctx.db.appointment.updateMany({
    where: { workspaceId: ctx.workspaceId, id: appointment.id, version: appointment.version },
    data: {
      state,
      ...more,
      ...(isDecision ? { decidedAt: ctx.now, decidedById: ctx.memberId } : {}),
      version: { increment: 1 },
    },
  });
}

/** The customer said she comes. */
export async function confirmAppointment(ctx: Context, input: AppointmentKey): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const found = await loadAppointment(ctx, input);
    const { state } = enforce(planConfirmation(found.appointment));
    await saveState(ctx, found, state);
    record(ctx, "appointment.confirmed", {
      ...subjectOf(found.appointment),
      detail: { before: found.appointment.state, after: state },
    });
  });
}

/** Calls an appointment off; when it was what was expected next, nothing is, and the orphan timer starts. */
export async function cancelAppointment(ctx: Context, input: CancelAppointment): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const found = await loadAppointment(ctx, input);
    const { appointment, loaded } = found;
    const { state } = enforce(planCancellation(appointment));
    await saveState(ctx, found, state);
    if (isExpected(found)) await saveJourney(ctx, loaded, await replaceNext(ctx, loaded, null, "cancelled"));
    await settleOutcome(ctx, appointment.id);
    await notify(ctx, [appointment.hostId], "appointment_cancelled", appointment.customerId, {
      customer: loaded.customerName,
    });
    record(ctx, "appointment.cancelled", {
      ...subjectOf(appointment),
      detail: { before: appointment.state, after: state, reason: input.reason ?? null },
    });
  });
}

/**
 * Moves an appointment to another time: a successor stands in its place, and the chain counts once as set. What was
 * expected next moves with it; a no-show that gets a new time is put right (T5).
 */
export async function rescheduleAppointment(ctx: Context, input: RescheduleAppointment): Promise<{ id: string }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const found = await loadAppointment(ctx, input);
    const { appointment, loaded } = found;
    if (!isOpen(loaded.journey.status)) throw new AppError("refused", "journey_closed");
    if (appointment.successorId) throw new AppError("refused", "appointment_closed");
    const { state } = enforce(planReschedule(appointment, input.startAt, ctx.now));
    const host = await getHost(ctx, input.hostId ?? appointment.hostId);
    const id = newId();
    await insertAppointment(ctx, loaded, host, {
      id,
      setById: appointment.setById,
      startAt: input.startAt,
      timeZone: input.timeZone ?? appointment.timeZone,
      place: input.place === undefined ? appointment.place : input.place,
      leadAgeDays: appointment.leadAgeDays,
    });
    if (state === "rescheduled") await saveState(ctx, found, state, { successorId: id });
    else {
      await ctx.db.appointment.updateMany({
        where: { workspaceId: ctx.workspaceId, id: appointment.id, version: appointment.version },
        data: { successorId: id, version: { increment: 1 } },
      });
    }
    if (isExpected(found) || state === "no_show")
      await expectAppointment(ctx, loaded, { startAt: input.startAt, host });
    await closeOffTrack(ctx, loaded, ["T1", "T5"], "recovered");
    await settleOutcome(ctx, appointment.id);
    record(ctx, "appointment.rescheduled", {
      ...subjectOf(appointment),
      detail: { before: appointment.startAt, after: input.startAt, successorId: id, hostId: host.id },
      data: { successorId: id, startAt: input.startAt },
    });
    return { id };
  });
}
