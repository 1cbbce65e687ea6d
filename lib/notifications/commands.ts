import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { nothingChanged, record, transaction } from "../transaction";
import type { ReadNotifications } from "./schema";

/** Marks what the member was told up to an instant as read; what came after it stays new. Answers how many they were. */
export async function readNotifications(ctx: Context, { upTo }: ReadNotifications): Promise<{ read: number }> {
  requirePermission(ctx, "views.use");
  return transaction(ctx, async (ctx) => {
    const { count: read } = await ctx.db.notification.updateMany({
      where: { workspaceId: ctx.workspaceId, memberId: ctx.memberId ?? "", readAt: null, createdAt: { lte: upTo } },
      data: { readAt: ctx.now },
    });
    if (read === 0) nothingChanged(ctx);
    else record(ctx, "notifications.read", { subject: `member:${ctx.memberId}`, detail: { read, upTo } });
    return { read };
  });
}
