import type { Context } from "../context";
import { AppError } from "../errors";
import { nothingChanged, transaction } from "../transaction";
import type { BulkOutcome } from "./schema";

/** Rows of one transaction: few, because each holds its journey's lock until all are written. */
const batchSize = 25;

export type WaitingRow = { position: number; customer_id: string; journey_id: string; before: unknown };
export type RowResult = { outcome: BulkOutcome; reason?: string; before?: unknown };
type Work = (ctx: Context, row: WaitingRow) => Promise<RowResult>;

/**
 * Works through the rows of a run that stand at `from`, a few per transaction, while the run stands at `status`; answers
 * false when somebody stopped it. A row that a rule refuses is written down with its reason and holds nobody up. Two
 * workers on one run follow each other: the run's row is locked for each batch.
 */
export async function workThrough(
  ctx: Context,
  run: { id: string; status: string; from: BulkOutcome },
  work: Work,
): Promise<boolean> {
  for (;;) {
    const left = await transaction({ ...ctx, now: new Date() }, (ctx) => oneBatch(ctx, run, work));
    if (left !== "more") return left === "none";
  }
}

async function oneBatch(
  ctx: Context,
  { id, status, from }: { id: string; status: string; from: BulkOutcome },
  work: Work,
): Promise<"more" | "none" | "stopped"> {
  const { workspaceId: w } = ctx;
  const standing = await ctx.db.$queryRaw<{ status: string }[]>`
    select status from bulk_runs where workspace_id = ${w}::uuid and id = ${id}::uuid for update`;
  nothingChanged(ctx);
  if (standing[0]?.status !== status) return "stopped";
  const rows = await ctx.db.$queryRaw<WaitingRow[]>`
    select position, customer_id, journey_id, before from bulk_rows
    where workspace_id = ${w}::uuid and run_id = ${id}::uuid and outcome = ${from} order by position limit ${batchSize}`;
  if (rows.length === 0) return "none";
  const results: ({ position: number } & RowResult)[] = [];
  for (const row of rows) results.push({ position: row.position, ...(await resultOf(ctx, row, work, from)) });
  await ctx.db.$executeRaw`
    update bulk_rows r set outcome = x.outcome, reason = x.reason, before = coalesce(x.before, r.before)
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as x (position int, outcome text, reason text, before jsonb)
    where r.workspace_id = ${w}::uuid and r.run_id = ${id}::uuid and r.position = x.position`;
  return "more";
}

/** Rules answer before anything is written, so a refusal leaves the other rows of the transaction as they are. */
async function resultOf(ctx: Context, row: WaitingRow, work: Work, from: BulkOutcome): Promise<RowResult> {
  try {
    return await work(ctx, row);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      outcome: from === "changed" ? "kept" : "refused",
      reason: error.code === "refused" ? error.reason : error.code,
    };
  }
}
