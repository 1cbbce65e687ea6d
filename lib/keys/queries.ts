import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { KeyView } from "./schema";

/** Every key of the workspace, newest first, revoked ones too. */
export async function listKeys(ctx: Context): Promise<KeyView[]> {
  requirePermission(ctx, "keys.manage");
  const { workspaceId } = ctx;
  const rows = await ctx.db.apiKey.findMany({
    where: { workspaceId },
    omit: { secretHash: true },
    orderBy: { createdAt: "desc" },
    take: 200,
  });
  const makers = await ctx.db.member.findMany({
    where: { workspaceId, id: { in: rows.flatMap((row) => row.createdById ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(makers.map((maker) => [maker.id, maker.name]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    tail: row.tail,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdById ? (names.get(row.createdById) ?? null) : null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    isExpired: row.expiresAt !== null && row.expiresAt <= ctx.now,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

/**
 * Where two people are needed, or a job goes on as who started it: a key counts as a person only while it acts as who made
 * it. Throws `forbidden` `key_of_nobody` for one that stands in for somebody else.
 */
export async function requireMaker(ctx: Context): Promise<void> {
  const { actor, workspaceId, memberId } = ctx;
  if (actor.kind !== "key") return;
  const key = await ctx.db.apiKey.findFirst({ where: { workspaceId, id: actor.id }, select: { createdById: true } });
  if (!memberId || key?.createdById !== memberId) throw new AppError("forbidden", "key_of_nobody");
}
