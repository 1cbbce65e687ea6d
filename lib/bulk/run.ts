import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import type { BulkRun } from "../generated/prisma/client";
import { reassignOscAndSay, requireOsc } from "../journeys/osc";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { type RowResult, type WaitingRow, workThrough } from "./batch";
import { failBulk } from "./count";
import { findStarted } from "./starter";

/**
 * Runs what was counted and confirmed, or on from where it stopped: each row through the command for one customer, with
 * its audit row and event, under the rights its starter has by now. The OSCs who win or lose customers are told once.
 */
export async function runBulk(workspaceId: string, runId: string): Promise<void> {
  await inWorkspace(workspaceId, async () => {
    try {
      const started = await findStarted(workspaceId, runId, ["queued", "running"]);
      if (started) await perform(started.ctx, started.run);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await failBulk(workspaceId, runId, error);
    }
  });
}

async function perform(ctx: Context, run: BulkRun): Promise<void> {
  requirePermission(ctx, "osc.reassign");
  await requireOsc(ctx, run.memberId);
  if (!(await begin(ctx, run))) return;
  const isDone = await workThrough(ctx, { id: run.id, status: "running", from: "waiting" }, (ctx, row) =>
    assign(ctx, run, row),
  );
  await finish(ctx, run, isDone);
}

async function begin(ctx: Context, { id }: BulkRun): Promise<boolean> {
  return transaction(ctx, async (ctx) => {
    nothingChanged(ctx);
    const { count } = await ctx.db.bulkRun.updateMany({
      where: { workspaceId: ctx.workspaceId, id, status: { in: ["queued", "running"] } },
      data: { status: "running" },
    });
    return count > 0;
  });
}

async function assign(ctx: Context, { memberId, reason }: BulkRun, row: WaitingRow): Promise<RowResult> {
  try {
    const { customer_id: customerId, journey_id: journeyId } = row;
    const move = await reassignOscAndSay(ctx, { customerId, journeyId, memberId, reason }, false);
    return move ? { outcome: "changed", before: move } : { outcome: "requested" };
  } catch (error) {
    if (error instanceof AppError && error.reason === "same_osc") return { outcome: "unchanged", reason: "same_osc" };
    throw error;
  }
}

async function finish(ctx: Context, run: BulkRun, isDone: boolean): Promise<void> {
  await transaction({ ...ctx, now: new Date() }, async (ctx) => {
    const { workspaceId: w } = ctx;
    const { count } = await ctx.db.bulkRun.updateMany({
      where: { workspaceId: w, id: run.id, ...(isDone ? { status: "running" } : { status: "cancelled" }) },
      data: { ...(isDone ? { status: "done" } : {}), finishedAt: ctx.now, version: { increment: 1 } },
    });
    if (count === 0) return nothingChanged(ctx);
    const lost = await ctx.db.$queryRaw<{ osc_id: string; count: number }[]>`
      select before->>'oscId' as osc_id, count(*)::int as count from bulk_rows
      where workspace_id = ${w}::uuid and run_id = ${run.id}::uuid and outcome = 'changed' group by 1`;
    for (const { osc_id, count } of lost) await notify(ctx, [osc_id], "osc_changed_many", null, { count });
    const won = lost.reduce((sum, { count }) => sum + count, 0);
    if (won > 0) await notify(ctx, [run.memberId], "osc_changed_many", null, { count: won });
    record(ctx, "bulk.finished", { subject: `bulk:${run.id}`, detail: { changed: won, isDone } });
  });
}
