import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import type { ChangeLog } from "../customers/change-log";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { requireVisibleCustomer } from "../journeys/visibility";
import { openBetween, settleBetween } from "../proposals/tree";
import { record, transaction } from "../transaction";
import { planMergedTree, planParent } from "./rules";
import type { SetParent } from "./schema";

const readParent = (ctx: Context, customerId: string) =>
  ctx.db.accountParent.findFirst({ where: { workspaceId: ctx.workspaceId, customerId } });
const countChildren = (ctx: Context, parentId: string) =>
  ctx.db.accountParent.count({ where: { workspaceId: ctx.workspaceId, parentId } });

async function standingOf(ctx: Context, id: string) {
  const [row, children] = [await readParent(ctx, id), await countChildren(ctx, id)];
  return { id, parentId: row?.parentId ?? null, children, version: row?.version ?? 0 };
}

/** Takes the rows of all that are concerned, in the order of their ids, so that two such changes follow each other. */
async function lockAll(ctx: Context, ids: readonly (string | null)[]): Promise<void> {
  const some = ids.filter((id) => id !== null);
  await ctx.db.$queryRaw`
    select 1 from customers where workspace_id = ${ctx.workspaceId}::uuid and id = any(${some}::uuid[]) order by id for no key update`;
}

/**
 * Makes a record part of an account, or of none: what was offered to one part binds the sellers of all (DOMAIN D1, D2), so only
 * who may merge customers does it. Offers that disagree from now on become cases, those between parts that went apart are closed.
 * Throws `refused` `is_child`, `has_children`, `same_customer`; `conflict` when it changed since it was read.
 */
export async function setParent(ctx: Context, input: SetParent): Promise<{ version: number }> {
  requirePermission(ctx, "customers.merge");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { customerId, version, parentId } = input;
    await requireVisibleCustomer(ctx, customerId);
    if (parentId !== null) await requireVisibleCustomer(ctx, parentId);
    await lockAll(ctx, [customerId, parentId, (await readParent(ctx, customerId))?.parentId ?? null]);
    const before = await standingOf(ctx, customerId);
    if (before.version !== version)
      throw new AppError("conflict", "version", { current: { version: before.version, parentId: before.parentId } });
    enforce(planParent(customerId, before, parentId === null ? null : await standingOf(ctx, parentId)));
    if (before.parentId !== null) await settleBetween(ctx, customerId);
    if (version === 0) await ctx.db.accountParent.create({ data: { workspaceId, customerId, parentId } });
    else
      await ctx.db.accountParent.updateMany({
        where: { workspaceId, customerId },
        data: { parentId, version: version + 1 },
      });
    if (parentId !== null) await openBetween(ctx, customerId);
    record(ctx, "customer.parent_set", {
      subject: `customer:${customerId}`,
      customerId,
      detail: { before: before.parentId, after: parentId },
      data: { parentId },
    });
    return { version: version + 1 };
  });
}

/** The account of a record that turned out to be another: its children and, where there is room, its parent become the survivor's. */
export async function mergeAccounts(ctx: Context, log: ChangeLog, from: string, to: string): Promise<void> {
  const [theirs, ours] = [await readParent(ctx, from), await readParent(ctx, to)];
  const children = (await countChildren(ctx, to)) + (await countChildren(ctx, from));
  if (children === 0 && !theirs?.parentId && !ours?.parentId) return;
  const { head, parentId } = planMergedTree({ from, to }, theirs, ours, children);
  log.open("account_parents");
  if (ours)
    await log.change("account_parents", { customer_id: to }, { parent_id: parentId, version: ours.version + 1 });
  else if (parentId) await log.insert("account_parents", { customer_id: to, parent_id: parentId, version: 1 });
  if (theirs) await log.change("account_parents", { customer_id: from }, { parent_id: null });
  await log.change("account_parents", { parent_id: from }, { parent_id: head });
}
