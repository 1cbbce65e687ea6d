import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import type { Handoff } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { openOffTrack } from "../journeys/off-track";
import { record, transaction } from "../transaction";
import { changeHandoff, loadHandoff, partyOf } from "./load";
import { planSingle } from "./part-rules";
import { isOnTime, planReask, planReceiver, qualityOf } from "./rules";
import type { MarkReasked, ProposedItem } from "./schema";

/** How many questions were asked again after that handoff. */
export function countReasks({ db, workspaceId }: Context, handoffId: string): Promise<number> {
  return db.packetReask.count({ where: { workspaceId, handoffId } });
}

/** Quality of a handoff by what its receiver says of it (DOMAIN F62). */
export function qualityWhen(handoff: Handoff, rating: number, hadToRepeat: boolean) {
  const facts = { isOnTime: isOnTime(handoff), isFirstPass: handoff.rejections === 0, rating, hadToRepeat };
  return { ...facts, quality: qualityOf({ completeness: handoff.completeness ?? 0, ...facts }) };
}

/**
 * The receiver says that the customer was asked again what the packet answers: she had to repeat herself (DOMAIN F62, T9),
 * whatever was said of it before. Throws `refused` `packet_silent` when the packet did not answer it.
 */
export async function markReasked(ctx: Context, input: MarkReasked): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planReceiver(partyOf(ctx), handoff));
    enforce(planSingle(handoff));
    const { key, question } = input;
    const items = handoff.packet as ProposedItem[];
    enforce(
      planReask(
        handoff.state,
        items.find((item) => item.key === key),
      ),
    );
    const id = newId();
    const { workspaceId } = ctx;
    const markedById = ctx.memberId ?? "";
    await ctx.db.packetReask.create({
      data: { workspaceId, id, handoffId: handoff.id, key, question, askedAt: ctx.now, markedById },
    });
    const { quality } = qualityWhen(handoff, handoff.rating ?? 1, true);
    await changeHandoff(ctx, found, handoff.state === "rated" ? { hadToRepeat: true, quality } : {});
    await openOffTrack(ctx, loaded, "T9", { handoffId: handoff.id, key });
    record(ctx, "packet.reasked", {
      subject: `handoff:${handoff.id}`,
      customerId: loaded.journey.customerId,
      journeyId: handoff.journeyId,
      detail: { key, question, before: { hadToRepeat: handoff.hadToRepeat, quality: handoff.quality } },
      data: { key },
    });
    return { id, version: handoff.version + 1 };
  });
}
