import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { filterOfQuery } from "../customers/filter";
import { conditionsOf } from "../customers/list";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { type BulkRun, Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { record, transaction } from "../transaction";
import { writeRecoveries } from "./recover";
import { BulkSelection, bulkLimit, requestLimit } from "./schema";
import { findStarted, requireLead } from "./starter";

/**
 * Writes down whom a run would touch, and says of each whether it changes: the dry run. What stands there is what a
 * confirmed run works on, however the list moves meanwhile. Too many, or a right that is gone, ends it as failed.
 */
export async function countBulk(workspaceId: string, runId: string): Promise<void> {
  await inWorkspace(workspaceId, async () => {
    try {
      const started = await findStarted(workspaceId, runId, ["counting"]);
      if (started) await transaction(started.ctx, (ctx) => count(ctx, started.run));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await failBulk(workspaceId, runId, error);
    }
  });
}

async function count(ctx: Context, run: BulkRun): Promise<void> {
  requireLead(ctx, run.kind);
  const { workspaceId } = ctx;
  const selection = run.leakId ? null : BulkSelection.parse(run.selection);
  const written = selection
    ? await writeRows(ctx, run, selection)
    : await writeRecoveries(ctx, { id: run.id, leakId: run.leakId ?? "" });
  if (written > bulkLimit) throw new AppError("refused", "too_many");
  if (selection?.kind === "ids") await writeMissing(ctx, run, selection.ids);
  if (run.isRequest) {
    const asked = await ctx.db.bulkRow.count({ where: { workspaceId, runId: run.id, outcome: "waiting" } });
    if (asked > requestLimit) throw new AppError("refused", "too_many_requests");
  }
  const { count } = await ctx.db.bulkRun.updateMany({
    where: { workspaceId, id: run.id, status: "counting" },
    data: { status: "ready", version: { increment: 1 } },
  });
  if (count === 0) throw new AppError("conflict", "version");
  record(ctx, "bulk.counted", { subject: `bulk:${run.id}`, detail: { rows: written } });
}

/** One statement for everybody the starter may see; the order is that of the list. */
function writeRows(ctx: Context, { id, memberId }: BulkRun, selection: BulkSelection): Promise<number> {
  const { workspaceId: w } = ctx;
  const conditions = [Prisma.sql`j.workspace_id = ${w}::uuid`, Prisma.sql`j.is_primary`, visibleJourneys(ctx)];
  if (selection.kind === "ids") conditions.push(Prisma.sql`j.customer_id = any(${selection.ids}::uuid[])`);
  else {
    conditions.push(...conditionsOf(ctx, filterOfQuery(selection.query)));
    conditions.push(Prisma.sql`j.customer_id <> all(${selection.except}::uuid[])`);
  }
  return ctx.db.$executeRaw`
    insert into bulk_rows (workspace_id, run_id, position, customer_id, journey_id, outcome, reason)
    select ${w}::uuid, ${id}::uuid, row_number() over (order by j.last_activity_at desc, j.id desc), j.customer_id, j.id,
      case when j.osc_id = ${memberId}::uuid then 'unchanged' else 'waiting' end,
      case when j.osc_id = ${memberId}::uuid then 'same_osc' end
    from journeys j join customers c on c.workspace_id = ${w}::uuid and c.id = j.customer_id
    where ${Prisma.join(conditions, " and ")} limit ${bulkLimit + 1}
    on conflict do nothing`;
}

/** Somebody who was selected and is not to be found, or not to be seen, any more is a refused row. */
async function writeMissing(ctx: Context, { id }: BulkRun, ids: readonly string[]): Promise<void> {
  const { workspaceId: w } = ctx;
  await ctx.db.$executeRaw`
    insert into bulk_rows (workspace_id, run_id, position, outcome, reason)
    select ${w}::uuid, ${id}::uuid, ${ids.length} + row_number() over (), 'refused', 'not_found'
    from unnest(${[...ids]}::uuid[]) as wanted (customer_id)
    where not exists (select 1 from bulk_rows r where r.workspace_id = ${w}::uuid and r.run_id = ${id}::uuid and r.customer_id = wanted.customer_id)`;
}

/** Ends a run as failed, with the reason that its screen has words for. */
export async function failBulk(workspaceId: string, runId: string, { reason }: AppError): Promise<void> {
  const ctx = await systemContext(workspaceId);
  await transaction(ctx, async (ctx) => {
    await ctx.db.bulkRun.updateMany({
      where: { workspaceId, id: runId },
      data: { status: "failed", error: reason, finishedAt: ctx.now, version: { increment: 1 } },
    });
    record(ctx, "bulk.failed", { subject: `bulk:${runId}`, detail: { reason } });
  });
}
