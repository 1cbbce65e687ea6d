import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { planMove } from "../journeys/rules";
import { escalationTimes } from "../relays/rules";
import { enqueue, transaction } from "../transaction";
import { readShortage } from "./capacity";
import { changeHandoff, type LoadedHandoff, loadHandoff, nextStageOf, partyOf, requireReceiver, tell } from "./load";
import { readPacket } from "./packet-read";
import { planWhole } from "./part-rules";
import { partsOf } from "./parts";
import { acceptDue, planCapacity, planChoice, planPropose, planSender, planState } from "./rules";
import type { PacketView, ProposeHandoff } from "./schema";

/** The packet as it stands, to go along. */
const carried = ({ items, completeness }: PacketView) => ({
  completeness,
  packet: items.map(({ key, isMandatory, isPresent, isApplicable, text, known }) => {
    return { key, isMandatory, isPresent, isApplicable, text, known };
  }),
});

/** Asks one receiver, whose clock runs in her working time; answers by when she says yes or no. */
async function ask(ctx: Context, found: LoadedHandoff, packet: PacketView, input: ProposeHandoff): Promise<Date> {
  const { handoff } = found;
  const { state } = enforce(planState(handoff.state, "proposed"));
  const receiver = await requireReceiver(ctx, handoff.toSpokeId, handoff.toId);
  const { capacityReason, reason } = input;
  enforce(planCapacity(await readShortage(ctx, handoff, handoff.toId), capacityReason));
  const dueAccept = acceptDue(receiver.calendar, ctx.now);
  const clock = { state, proposedAt: ctx.now, dueAccept, escalation: 0 };
  await changeHandoff(ctx, found, { ...clock, ...carried(packet), capacityReason });
  escalationTimes(receiver.calendar, ctx.now, dueAccept).forEach((runAt, index) => {
    const level = index + 1;
    const payload = { handoffId: handoff.id, level, proposedAt: ctx.now.toISOString() };
    enqueue(ctx, "handoff.escalate", payload, { runAt, key: `handoff:${handoff.id}:${level}` });
  });
  const { completeness } = packet;
  await tell(ctx, found, "proposed", receiver.memberIds, { dueAccept, completeness, reason, capacityReason });
  return dueAccept;
}

/**
 * Asks the receiver to take the journey; the packet goes along as it stands and the clock runs in her working time. Until
 * she accepts, the sender answers for it (INV H1). Throws `refused` `packet_incomplete` naming every mandatory item that is
 * missing. What was rejected or ran out may be proposed again; of several receivers those are asked who have not taken it.
 */
export async function proposeHandoff(
  ctx: Context,
  input: ProposeHandoff,
): Promise<{ version: number; dueAccept: string; completeness: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planSender(partyOf(ctx), handoff, input.reason));
    enforce(planWhole(handoff));
    const { state } = enforce(planState(handoff.state, "proposed"));
    const packet = await readPacket(ctx, handoff.journeyId);
    if (!packet) throw new AppError("not_found", "journey");
    enforce(planPropose(loaded.journey, handoff, packet.missing));
    const stage = await nextStageOf(ctx, loaded, handoff.toSpokeId);
    if (stage) enforce(planMove(loaded.journey, loaded.stage, stage, undefined));
    const parts = (await partsOf(ctx, handoff)).filter((part) => planChoice(part.state).ok);
    let dueAccept = ctx.now;
    for (const each of handoff.isParent ? parts : [handoff]) {
      const due = await ask(ctx, { handoff: each, loaded }, packet, input);
      if (due > dueAccept) dueAccept = due;
    }
    const { completeness } = packet;
    if (handoff.isParent) {
      await changeHandoff(ctx, found, { state, proposedAt: ctx.now, dueAccept, escalation: 0, ...carried(packet) });
      await tell(ctx, found, "proposed", [], { dueAccept, completeness, reason: input.reason });
    }
    return { version: handoff.version + 1, dueAccept: dueAccept.toISOString(), completeness };
  });
}
