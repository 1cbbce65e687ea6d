import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { mayOnlyAskForOsc, requireOsc } from "../journeys/osc";
import { requireMaker } from "../keys/queries";
import { enqueue, record, transaction } from "../transaction";
import { getOwnRun } from "./queries";
import { planCancel, planConfirm, planUndo } from "./rules";
import type { AssignMany, BulkKey, BulkStatus, RecoverMany } from "./schema";
import { requireLead, requireSomeLead } from "./starter";

/**
 * Counts in the background what giving the selected customers another OSC would do; nothing changes before it is confirmed.
 * Whoever may only ask for another OSC counts what she would ask for.
 */
export async function assignMany(ctx: Context, input: AssignMany): Promise<{ id: string }> {
  requirePermission(ctx, "osc.reassign");
  await requireMaker(ctx);
  const { memberId: createdById, workspaceId } = ctx;
  // What goes on in the background has all roles of who started it, which are more than those of such a key.
  const isLesserKey = ctx.actor.kind === "key" && mayOnlyAskForOsc(ctx.roles);
  if (!createdById || isLesserKey) throw new AppError("forbidden", "osc.reassign");
  return transaction(ctx, async (ctx) => {
    await requireOsc(ctx, input.memberId);
    const id = newId();
    const { selection, memberId, reason } = input;
    await ctx.db.bulkRun.create({
      data: {
        ...{ workspaceId, id, kind: "assign_osc", selection, memberId, reason, createdById },
        isRequest: mayOnlyAskForOsc(ctx.roles),
        createdAt: ctx.now,
      },
    });
    enqueue(ctx, "bulk.count", { runId: id }, { key: `bulk-count:${id}` });
    record(ctx, "bulk.created", { subject: `bulk:${id}`, detail: { selection, memberId, reason } });
    return { id };
  });
}

/**
 * Counts in the background whom of a leak's customers the recovery play would begin for; nothing changes before it is
 * confirmed. For managers. Throws `refused` `leak_ended` for a leak that no longer stands.
 */
export async function recoverMany(ctx: Context, { id: leakId, reason }: RecoverMany): Promise<{ id: string }> {
  requireLead(ctx, "recover");
  await requireMaker(ctx);
  const { memberId: createdById, workspaceId } = ctx;
  if (!createdById) throw new AppError("forbidden", "improvements.edit");
  return transaction(ctx, async (ctx) => {
    const leak = await ctx.db.leak.findFirst({ where: { workspaceId, id: leakId }, select: { endedAt: true } });
    if (!leak) throw new AppError("not_found", "leak");
    if (leak.endedAt) throw new AppError("refused", "leak_ended");
    const id = newId();
    await ctx.db.bulkRun.create({
      data: { workspaceId, id, kind: "recover", selection: {}, leakId, reason, createdById, createdAt: ctx.now },
    });
    enqueue(ctx, "bulk.count", { runId: id }, { key: `bulk-count:${id}` });
    record(ctx, "bulk.created", { subject: `bulk:${id}`, detail: { leakId, reason } });
    return { id };
  });
}

type Step = { status: BulkStatus; finishedAt?: Date };

/** Moves a run of one's own on; whoever was slower gets a conflict. */
async function step(
  ctx: Context,
  { id }: BulkKey,
  plan: (run: Awaited<ReturnType<typeof getOwnRun>> & { status: BulkStatus }) => Step,
  happened: { type: string; task?: string },
): Promise<{ id: string; status: BulkStatus }> {
  requireSomeLead(ctx);
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const run = await getOwnRun(ctx, { id });
    requireLead(ctx, run.kind);
    const change = plan({ ...run, status: run.status as BulkStatus });
    const { count } = await ctx.db.bulkRun.updateMany({
      where: { workspaceId, id, status: run.status },
      data: { ...change, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version");
    if (happened.task) enqueue(ctx, happened.task, { runId: id }, { key: `${happened.task}:${id}` });
    record(ctx, happened.type, { subject: `bulk:${id}` });
    return { id, status: change.status };
  });
}

/** Runs what was counted. */
export async function confirmBulk(ctx: Context, key: BulkKey) {
  return step(ctx, key, (run) => enforce(planConfirm(run)), { type: "bulk.confirmed", task: "bulk.run" });
}

/** Stops a run before its next batch; what was done stays. */
export async function cancelBulk(ctx: Context, key: BulkKey) {
  return step(ctx, key, (run) => ({ ...enforce(planCancel(run)), finishedAt: ctx.now }), { type: "bulk.cancelled" });
}

/** Takes a run back: every customer whom nobody changed since is as before. */
export async function undoBulk(ctx: Context, key: BulkKey) {
  return step(ctx, key, (run) => enforce(planUndo(run, run.counts, ctx.now)), {
    type: "bulk.undo_started",
    task: "bulk.undo",
  });
}
