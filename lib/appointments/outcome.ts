import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { logInteraction } from "../interactions/commands";
import { saveJourney } from "../journeys/commands";
import { replaceNext } from "../journeys/next";
import { notify } from "../notifications/notify";
import { settleOutcome } from "../tasks/commands";
import { enqueue, record, transaction } from "../transaction";
import { isExpected, type LoadedAppointment, loadAppointment, subjectOf } from "./loading";
import { planOutcome, rebookPatience } from "./rules";
import type { AppointmentKey, KeepAppointment } from "./schema";

/** Writes the host's word; only one who may say it gets here. */
async function decide(ctx: Context, input: KeepAppointment, to: "kept" | "no_show"): Promise<LoadedAppointment> {
  const found = await loadAppointment(ctx, input);
  const { appointment } = found;
  const who = { memberId: ctx.memberId, isManager: ctx.roles.includes("manager") };
  const { state } = enforce(planOutcome(appointment, who, to, ctx.now));
  await ctx.db.appointment.updateMany({
    where: { workspaceId: ctx.workspaceId, id: appointment.id, version: appointment.version },
    data: {
      state,
      decidedAt: ctx.now,
      decidedById: ctx.memberId,
      ...(input.evidence ? { keptEvidence: input.evidence } : {}),
      version: { increment: 1 },
    },
  });
  await settleOutcome(ctx, appointment.id);
  return found;
}

/** Whether somebody has logged the meeting already, so that it is not logged twice. */
async function isLogged(ctx: Context, { appointment }: LoadedAppointment): Promise<boolean> {
  const meeting = await ctx.db.interaction.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      customerId: appointment.customerId,
      journeyId: appointment.journeyId,
      type: "appointment",
      isTwoWay: true,
      startedAt: { gte: new Date(appointment.startAt.getTime() - 3_600_000) },
    },
    select: { id: true },
  });
  return meeting !== null;
}

/**
 * The appointment took place, as its host or a manager says (DOMAIN A8). It is a contact on the timeline, and completes
 * the expected next touchpoint when it was that.
 */
export async function keepAppointment(ctx: Context, input: KeepAppointment): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const found = await decide(ctx, input, "kept");
    const { appointment, loaded } = found;
    if (!(await isLogged(ctx, found))) {
      await logInteraction(ctx, {
        customerId: appointment.customerId,
        journeyId: appointment.journeyId,
        personId: loaded.journey.primaryPersonId,
        medium: "onsite",
        direction: "outbound",
        type: "appointment",
        isTwoWay: true,
        isAutomated: false,
        agentId: appointment.hostId,
        startedAt: appointment.startAt,
        summary: input.evidence ?? "",
        moments: [],
        hadToRepeat: false,
        completesNext: isExpected(found),
        ...(input.next ? { next: input.next } : {}),
      });
    }
    await notify(ctx, [appointment.setById, loaded.journey.oscId], "appointment_kept", appointment.customerId, {
      customer: loaded.customerName,
    });
    record(ctx, "appointment.kept", {
      ...subjectOf(appointment),
      detail: { before: appointment.state, after: "kept", evidence: input.evidence ?? null },
    });
  });
}

/** The customer did not come, as the host or a manager says; without a new time in a day the journey goes off track (T5). */
export async function missAppointment(ctx: Context, input: AppointmentKey): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const found = await decide(ctx, input, "no_show");
    const { appointment, loaded } = found;
    if (isExpected(found)) await saveJourney(ctx, loaded, await replaceNext(ctx, loaded, null, "missed"));
    enqueue(
      ctx,
      "appointment.no_show",
      { appointmentId: appointment.id, journeyId: appointment.journeyId },
      { runAt: new Date(ctx.now.getTime() + rebookPatience), key: `T5:${appointment.id}` },
    );
    await notify(ctx, [appointment.setById, loaded.journey.oscId], "appointment_no_show", appointment.customerId, {
      customer: loaded.customerName,
    });
    record(ctx, "appointment.no_show", {
      ...subjectOf(appointment),
      detail: { before: appointment.state, after: "no_show" },
    });
  });
}
