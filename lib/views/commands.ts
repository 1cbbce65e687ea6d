import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId, newId } from "../identifiers";
import { record, transaction } from "../transaction";
import { usableViews } from "./queries";
import type { CreateView, UpdateView, ViewKey } from "./schema";

/** Saves the list's filters under a name. */
export async function createView(ctx: Context, input: CreateView): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "views.use");
  const ownerId = requireOwner(ctx);
  return transaction(ctx, async (ctx) => {
    const id = newId();
    await ctx.db.savedView.create({ data: { ...input, workspaceId: ctx.workspaceId, id, ownerId } });
    record(ctx, "view.created", { subject: `view:${id}`, detail: input });
    return { id, version: 1 };
  });
}

function requireOwner(ctx: Context): string {
  if (!ctx.memberId) throw new AppError("forbidden", "views.use");
  return ctx.memberId;
}

/**
 * The view for writing. `not_found` when one may not use it; `refused` `not_your_view` when it is somebody else's: a
 * team's or the workspace's view is changed by its owner, and the workspace's also by a manager.
 */
async function getOwnView(ctx: Context, id: string) {
  if (!isId(id)) throw new AppError("not_found", "view");
  const rows = await ctx.db.$queryRaw<{ owner_id: string; scope: string }[]>`
    select v.owner_id, v.scope from saved_views v join members o on o.workspace_id = v.workspace_id and o.id = v.owner_id
    where v.workspace_id = ${ctx.workspaceId}::uuid and v.id = ${id}::uuid and ${usableViews(ctx)} for update of v`;
  const [row] = rows;
  if (!row) throw new AppError("not_found", "view");
  const isManaged = row.scope === "workspace" && ctx.roles.some((role) => role === "manager" || role === "admin");
  if (row.owner_id !== ctx.memberId && !isManaged) throw new AppError("refused", "not_your_view");
  return ctx.db.savedView.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, id } });
}

/** Changes a view's name, filters, audience or pin. Throws `conflict` with the view as it now stands on a stale version. */
export async function updateView(
  ctx: Context,
  { id, version, ...changes }: UpdateView,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "views.use");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { name, query, scope, isPinned, version: current } = await getOwnView(ctx, id);
    const { count } = await ctx.db.savedView.updateMany({
      where: { workspaceId, id, version },
      data: { ...changes, version: { increment: 1 } },
    });
    if (count === 0)
      throw new AppError("conflict", "version", { current: { name, query, scope, isPinned, version: current } });
    record(ctx, "view.updated", {
      subject: `view:${id}`,
      detail: { before: { name, query, scope, isPinned }, after: changes },
    });
    return { id, version: version + 1 };
  });
}

/** Removes a view; the audit row keeps what it was. */
export async function deleteView(ctx: Context, { id }: ViewKey): Promise<{ id: string }> {
  requirePermission(ctx, "views.use");
  return transaction(ctx, async (ctx) => {
    const { name, query, scope, isPinned } = await getOwnView(ctx, id);
    await ctx.db.savedView.deleteMany({ where: { workspaceId: ctx.workspaceId, id } });
    record(ctx, "view.deleted", { subject: `view:${id}`, detail: { name, query, scope, isPinned } });
    return { id };
  });
}
