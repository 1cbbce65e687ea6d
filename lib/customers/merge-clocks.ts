import type { Context } from "../context";
import { clockDwell, clockNext, clockSilence, clockUnanswered } from "../journeys/clocks";
import { isClocked } from "../journeys/rules";
import { enqueue } from "../transaction";

/**
 * Sets the jobs of a journey's clocks anew from its rows: after a merge, or after one was taken back, they may belong to
 * what is no longer there. A clock that ran out meanwhile fires at once.
 */
export async function restartClocks(ctx: Context, journeyId: string): Promise<void> {
  const { workspaceId } = ctx;
  const journey = await ctx.db.journey.findFirst({ where: { workspaceId, id: journeyId } });
  if (!journey) return;
  if (journey.status === "on_hold" && journey.holdUntil) {
    enqueue(ctx, "journey.hold_over", { journeyId }, { runAt: journey.holdUntil, key: `hold:${journeyId}` });
  }
  if (!isClocked(journey.status)) return;
  const next = await ctx.db.touchpoint.findFirst({
    where: { workspaceId, journeyId, state: { in: ["planned", "due"] } },
    select: { id: true, dueAt: true },
  });
  if (next?.dueAt) clockNext(ctx, journeyId, next.id, next.dueAt);
  if (journey.unansweredSince && journey.unansweredDueAt) clockUnanswered(ctx, journeyId, journey.unansweredDueAt);
  if (!journey.nextDueAt && !journey.lastTwoWayAt && journey.importId) return; // an import's clocks start with the first contact
  const stage = await ctx.db.stage.findFirst({ where: { workspaceId, id: journey.stageId } });
  clockDwell(
    ctx,
    journeyId,
    new Date(journey.enteredStageAt.getTime() + journey.heldMinutes * 60_000),
    stage?.dwellP80Days ?? null,
  );
  clockSilence(ctx, journeyId, journey.lastTwoWayAt ?? journey.enteredStageAt, stage?.silenceDays ?? null);
}
