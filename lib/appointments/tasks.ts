import { addStaffedMinutes } from "../calendar/staffed-time";
import type { Context } from "../context";
import { AppError } from "../errors";
import { openOffTrack } from "../journeys/off-track";
import { isOpen } from "../journeys/rules";
import type { TaskHandler } from "../journeys/tasks";
import { notify } from "../notifications/notify";
import { askForOutcome } from "../tasks/commands";
import { nothingChanged, transaction } from "../transaction";
import { type LoadedAppointment, loadAppointment } from "./loading";
import { appointmentLength, isAhead, outcomePatience } from "./rules";

/** Staffed minutes a host has to say what became of an appointment once asked. */
const answerMinutes = 240;

function onAppointment(check: (ctx: Context, found: LoadedAppointment) => Promise<boolean>): TaskHandler {
  return async (ctx, payload) => {
    await transaction(ctx, async (ctx) => {
      try {
        const found = await loadAppointment(ctx, { id: String(payload.appointmentId) });
        if (!(await check(ctx, found))) nothingChanged(ctx);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "not_found") throw error;
        nothingChanged(ctx);
      }
    });
  };
}

/** Two hours after its end nobody has said what became of it: its host is asked. */
const outcome = onAppointment(async (ctx, { appointment, loaded }) => {
  const askAt = appointment.startAt.getTime() + appointmentLength + outcomePatience;
  if (!isAhead(appointment.state) || askAt > ctx.now.getTime() || !isOpen(loaded.journey.status)) return false;
  const host = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id: appointment.hostId },
    select: { spokeId: true },
  });
  const isNew = await askForOutcome(ctx, {
    appointmentId: appointment.id,
    customerId: appointment.customerId,
    journeyId: appointment.journeyId,
    hostId: appointment.hostId,
    spokeId: host?.spokeId ?? loaded.journey.accountableSpokeId,
    dueAt: addStaffedMinutes(loaded.calendar, ctx.now, answerMinutes),
  });
  if (isNew)
    await notify(ctx, [appointment.hostId], "appointment_outcome", appointment.customerId, {
      customer: loaded.customerName,
    });
  return isNew;
});

/** T5: a day after a no-show there is no new time. */
const noShow = onAppointment(async (ctx, { appointment, loaded }) => {
  if (appointment.state !== "no_show" || appointment.successorId) return false;
  const rebooked = await ctx.db.appointment.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      customerId: appointment.customerId,
      journeyId: appointment.journeyId,
      id: { not: appointment.id },
      state: { in: ["set", "confirmed", "kept"] },
      startAt: { gt: appointment.startAt },
    },
    select: { id: true },
  });
  if (rebooked) return false;
  const evidence = { appointmentId: appointment.id, startAt: appointment.startAt.toISOString() };
  return openOffTrack(ctx, loaded, "T5", evidence);
});

/** The jobs of this noun, by task name. */
export const appointmentTasks: Record<string, TaskHandler> = {
  "appointment.outcome": outcome,
  "appointment.no_show": noShow,
};
