import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireVisibleCustomer } from "../journeys/visibility";
import { record, transaction } from "../transaction";
import { type ChangeGroup, takeBack } from "./change-log";
import { restartClocks } from "./merge-clocks";
import { lockCustomers } from "./merge-load";
import { undoWindow } from "./merge-rules";
import { refreshSearch } from "./refresh";
import type { UnmergeCustomers } from "./schema";
import { settleAfterUnmerge } from "./unmerge-settle";

async function loadMerge(ctx: Context, mergeId: string) {
  const { workspaceId } = ctx;
  const merge = await ctx.db.merge.findFirst({ where: { workspaceId, id: mergeId } });
  if (!merge) throw new AppError("not_found", "merge");
  await requireVisibleCustomer(ctx, merge.survivorId);
  await lockCustomers(ctx, [merge.survivorId, merge.loserId]);
  const locked = await ctx.db.$queryRaw<{ undone_at: Date | null }[]>`
    select undone_at from merges where workspace_id = ${workspaceId}::uuid and id = ${mergeId}::uuid for update`;
  if (locked[0]?.undone_at) throw new AppError("conflict", "already_undone");
  if (ctx.now.getTime() - merge.mergedAt.getTime() > undoWindow) throw new AppError("refused", "too_late_to_undo");
  const { version, groups } = merge.moved as unknown as { version: number; groups: ChangeGroup[] };
  await requireLast(ctx, merge.survivorId, version);
  return { survivorId: merge.survivorId, loserId: merge.loserId, groups };
}

/** Merges are taken back last first: each one raised the survivor's version. */
async function requireLast(ctx: Context, survivorId: string, version: number): Promise<void> {
  const { workspaceId } = ctx;
  const survivor = await ctx.db.customer.findFirst({
    where: { workspaceId, id: survivorId },
    select: { mergedIntoId: true },
  });
  if (survivor?.mergedIntoId) throw new AppError("refused", "later_merge_first");
  const later = await ctx.db.merge.findFirst({
    where: { workspaceId, survivorId, undoneAt: null, moved: { path: ["version"], gt: version } },
    select: { id: true },
  });
  if (later) throw new AppError("refused", "later_merge_first");
}

/**
 * Takes a merge back within 30 days: every row that was moved returns as it was; what was done since stays with the
 * survivor. Throws `refused` when a later merge of the survivor stands in the way, `conflict` when it was undone already.
 * Answers the parts that stayed because they were worked on since.
 */
export async function unmergeCustomers(
  ctx: Context,
  { mergeId }: UnmergeCustomers,
): Promise<{ survivorId: string; loserId: string; stayed: string[] }> {
  requirePermission(ctx, "customers.merge");
  return transaction(ctx, async (ctx) => {
    const { survivorId, loserId, groups } = await loadMerge(ctx, mergeId);
    const stayed = await takeBack(ctx, groups);
    await settleAfterUnmerge(ctx, survivorId, loserId);
    if (stayed.includes("search")) for (const id of [survivorId, loserId]) await refreshSearch(ctx, id);
    await ctx.db.merge.updateMany({
      where: { workspaceId: ctx.workspaceId, id: mergeId },
      data: { undoneAt: ctx.now },
    });
    const open = await ctx.db.journey.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        customerId: { in: [survivorId, loserId] },
        status: { notIn: ["merged", "lost", "completed"] },
      },
      select: { id: true },
    });
    for (const { id } of open) await restartClocks(ctx, id);
    for (const id of [survivorId, loserId]) {
      record(ctx, "customer.unmerged", {
        subject: `customer:${id}`,
        customerId: id,
        detail: { mergeId, survivorId, loserId, stayed },
        data: { mergeId, survivorId, loserId },
      });
    }
    return { survivorId, loserId, stayed };
  });
}
