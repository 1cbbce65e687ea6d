import type { Context } from "../context";
import { AppError } from "../errors";
import type { BulkRun } from "../generated/prisma/client";
import { undoUntil } from "./rules";
import {
  type BulkCounts,
  type BulkKey,
  type BulkKind,
  type BulkOutcome,
  type BulkReport,
  type BulkRowView,
  type BulkRunView,
  type BulkStatus,
  bulkOutcomes,
  undoMinutes,
} from "./schema";

const namedAtMost = 200;

/** How many rows of each run ended how. */
async function countsOf(ctx: Context, runIds: readonly string[]): Promise<Map<string, BulkCounts>> {
  const rows = await ctx.db.$queryRaw<{ run_id: string; outcome: BulkOutcome; count: number }[]>`
    select run_id, outcome, count(*)::int as count from bulk_rows
    where workspace_id = ${ctx.workspaceId}::uuid and run_id = any(${[...runIds]}::uuid[]) group by run_id, outcome`;
  const empty = () => Object.fromEntries(bulkOutcomes.map((outcome) => [outcome, 0])) as BulkCounts;
  const counts = new Map(runIds.map((id) => [id, empty()]));
  for (const { run_id, outcome, count } of rows) Object.assign(counts.get(run_id) ?? {}, { [outcome]: count });
  return counts;
}

/** A run of one's own with its counts; `not_found` when it is somebody else's. */
export async function getOwnRun(ctx: Context, { id }: BulkKey): Promise<BulkRun & { counts: BulkCounts }> {
  if (!ctx.memberId) throw new AppError("not_found", "bulk_run");
  const run = await ctx.db.bulkRun.findFirst({
    where: { workspaceId: ctx.workspaceId, id, createdById: ctx.memberId },
  });
  const counts = (await countsOf(ctx, [id])).get(id);
  if (!run || !counts) throw new AppError("not_found", "bulk_run");
  return { ...run, counts };
}

function toView(run: BulkRun, counts: BulkCounts, memberName: string): BulkRunView {
  const status = run.status as BulkStatus;
  return {
    id: run.id,
    kind: run.kind as BulkKind,
    status,
    memberName,
    leakId: run.leakId,
    isRequest: run.isRequest,
    counts,
    total: bulkOutcomes.reduce((sum, outcome) => sum + counts[outcome], 0),
    error: run.error,
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    undoUntil: undoUntil({ status, finishedAt: run.finishedAt }, counts)?.toISOString() ?? null,
  };
}

async function namesOf(ctx: Context, runs: readonly BulkRun[]): Promise<Map<string, string>> {
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: [...new Set(runs.flatMap(({ memberId }) => memberId ?? []))] } },
    select: { id: true, name: true },
  });
  return new Map(members.map(({ id, name }) => [id, name]));
}

/** One's own runs that were confirmed and still move or ended within the last ten minutes, newest first, at most five. */
export async function listOwnRuns(ctx: Context): Promise<BulkRunView[]> {
  if (!ctx.memberId) return [];
  const since = new Date(ctx.now.getTime() - undoMinutes * 60_000);
  const runs = await ctx.db.bulkRun.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      createdById: ctx.memberId,
      createdAt: { gte: new Date(ctx.now.getTime() - 86_400_000) },
      OR: [
        { status: { in: ["queued", "running", "undoing"] } },
        { status: { in: ["done", "cancelled", "failed"] }, finishedAt: { gte: since } },
        { status: "undone", undoneAt: { gte: since } },
      ],
    },
    orderBy: { createdAt: "desc" },
    take: 5,
  });
  const counts = await countsOf(
    ctx,
    runs.map(({ id }) => id),
  );
  const names = await namesOf(ctx, runs);
  return runs.flatMap((run) => {
    const own = counts.get(run.id);
    const isIdle = run.status === "cancelled" && own?.changed === 0 && own.requested === 0;
    return own && !isIdle ? [toView(run, own, names.get(run.memberId ?? "") ?? "")] : [];
  });
}

/** One run with whom it refused and whom its undo left; `not_found` when it is somebody else's. */
export async function getRunReport(ctx: Context, key: BulkKey): Promise<BulkReport> {
  const { counts, ...run } = await getOwnRun(ctx, key);
  const names = await namesOf(ctx, [run]);
  const rows = await ctx.db.$queryRaw<(BulkRowView & { outcome: BulkOutcome })[]>`
    select r.position, r.customer_id as "customerId", c.name, coalesce(r.reason, '') as reason, r.outcome
    from bulk_rows r left join customers c on c.workspace_id = r.workspace_id and c.id = r.customer_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.run_id = ${run.id}::uuid and r.outcome in ('refused', 'kept')
    order by r.outcome, r.position limit ${2 * namedAtMost}`;
  const named = (outcome: BulkOutcome) =>
    rows.filter((row) => row.outcome === outcome).map(({ outcome: _outcome, ...row }) => row);
  return {
    ...toView(run, counts, names.get(run.memberId ?? "") ?? ""),
    refused: named("refused").slice(0, namedAtMost),
    kept: named("kept").slice(0, namedAtMost),
  };
}
