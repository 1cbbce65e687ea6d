import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { loadForCommand } from "../journeys/commands";
import { record, transaction } from "../transaction";
import { loadHandoff, partyOf, requireReceiver } from "./load";
import { planReceivers, planWhole } from "./part-rules";
import { cancelWhole } from "./parts";
import { openStates, planItem, planPropose, planScenario, planSender } from "./rules";
import { policySays } from "./scenario";
import type { CancelHandoff, DraftHandoff, FillPacketItem, HandoffType } from "./schema";

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

type Receiver = { toSpokeId: string; toId: string | null };
type Draft = { id: string; journeyId: string; fromSpokeId: string; receivers: readonly Receiver[] };

const nothing = { scenario: null, given: null, policyAnswer: null, policyNumber: null, overrideReason: null };

/** One row for one receiver; a whole and a part for each for several. The scenario stands where customer success receives. */
async function rowsOf(ctx: Context, input: DraftHandoff, { id, journeyId, fromSpokeId, receivers }: Draft) {
  const types = await Promise.all(receivers.map(({ toSpokeId }) => typeOf(ctx, fromSpokeId, toSpokeId)));
  const sale: HandoffType = types.includes("sales_to_cs") ? "sales_to_cs" : "spoke_to_spoke";
  const says = sale === "sales_to_cs" ? await policySays(ctx, journeyId) : null;
  const chosen = enforce(planScenario(sale, input.scenario ?? null, says, input.overrideReason));
  const rows = receivers.map((receiver, place) => {
    const type = types[place] ?? "spoke_to_spoke";
    return { ...receiver, type, ...(type === "sales_to_cs" ? chosen : nothing) };
  });
  const [lead] = rows;
  if (!lead || rows.length === 1) return rows.map((row) => ({ id, isParent: false, parentId: null, ...row }));
  const parts = rows.map((row) => ({ id: newId(), isParent: false, parentId: id, ...row }));
  return [{ id, isParent: true, parentId: null, ...lead, ...nothing }, ...parts];
}

/**
 * Prepares a handoff of a journey from the department that answers for it to another; nobody is asked yet. One at a time
 * per journey; to several departments it has a part for each, and the first is its lead. Throws `refused` when it is not hers to give, `conflict` `handoff_open` when one stands.
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
    const receivers = [{ toSpokeId: input.toSpokeId, toId: input.toId ?? null }, ...input.alsoTo].map(
      ({ toSpokeId, toId = null }) => ({ toSpokeId, toId }),
    );
    enforce(
      planReceivers(
        fromSpokeId,
        receivers.map(({ toSpokeId }) => toSpokeId),
      ),
    );
    for (const { toSpokeId, toId } of receivers) {
      const receiver = await requireReceiver(ctx, toSpokeId, toId);
      if (receiver.isHub) throw new AppError("refused", "osc_stays");
    }
    const standing = await ctx.db.handoff.findFirst({
      where: { workspaceId, journeyId: journey.id, state: { in: [...openStates] } },
      select: { id: true, state: true, version: true },
    });
    if (standing) throw new AppError("conflict", "handoff_open", { current: standing });
    const id = input.id ?? newId();
    const base = {
      ...{ journeyId: journey.id, fromSpokeId, note: input.note, draftedAt: ctx.now },
      // A manager who steps in prepares it for whoever answers for the journey.
      fromId: ctx.spokeId === fromSpokeId ? memberId : (journey.accountableId ?? memberId),
    };
    const rows = await rowsOf(ctx, input, { id, journeyId: journey.id, fromSpokeId, receivers });
    await ctx.db.handoff.createMany({ data: rows.map((row) => ({ workspaceId, ...base, ...row })) });
    const { toSpokeId, toId = null } = input;
    record(ctx, "handoff.drafted", {
      subject: `handoff:${id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { toSpokeId, toId, reason: input.reason, rows },
      data: { fromSpokeId, toSpokeId, scenario: rows.find(({ scenario }) => scenario !== null)?.scenario ?? null },
    });
    return { id, version: 1 };
  });
}

/** Gives a handoff up before it was accepted; the sender goes on. */
export async function cancelHandoff(ctx: Context, input: CancelHandoff): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff } = found;
    enforce(planSender(partyOf(ctx), handoff, input.reason));
    enforce(planWhole(handoff));
    if (!(openStates as readonly string[]).includes(handoff.state))
      throw new AppError("refused", "handoff_state", { current: { state: handoff.state } });
    await cancelWhole(ctx, found, input.reason);
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
