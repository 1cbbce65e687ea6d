import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { record, transaction } from "../transaction";
import { saveJourney } from "./commands";
import { loadJourney } from "./loaded";
import { type OscMove, requireOsc } from "./osc";

/** Which change of the OSC is taken back: whom it named, and what it moved. */
export type RestoreOsc = { journeyId: string; memberId: string; move: OscMove };

/**
 * Takes one change of the OSC back as if it had not been: the assignment before goes on, the introduction is owed no more,
 * and what moved with it returns unless it was given on. Throws `refused`: `changed_since` when the journey has yet another
 * OSC or the new one was introduced, `not_an_osc` when the one before may be nobody's OSC any more.
 */
export async function restoreOsc(ctx: Context, { journeyId, memberId, move }: RestoreOsc): Promise<void> {
  requirePermission(ctx, "osc.reassign", "yes");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const loaded = await loadJourney(ctx, { journeyId });
    const { journey } = loaded;
    const open = await ctx.db.oscAssignment.findFirst({ where: { workspaceId, journeyId, toAt: null } });
    if (journey.oscId !== memberId || open?.id !== move.assignmentId || open.introducedAt || !move.previousId)
      throw new AppError("refused", "changed_since");
    await requireOsc(ctx, move.oscId);

    await ctx.db.oscAssignment.deleteMany({ where: { workspaceId, id: move.assignmentId } });
    await ctx.db.oscAssignment.updateMany({ where: { workspaceId, id: move.previousId }, data: { toAt: null } });
    const isStillHers = journey.accountableId === memberId && journey.accountableSpokeId === loaded.hubSpokeId;
    await saveJourney(ctx, loaded, {
      oscId: move.oscId,
      ...(isStillHers ? { accountableId: move.accountableId } : {}),
    });
    await giveBack(ctx, memberId, move);
    record(ctx, "osc.restored", {
      subject: `journey:${journeyId}`,
      customerId: journey.customerId,
      journeyId,
      detail: { before: memberId, after: move.oscId },
      data: { oscId: move.oscId },
    });
  });
}

async function giveBack(ctx: Context, memberId: string, move: OscMove): Promise<void> {
  const { workspaceId } = ctx;
  const among = (ids: string[]) => ({ workspaceId, id: { in: ids } });
  await ctx.db.task.deleteMany({ where: { workspaceId, id: move.taskId, state: "open", kind: "introduction" } });
  if (move.stepIds.length > 0) {
    await ctx.db.recoveryStep.updateMany({
      where: { ...among(move.stepIds), ownerId: memberId, doneAt: null },
      data: { ownerId: move.oscId },
    });
  }
  if (move.touchpointIds.length > 0) {
    await ctx.db.touchpoint.updateMany({
      where: { ...among(move.touchpointIds), ownerId: memberId, state: { in: ["planned", "due", "in_progress"] } },
      data: { ownerId: move.oscId, version: { increment: 1 } },
    });
  }
  if (move.relayIds.length > 0) {
    await ctx.db.relay.updateMany({
      where: { ...among(move.relayIds), fromId: memberId, state: { in: ["sent", "acked"] } },
      data: { fromId: move.oscId },
    });
  }
  if (move.caseIds && move.caseIds.length > 0) {
    await ctx.db.recoveryCase.updateMany({
      where: { ...among(move.caseIds), ownerId: memberId, closedAt: null },
      data: { ownerId: move.oscId, version: { increment: 1 } },
    });
    await ctx.db.recoveryCaseStep.updateMany({
      where: { workspaceId, caseId: { in: move.caseIds }, ownerId: memberId, doneAt: null },
      data: { ownerId: move.oscId },
    });
  }
  if (move.promiseIds.length > 0) {
    await ctx.db.customerPromise.updateMany({
      where: { ...among(move.promiseIds), byId: memberId, state: "open" },
      data: { byId: move.oscId, version: { increment: 1 } },
    });
  }
}
