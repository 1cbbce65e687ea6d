import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { loadForCommand } from "../journeys/commands";
import { planMove } from "../journeys/rules";
import { getReceiver } from "../relays/commands";
import { escalationTimes } from "../relays/rules";
import { enqueue, record, transaction } from "../transaction";
import { readShortage } from "./capacity";
import { changeHandoff, loadHandoff, nextStageOf, partyOf, tell } from "./load";
import { readPacket } from "./packet-read";
import {
  acceptDue,
  openStates,
  planCapacity,
  planItem,
  planPropose,
  planScenario,
  planSender,
  planState,
} from "./rules";
import { policySays } from "./scenario";
import type { CancelHandoff, DraftHandoff, FillPacketItem, HandoffType, ProposeHandoff } from "./schema";

const sellers = ["sales", "senior_sales"];

/** From the people who sell to customer success is a kind of its own (DOMAIN 6E). */
async function typeOf(ctx: Context, fromSpokeId: string, toSpokeId: string): Promise<HandoffType> {
  const spokes = await ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: [fromSpokeId, toSpokeId] } },
    select: { id: true, key: true },
  });
  const keyOf = (id: string) => spokes.find((spoke) => spoke.id === id)?.key ?? "";
  return sellers.includes(keyOf(fromSpokeId)) && keyOf(toSpokeId) === "cs" ? "sales_to_cs" : "spoke_to_spoke";
}

/** Throws `refused` `receiver_gone` for whoever works here no more: it goes to the department or to somebody else. */
async function requireWorking({ db, workspaceId }: Context, memberId: string | null): Promise<void> {
  if (memberId === null) return;
  const member = await db.member.findFirst({ where: { workspaceId, id: memberId }, select: { status: true } });
  if (member && member.status !== "active")
    throw new AppError("refused", "receiver_gone", { fields: { toId: "receiver_gone" } });
}

/**
 * Prepares a handoff of a journey from the department that answers for it to another; nobody is asked yet. One at a time
 * per journey. Throws `refused` when it is not hers to give, `conflict` `handoff_open` when one stands.
 */
export async function draftHandoff(ctx: Context, input: DraftHandoff): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const { workspaceId, memberId } = ctx;
    if (memberId === null) throw new AppError("forbidden", "handoffs.accept");
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const fromSpokeId = journey.accountableSpokeId;
    enforce(planPropose(journey, { fromSpokeId }, []));
    enforce(planSender(partyOf(ctx), { fromSpokeId }, input.reason));
    if (input.toSpokeId === fromSpokeId) throw new AppError("refused", "same_spoke");
    await requireWorking(ctx, input.toId ?? null);
    const receiver = await getReceiver(ctx, input.toSpokeId, input.toId ?? null);
    if (receiver.isHub) throw new AppError("refused", "osc_stays");
    const standing = await ctx.db.handoff.findFirst({
      where: { workspaceId, journeyId: journey.id, state: { in: [...openStates] } },
      select: { id: true, state: true, version: true },
    });
    if (standing) throw new AppError("conflict", "handoff_open", { current: standing });
    const { toSpokeId, toId = null, note } = input;
    const id = input.id ?? newId();
    const type = await typeOf(ctx, fromSpokeId, toSpokeId);
    const says = type === "sales_to_cs" ? await policySays(ctx, journey.id) : null;
    const chosen = enforce(planScenario(type, input.scenario ?? null, says, input.overrideReason));
    await ctx.db.handoff.create({
      data: {
        ...{ workspaceId, id, journeyId: journey.id, type, fromSpokeId, toSpokeId, toId, note },
        // A manager who steps in prepares it for whoever answers for the journey.
        fromId: ctx.spokeId === fromSpokeId ? memberId : (journey.accountableId ?? memberId),
        draftedAt: ctx.now,
        ...chosen,
      },
    });
    record(ctx, "handoff.drafted", {
      subject: `handoff:${id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { toSpokeId, toId, reason: input.reason, ...chosen },
      data: { fromSpokeId, toSpokeId, scenario: chosen.scenario },
    });
    return { id, version: 1 };
  });
}

/**
 * Asks the receiver to take the journey; the packet goes along as it stands and the clock runs in her working time. Until
 * she accepts, the sender answers for it (INV H1). Throws `refused` `packet_incomplete` naming every mandatory item that is
 * missing. What was rejected or ran out may be proposed again.
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
    const { state } = enforce(planState(handoff.state, "proposed"));
    const packet = await readPacket(ctx, handoff.journeyId);
    if (!packet) throw new AppError("not_found", "journey");
    enforce(planPropose(loaded.journey, handoff, packet.missing));
    const stage = await nextStageOf(ctx, loaded, handoff.toSpokeId);
    if (stage) enforce(planMove(loaded.journey, loaded.stage, stage, undefined));
    await requireWorking(ctx, handoff.toId);
    const receiver = await getReceiver(ctx, handoff.toSpokeId, handoff.toId);
    const { capacityReason } = input;
    enforce(planCapacity(await readShortage(ctx, handoff, handoff.toId), capacityReason));
    const dueAccept = acceptDue(receiver.calendar, ctx.now);
    const { completeness } = packet;
    await changeHandoff(ctx, found, {
      ...{ state, proposedAt: ctx.now, dueAccept, completeness, escalation: 0, capacityReason },
      packet: packet.items.map(({ key, isMandatory, isPresent, isApplicable, text, known }) => {
        return { key, isMandatory, isPresent, isApplicable, text, known };
      }),
    });
    escalationTimes(receiver.calendar, ctx.now, dueAccept).forEach((runAt, index) => {
      const level = index + 1;
      const payload = { handoffId: handoff.id, level, proposedAt: ctx.now.toISOString() };
      enqueue(ctx, "handoff.escalate", payload, { runAt, key: `handoff:${handoff.id}:${level}` });
    });
    await tell(ctx, found, "proposed", receiver.memberIds, {
      ...{ dueAccept, completeness, reason: input.reason, capacityReason },
    });
    return { version: handoff.version + 1, dueAccept: dueAccept.toISOString(), completeness };
  });
}

/** Gives a handoff up before it was accepted; the sender goes on. */
export async function cancelHandoff(ctx: Context, input: CancelHandoff): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff } = found;
    enforce(planSender(partyOf(ctx), handoff, input.reason));
    const { state } = enforce(planState(handoff.state, "cancelled"));
    await changeHandoff(ctx, found, { state, cancelledAt: ctx.now, cancelReason: input.reason });
    await tell(ctx, found, "cancelled", [handoff.fromId, handoff.toId], { reason: input.reason });
    return { version: handoff.version + 1 };
  });
}

/**
 * Writes one item of a journey's packet, or says that it does not apply. Everybody who may edit contacts and sees the
 * customer fills what she knows. Throws `refused` `mandatory_item` for a mandatory one that is said not to apply, except
 * promises, where it says that none were made.
 */
export async function fillPacketItem(ctx: Context, input: FillPacketItem): Promise<{ version: number }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { version, key, ...rest } = input;
    const { journey } = await loadForCommand(ctx, { customerId: rest.customerId, journeyId: rest.journeyId });
    const text = rest.isApplicable ? rest.text : "";
    enforce(planItem(key, rest.isApplicable));
    const [row] = await ctx.db.$queryRaw<{ version: number }[]>`
      insert into packet_items as p (workspace_id, journey_id, key, text, is_applicable, filled_at, filled_by_id, stage_id)
      select ${ctx.workspaceId}::uuid, ${journey.id}::uuid, ${key}, ${text}, ${rest.isApplicable}, ${ctx.now}, ${ctx.memberId}::uuid, ${journey.stageId}::uuid
      where ${version ?? 0} = 0 or exists (select from packet_items e where e.workspace_id = ${ctx.workspaceId}::uuid and e.journey_id = ${journey.id}::uuid and e.key = ${key})
      on conflict (workspace_id, journey_id, key) do update set text = excluded.text, is_applicable = excluded.is_applicable, filled_at = excluded.filled_at,
        filled_by_id = excluded.filled_by_id, stage_id = excluded.stage_id, version = p.version + 1
        where ${version ?? null}::int is null or p.version = ${version ?? null}::int
      returning version`;
    if (!row) throw new AppError("conflict", "version");
    record(ctx, "packet.filled", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { key, text, isApplicable: rest.isApplicable },
      data: { key },
    });
    return { version: row.version };
  });
}
