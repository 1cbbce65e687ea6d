import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { nothingChanged, record, transaction } from "../transaction";
import { planGrant } from "./rules";
import type { CreateKey, RevokeKey } from "./schema";
import { makeKey } from "./secret";

const dayLength = 86_400_000;

/** Makes a key that acts with one role, for some days or until it is revoked; `secret` is shown this once. */
export async function createKey(
  ctx: Context,
  { name, role, days }: CreateKey,
): Promise<{ id: string; secret: string }> {
  requirePermission(ctx, "keys.manage");
  enforce(planGrant(ctx.roles, role));
  return transaction(ctx, async (ctx) => {
    const { text, secretHash, tail } = makeKey(ctx.slug);
    const id = newId();
    const expiresAt = days === undefined ? null : new Date(ctx.now.getTime() + days * dayLength);
    await ctx.db.apiKey.create({
      data: {
        workspaceId: ctx.workspaceId,
        id,
        name,
        role,
        secretHash,
        tail,
        createdById: ctx.memberId,
        createdAt: ctx.now,
        expiresAt,
      },
    });
    record(ctx, "key.created", { subject: `api_keys:${id}`, detail: { name, role, expiresAt } });
    return { id, secret: text };
  });
}

/** Ends a key for good; its next request is answered 401. Revoking twice changes nothing. */
export async function revokeKey(ctx: Context, { id }: RevokeKey): Promise<void> {
  requirePermission(ctx, "keys.manage");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const key = await ctx.db.apiKey.findFirst({ where: { workspaceId, id }, select: { name: true, revokedAt: true } });
    if (!key) throw new AppError("not_found", "key");
    const { count } = await ctx.db.apiKey.updateMany({
      where: { workspaceId, id, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "key.revoked", { subject: `api_keys:${id}`, detail: { name: key.name } });
  });
}
