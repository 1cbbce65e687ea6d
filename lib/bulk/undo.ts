import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import type { BulkRun } from "../generated/prisma/client";
import type { OscMove } from "../journeys/osc";
import { restoreOsc } from "../journeys/osc-restore";
import { type BegunPlay, takePlayBack } from "../journeys/put-back";
import { nothingChanged, record, transaction } from "../transaction";
import { workThrough } from "./batch";
import { failBulk } from "./count";
import { findStarted } from "./starter";

/**
 * Takes a run back row by row: the old OSC returns unless somebody changed the OSC since, or the new one was introduced,
 * and a play is taken off again unless somebody has worked on the customer since; such a row is kept and says why. A stopped undo goes on from where it was.
 */
export async function runBulkUndo(workspaceId: string, runId: string): Promise<void> {
  await inWorkspace(workspaceId, async () => {
    try {
      const started = await findStarted(workspaceId, runId, ["undoing"]);
      if (started) await perform(started.ctx, started.run);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await failBulk(workspaceId, runId, error);
    }
  });
}

async function perform(ctx: Context, { id, kind, memberId }: BulkRun): Promise<void> {
  const isDone = await workThrough(ctx, { id, status: "undoing", from: "changed" }, async (ctx, row) => {
    if (kind === "recover") await takePlayBack(ctx, { journeyId: row.journey_id, begun: row.before as BegunPlay });
    else await restoreOsc(ctx, { journeyId: row.journey_id, memberId: memberId ?? "", move: row.before as OscMove });
    return { outcome: "restored" };
  });
  if (!isDone) return;
  await transaction({ ...ctx, now: new Date() }, async (ctx) => {
    const { workspaceId } = ctx;
    const { count } = await ctx.db.bulkRun.updateMany({
      where: { workspaceId, id, status: "undoing" },
      data: { status: "undone", undoneAt: ctx.now, version: { increment: 1 } },
    });
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "bulk.undone", { subject: `bulk:${id}` });
  });
}
