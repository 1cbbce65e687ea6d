import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { enqueue, record, transaction } from "../transaction";
import { clockDwell, clockSilence } from "./clocks";
import { loadForCommand, recordTransition, saveJourney } from "./commands";
import type { LoadedJourney } from "./loaded";
import { replaceNext } from "./next";
import { closeOffTrack } from "./off-track";
import { planHold, planResume } from "./rules";
import type { HoldJourney, JourneyKeyInput } from "./schema";

/** Pauses a journey until a date the customer chose: its clocks stop, held time is not dwell. */
export async function holdJourney(ctx: Context, input: HoldJourney): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const change = enforce(planHold(journey, input.until, ctx.now));
    await recordTransition(
      ctx,
      loaded,
      { stageId: journey.stageId, spokeId: journey.accountableSpokeId, status: "on_hold", cause: "hold" },
      input.reason,
    );
    await closeOffTrack(ctx, loaded, ["T1", "T2", "T3", "T4"], "recovered");
    await saveJourney(ctx, loaded, { ...change, holdUntil: input.until, holdStartedAt: ctx.now });
    enqueue(ctx, "journey.hold_over", { journeyId: journey.id }, { runAt: input.until, key: `hold:${journey.id}` });
    record(ctx, "journey.held", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { until: input.until, reason: input.reason ?? null },
    });
  });
}

/** Ends a pause, now or when its date has come: the clocks go on with what was left of them. */
export async function resumeJourney(ctx: Context, input: JourneyKeyInput): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    await resume(ctx, loaded);
  });
}

/** The body of `resumeJourney`, for the job that ends a pause by date. */
export async function resume(ctx: Context, loaded: LoadedJourney): Promise<void> {
  const { journey } = loaded;
  const change = enforce(planResume(journey));
  await recordTransition(ctx, loaded, {
    stageId: journey.stageId,
    spokeId: journey.accountableSpokeId,
    status: change.status,
    cause: "resume",
  });
  const held = ctx.now.getTime() - (journey.holdStartedAt ?? ctx.now).getTime();
  journey.status = change.status;
  const moved = await shiftNext(ctx, loaded, held);
  clockDwell(
    ctx,
    journey.id,
    new Date(journey.enteredStageAt.getTime() + held + journey.heldMinutes * 60_000),
    loaded.stage.dwellP80Days,
  );
  clockSilence(ctx, journey.id, ctx.now, loaded.stage.silenceDays);
  await saveJourney(ctx, loaded, {
    ...change,
    ...moved,
    holdUntil: null,
    holdStartedAt: null,
    statusBeforeHold: null,
    heldMinutes: journey.heldMinutes + Math.round(held / 60_000),
  });
  record(ctx, "journey.resumed", {
    subject: `journey:${journey.id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
  });
}

async function shiftNext(ctx: Context, loaded: LoadedJourney, heldMilliseconds: number) {
  const { next } = loaded;
  if (!next?.dueAt) return next ? {} : await replaceNext(ctx, loaded, null);
  const dueAt = new Date(next.dueAt.getTime() + heldMilliseconds);
  const startedAt = new Date(next.startedAt.getTime() + heldMilliseconds);
  await ctx.db.touchpoint.updateMany({
    where: { workspaceId: ctx.workspaceId, id: next.id },
    data: { dueAt, startedAt, version: { increment: 1 } },
  });
  enqueue(
    ctx,
    "touchpoint.overdue",
    { journeyId: loaded.journey.id, touchpointId: next.id },
    { runAt: dueAt, key: `T1:${loaded.journey.id}` },
  );
  return { nextStartedAt: startedAt, nextDueAt: dueAt };
}
