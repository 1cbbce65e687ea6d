import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { assignItem, createItem } from "@/lib/enablement/commands";
import { AssignItem, CreateItem } from "@/lib/enablement/schema";
import { newId } from "@/lib/identifiers";
import { insertRows } from "@/lib/insert-rows";
import { record, transaction } from "@/lib/transaction";

const day = 86_400_000;

/** A training that a member was given, and a digest of the hub with one item that waits. */
export async function furnishEnablement(manager: Context, memberId: string): Promise<void> {
  const { workspaceId, now } = manager;
  await inWorkspace(workspaceId, async () => {
    const moment = await manager.db.definingMoment.findFirstOrThrow({ where: { workspaceId, name: "First reply" } });
    const words = { name: "Reply within a minute", content: "Say your name, then the next step." };
    const item = await createItem(manager, CreateItem.parse({ momentId: moment.id, kind: "training", ...words }));
    const dueAt = new Date(now.getTime() + 14 * day).toISOString();
    await assignItem(manager, AssignItem.parse({ id: item.id, memberIds: [memberId], dueAt }));
    await furnishDigest(manager);
  });
}

async function furnishDigest(manager: Context): Promise<void> {
  const { workspaceId, now } = manager;
  const spoke = await manager.db.spoke.findFirstOrThrow({ where: { workspaceId, key: "osc" } });
  await transaction(manager, async (ctx) => {
    const digestId = newId();
    const week = { week: "2026-03-02", fromAt: "2026-03-02T00:00:00Z", toAt: "2026-03-09T00:00:00Z" };
    const sent = { state: "sent", builtAt: now, sentAt: now };
    await insertRows(ctx, "digests", [{ workspaceId, id: digestId, spokeId: spoke.id, ...week, ...sent }]);
    const share = { k: 12, n: 24, weeks: 4, target: 0.8, beforeK: 0, beforeN: 0 };
    const about = { kind: "voice", type: "follow-up", medium: "email", reason: "below", ...share };
    const quotes = [{ text: "I had to ask twice.", language: "en" }];
    const rest = { ownerId: ctx.memberId, escalatedAt: now };
    await insertRows(ctx, "digest_items", [
      { workspaceId, id: newId(), digestId, position: 0, kind: "voice", about, quotes, ...rest },
    ]);
    record(ctx, "digest.sent", { subject: `digest:${digestId}` });
  });
}
