import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import type { BulkRun } from "../generated/prisma/client";
import { reassignOscAndSay, requireOsc } from "../journeys/osc";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { type RowResult, type WaitingRow, workThrough } from "./batch";
import { failBulk } from "./count";
import { recover } from "./recover";
import { findStarted, requireLead } from "./starter";

/**
 * Runs what was counted and confirmed, or on from where it stopped: each row through the command for one customer, with
 * its audit row and event, under the rights its starter has by now. The OSCs whose customers they are or become are told once.
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
  requireLead(ctx, run.kind);
  if (run.memberId) await requireOsc(ctx, run.memberId);
  if (!(await begin(ctx, run))) return;
  const isDone = await workThrough(ctx, { id: run.id, status: "running", from: "waiting" }, (ctx, row) =>
    run.leakId ? recover(ctx, { leakId: run.leakId, reason: run.reason }, row) : assign(ctx, run, row),
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
  if (!memberId) throw new Error("nobody becomes the OSC");
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
    const told = run.leakId ? "off_track_many" : "osc_changed_many";
    const changed = await ctx.db.$queryRaw<{ osc_id: string; count: number }[]>`
      select before->>'oscId' as osc_id, count(*)::int as count from bulk_rows
      where workspace_id = ${w}::uuid and run_id = ${run.id}::uuid and outcome = 'changed' group by 1`;
    for (const { osc_id, count } of changed) await notify(ctx, [osc_id], told, null, { count });
    const all = changed.reduce((sum, { count }) => sum + count, 0);
    if (all > 0 && run.memberId) await notify(ctx, [run.memberId], told, null, { count: all });
    record(ctx, "bulk.finished", { subject: `bulk:${run.id}`, detail: { changed: all, isDone } });
  });
}
