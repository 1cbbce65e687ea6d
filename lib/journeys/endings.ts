import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { notify } from "../notifications/notify";
import { enqueue, record, transaction } from "../transaction";
import { enterStage, getTargetStage, loadForCommand, recordTransition, saveJourney } from "./commands";
import { replaceNext } from "./next";
import { closeOffTrack } from "./off-track";
import { planComplete, planLose, planReopen } from "./rules";
import type { JourneyKeyInput, LoseJourney, ReopenJourney } from "./schema";

/** Drops a journey, with why and whether the customer said so; what was open on it ends with it. */
export async function loseJourney(ctx: Context, input: LoseJourney): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const change = enforce(planLose(journey));
    await recordTransition(
      ctx,
      loaded,
      { stageId: journey.stageId, spokeId: journey.accountableSpokeId, status: "lost", cause: "drop" },
      input.note ?? input.lostReason,
    );
    await closeOffTrack(ctx, loaded, "all", "lost");
    journey.status = "lost";
    const clock = await replaceNext(ctx, loaded, null, "cancelled");
    await saveJourney(ctx, loaded, {
      ...change,
      ...clock,
      lostReason: input.lostReason,
      lostByCustomer: input.byCustomer,
      unansweredSince: null,
      unansweredDueAt: null,
    });
    enqueue(ctx, "relay.expire", { journeyId: journey.id });
    enqueue(ctx, "handoff.cancel", { journeyId: journey.id });
    await notify(ctx, [journey.oscId, journey.accountableId], "lost", journey.customerId, {
      customer: loaded.customerName,
      reason: input.lostReason,
    });
    record(ctx, "journey.lost", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { reason: input.lostReason, byCustomer: input.byCustomer, note: input.note ?? null },
      data: { reason: input.lostReason },
    });
  });
}

/** Takes a lost journey up again under the same id: a new stage entry, a new risk interval. */
export async function reopenJourney(ctx: Context, input: ReopenJourney): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const stage = input.stageId ? await getTargetStage(ctx, input.stageId) : loaded.stage;
    if (stage.templateId !== loaded.journey.templateId) throw new AppError("refused", "other_template");
    const { status } = enforce(planReopen(loaded.journey, stage));
    await enterStage(
      ctx,
      loaded,
      stage,
      { stageId: stage.id, spokeId: stage.spokeId, status, cause: "reopen" },
      { reason: input.reason },
    );
  });
}

/** Ends the circle after the last stage. Winning does not end a journey, completing does (INV J6). */
export async function completeJourney(ctx: Context, input: JourneyKeyInput): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const last = await ctx.db.stage.aggregate({
      where: { workspaceId: ctx.workspaceId, templateId: journey.templateId },
      _max: { position: true },
    });
    const change = enforce(planComplete(journey, loaded.stage, last._max.position ?? 0));
    await recordTransition(ctx, loaded, {
      stageId: journey.stageId,
      spokeId: journey.accountableSpokeId,
      status: "completed",
      cause: "complete",
    });
    await closeOffTrack(ctx, loaded, "all", "recovered");
    journey.status = "completed";
    const clock = await replaceNext(ctx, loaded, null, "cancelled");
    await saveJourney(ctx, loaded, { ...change, ...clock, unansweredSince: null, unansweredDueAt: null });
    enqueue(ctx, "relay.expire", { journeyId: journey.id });
    enqueue(ctx, "handoff.cancel", { journeyId: journey.id });
    record(ctx, "journey.completed", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
    });
  });
}
