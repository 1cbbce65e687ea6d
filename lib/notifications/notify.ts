import type { Context } from "../context";
import { newId } from "../identifiers";
import type { NotificationKind } from "./kinds";

/** Tells members in the app; nobody is told of her own action, and nobody twice. */
export async function notify(
  ctx: Context,
  memberIds: readonly (string | null | undefined)[],
  kind: NotificationKind,
  customerId: string | null,
  params: object = {},
): Promise<void> {
  const targets = [...new Set(memberIds)].filter((id): id is string => typeof id === "string" && id !== ctx.memberId);
  if (targets.length === 0) return;
  await ctx.db.notification.createMany({
    data: targets.map((memberId) => ({
      workspaceId: ctx.workspaceId,
      id: newId(),
      memberId,
      kind,
      customerId,
      params,
      createdAt: ctx.now,
    })),
  });
}
