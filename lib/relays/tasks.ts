import type { Context } from "../context";
import type { TaskHandler } from "../journeys/tasks";
import { notify } from "../notifications";
import { nothingChanged, record, transaction } from "../transaction";
import { ladder } from "./rules";

/** Who is told at a step of the ladder besides those who were told before. */
async function audience(
  ctx: Context,
  level: number,
  relay: { toId: string | null; toSpokeId: string; fromId: string; journeyId: string },
): Promise<(string | null)[]> {
  const { workspaceId } = ctx;
  const step = ladder[level - 1];
  if (step === "manager") {
    const managers = await ctx.db.member.findMany({
      where: { workspaceId, status: "active", roles: { has: "manager" } },
      select: { id: true },
      take: 50,
    });
    return managers.map(({ id }) => id);
  }
  if (step === "hub") {
    const journey = await ctx.db.journey.findFirst({
      where: { workspaceId, id: relay.journeyId },
      select: { oscId: true },
    });
    return [relay.fromId, journey?.oscId ?? null];
  }
  if (step === "owner" && relay.toId) return [relay.toId];
  const members = await ctx.db.member.findMany({
    where: { workspaceId, spokeId: relay.toSpokeId, status: "active" },
    select: { id: true },
    take: 50,
  });
  return members.map(({ id }) => id);
}

/** An open question climbs the ladder; a step that was taken is not taken again. */
const escalate: TaskHandler = async (ctx, payload) => {
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const id = String(payload.relayId);
    const level = Number(payload.level);
    const { count } = await ctx.db.relay.updateMany({
      where: { workspaceId, id, state: { in: ["sent", "acked"] }, escalation: { lt: level } },
      data: { escalation: level, version: { increment: 1 } },
    });
    if (count === 0) return nothingChanged(ctx);
    const relay = await ctx.db.relay.findFirstOrThrow({ where: { workspaceId, id } });
    const customer = await ctx.db.customer.findFirst({
      where: { workspaceId, id: relay.customerId },
      select: { name: true },
    });
    await notify(ctx, await audience(ctx, level, relay), "relay_late", relay.customerId, {
      customer: customer?.name ?? "",
      level,
    });
    record(ctx, "relay.escalated", {
      subject: `relay:${id}`,
      customerId: relay.customerId,
      journeyId: relay.journeyId,
      detail: { level, step: ladder[level - 1] },
      data: { level },
    });
  });
};

export const relayTasks: Record<string, TaskHandler> = { "relay.escalate": escalate };
