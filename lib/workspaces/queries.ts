import type { Context } from "../context";
import { asUser } from "../db";

/** The workspace's name as its people wrote it. */
export async function getWorkspaceName(ctx: Context): Promise<string> {
  const workspace = await asUser(ctx.userId, (db) =>
    db.workspace.findUnique({ where: { id: ctx.workspaceId }, select: { name: true } }),
  );
  return workspace?.name ?? ctx.slug;
}
