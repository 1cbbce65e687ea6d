import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { nothingChanged, record, transaction } from "../transaction";
import { loadJourney } from "./loaded";
import { closeOffTrack } from "./off-track";
import type { CloseOffTrack, CompleteStep } from "./schema";
import type { Trigger } from "./vocabulary";

/** Triggers that end when their play is played; the others end when what they wait for happens. */
const endsWithPlay: readonly Trigger[] = ["T9", "T2"];

/** Ticks one step of a recovery play; a spoke's people tick their own steps, the hub and managers any. */
export async function completeRecoveryStep(ctx: Context, { stepId, customerId }: CompleteStep): Promise<void> {
  requirePermission(ctx, "recovery.play");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const step = await ctx.db.recoveryStep.findFirst({ where: { workspaceId, id: stepId, customerId } });
    if (!step) throw new AppError("not_found", "step");
    const loaded = await loadJourney(ctx, { journeyId: step.journeyId });
    const isOwner = (ctx.memberId !== null && step.ownerId === ctx.memberId) || step.spokeId === ctx.spokeId;
    if (!isOwner && !canAs(ctx.roles, "recovery.play", "yes")) throw new AppError("forbidden", "recovery.play");
    const { count } = await ctx.db.recoveryStep.updateMany({
      where: { workspaceId, id: stepId, doneAt: null },
      data: { doneAt: ctx.now, doneById: ctx.memberId },
    });
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "recovery.step_done", {
      subject: `recovery_step:${stepId}`,
      customerId,
      journeyId: step.journeyId,
      detail: { name: step.name },
    });
    const left = await ctx.db.recoveryStep.count({ where: { workspaceId, eventId: step.eventId, doneAt: null } });
    const event = loaded.offTrack.find(({ id }) => id === step.eventId);
    if (left === 0 && event && endsWithPlay.includes(event.trigger as Trigger)) {
      await closeOffTrack(ctx, loaded, [event.trigger as Trigger], "recovered");
    }
  });
}

/** Closes one off-track event by hand, with who and why. */
export async function closeOffTrackEvent(ctx: Context, input: CloseOffTrack): Promise<void> {
  requirePermission(ctx, "recovery.play", "yes");
  await transaction(ctx, async (ctx) => {
    if (!isId(input.eventId)) throw new AppError("not_found", "event");
    const event = await ctx.db.offTrackEvent.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.eventId, customerId: input.customerId },
    });
    if (!event) throw new AppError("not_found", "event");
    const loaded = await loadJourney(ctx, { journeyId: event.journeyId });
    const closed = await closeOffTrack(ctx, loaded, [event.trigger as Trigger], input.state);
    if (closed.length === 0) throw new AppError("conflict", "already_closed", { current: { state: event.state } });
    record(ctx, "journey.off_track_reason", {
      subject: `off_track_event:${event.id}`,
      customerId: event.customerId,
      journeyId: event.journeyId,
      detail: { state: input.state, reason: input.reason },
    });
  });
}
