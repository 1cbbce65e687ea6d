import type { Context } from "../context";
import type { Prisma, Workspace } from "../generated/prisma/client";

// `workspaces` is a table of no tenant: its rows are named by their own id.

/** The row of the workspace one is in, or null. */
export function findOwnRow(ctx: Context): Promise<Workspace | null> {
  return ctx.db.workspace.findUnique({ where: { id: ctx.workspaceId } });
}

/** Changes the row of the workspace one is in. */
export async function changeOwnRow(ctx: Context, data: Prisma.WorkspaceUpdateManyMutationInput): Promise<void> {
  if (Object.keys(data).length > 0) await ctx.db.workspace.updateMany({ where: { id: ctx.workspaceId }, data });
}
