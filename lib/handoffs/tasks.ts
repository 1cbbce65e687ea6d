import type { Context } from "../context";
import { AppError } from "../errors";
import { openOffTrack } from "../journeys/off-track";
import { isOpen } from "../journeys/rules";
import type { TaskHandler } from "../journeys/tasks";
import { notify } from "../notifications/notify";
import { getReceiver } from "../relays/commands";
import { ladder } from "../relays/rules";
import { nothingChanged, record, transaction } from "../transaction";
import { changeHandoff, type LoadedHandoff, loadHandoff, managersOf, tell } from "./load";
import { cancelWhole, returnWhole } from "./parts";
import { openStates } from "./rules";

/** Who is told at a step of the ladder (DOMAIN 12b): whoever should have answered, the hub, the team, the managers. */
async function audience(ctx: Context, level: number, { handoff, loaded }: LoadedHandoff): Promise<(string | null)[]> {
  const step = ladder[level - 1];
  if (step === "manager") return managersOf(ctx);
  if (step === "hub") return [handoff.fromId, loaded.journey.oscId];
  if (step === "owner" && handoff.toId) return [handoff.fromId, handoff.toId];
  const { memberIds } = await getReceiver(ctx, handoff.toSpokeId, null);
  return [handoff.fromId, ...memberIds];
}

/** Runs a check on a handoff that may be gone; says that nothing changed when it has nothing to do. */
async function onHandoff(ctx: Context, id: string, check: (ctx: Context, found: LoadedHandoff) => Promise<boolean>) {
  await transaction(ctx, async (ctx) => {
    try {
      if (!(await check(ctx, await loadHandoff(ctx, { id })))) nothingChanged(ctx);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_found") throw error;
      nothingChanged(ctx);
    }
  });
}

/**
 * A proposal that nobody answered runs out at its due time and climbs the ladder; the sender goes on answering for the
 * journey, which goes off track (T6). A step that was taken is not taken again, and an earlier proposal's clock is void.
 */
const escalate: TaskHandler = (ctx, { handoffId, level: step, proposedAt }) =>
  onHandoff(ctx, String(handoffId), async (ctx, found) => {
    const { handoff, loaded } = found;
    const level = Number(step);
    const isWaiting = handoff.state === "proposed" || handoff.state === "expired";
    if (!isWaiting || handoff.escalation >= level || handoff.proposedAt?.toISOString() !== proposedAt) return false;
    if (!handoff.dueAccept || handoff.dueAccept > ctx.now) return false;
    if (!isOpen(loaded.journey.status)) {
      if (handoff.parentId === null) await cancelWhole(ctx, found, "journey_closed");
      return true;
    }
    const told = await audience(ctx, level, found);
    if (handoff.state === "proposed") {
      await changeHandoff(ctx, found, { state: "expired", expiredAt: ctx.now, escalation: level });
      await returnWhole(ctx, found, "expired", { expiredAt: ctx.now });
      await openOffTrack(ctx, loaded, "T6", { handoffId: handoff.id, dueAccept: handoff.dueAccept.toISOString() });
      await tell(ctx, found, "expired", told, { level });
      return true;
    }
    await changeHandoff(ctx, found, { escalation: level });
    await notify(ctx, told, "handoff_expired", loaded.journey.customerId, { customer: loaded.customerName, level });
    record(ctx, "handoff.escalated", {
      subject: `handoff:${handoff.id}`,
      customerId: loaded.journey.customerId,
      journeyId: loaded.journey.id,
      detail: { level, step: ladder[level - 1] },
      data: { level },
    });
    return true;
  });

/**
 * The journey ended: nobody takes it over any more, and if it was lost, what was accepted and never came to a talk is given up
 * too. A journey that was taken up again, `reopenedAt`, begins with nobody's handoff of before (DOMAIN 11).
 */
const cancelOf: TaskHandler = async (ctx, { journeyId, reopenedAt }) => {
  const standing = await ctx.db.handoff.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...{ journeyId: String(journeyId), parentId: null, state: { in: [...openStates, "accepted"] } },
    },
    select: { id: true },
    take: 100,
  });
  for (const { id } of standing)
    await onHandoff(ctx, id, async (ctx, found) => {
      const { state, acceptedAt } = found.handoff;
      const { status } = found.loaded.journey;
      if (state === "accepted") {
        const isBefore = typeof reopenedAt === "string" && acceptedAt !== null && acceptedAt < new Date(reopenedAt);
        if (status !== "lost" && !isBefore) return false;
        await cancelWhole(ctx, found, status === "lost" ? "journey_closed" : "journey_reopened");
        return true;
      }
      if (!(openStates as readonly string[]).includes(state) || isOpen(status)) return false;
      await cancelWhole(ctx, found, "journey_closed");
      return true;
    });
};

/** The jobs of this noun, by task name. */
export const handoffTasks: Record<string, TaskHandler> = { "handoff.escalate": escalate, "handoff.cancel": cancelOf };
