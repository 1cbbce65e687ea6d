import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { createCustomers } from "../customers/bulk";
import { draftHandoff, fillPacketItem } from "../handoffs/commands";
import type { PacketKey } from "../handoffs/packet";
import { proposeHandoff } from "../handoffs/propose";
import { acceptHandoff, rateHandoff, rejectHandoff } from "../handoffs/receive";
import { DraftHandoff, FillPacketItem, ProposeHandoff, RejectHandoff } from "../handoffs/schema";
import { logInteraction } from "../interactions/commands";
import { LogInteraction } from "../interactions/schema";
import { startJourneys } from "../journeys/start";
import { record, transaction } from "../transaction";
import { actingAs, workingHour } from "./example-frame";

const hour = 3_600_000;

/** The worked example has eight items; of the others here none applies. */
const others: readonly PacketKey[] = [
  "billing",
  "motives",
  "competitors",
  "communication",
  "language",
  "consents",
  "osc",
];

/** What the packets hold: three quarters by weight each, the first without the promises, the second with all that is mandatory. */
const packets = {
  "Example F61": ["goals", "stakeholders", "scope", "risks", "technical"],
  "Example F62": ["goals", "stakeholders", "scope", "promises", "timeline"],
} as const;

async function startSales(ctx: Context, oscId: string): Promise<Map<string, string>> {
  const names = Object.keys(packets);
  const { workspaceId } = ctx;
  const { id: spokeId } = await ctx.db.spoke.findFirstOrThrow({ where: { workspaceId, key: "sales" } });
  const { id: templateId } = await ctx.db.journeyTemplate.findFirstOrThrow({ where: { workspaceId, isDefault: true } });
  const where = { workspaceId, spokeId, templateId };
  const { key: stageKey } = await ctx.db.stage.findFirstOrThrow({ where, orderBy: { position: "asc" } });
  return transaction(ctx, async (ctx) => {
    const made = await createCustomers(
      ctx,
      names.map((name) => ({ name, persons: [{ name }], provenance: "typed" as const })),
    );
    await startJourneys(
      ctx,
      made.map(({ customerId, primaryPersonId: personId }, each) => ({
        ...{ customerId, customerName: names[each] ?? "", personId, need: "a home" },
        osc: { memberId: oscId, reason: "round_robin" as const },
        ...{ history: [{ stageKey, at: ctx.now }], next: { name: "Handing over" } },
      })),
    );
    record(ctx, "customer.created", { subject: `workspace:${workspaceId}`, detail: { packets: names.length } });
    return new Map(made.map(({ customerId }, each) => [names[each] ?? "", customerId]));
  });
}

/**
 * Two packets that are three quarters full (DOMAIN F61): one that cannot be proposed for want of its promises, and one that was
 * rejected first, then taken in time and rated four, so that its quality is that of F62. Sender and receiver are members' ids.
 */
export async function tellHandoffs(
  { workspaceId, now }: Context,
  ownerId: string,
  { senderId, receiverId }: { senderId: string; receiverId: string },
): Promise<void> {
  const began = workingHour(now, 20).getTime();
  const as = async (memberId: string, hours: number): Promise<Context> => {
    const ctx = await systemContext(workspaceId, { memberId, now: new Date(began + hours * hour) });
    const { spokeId } = await ctx.db.member.findFirstOrThrow({ where: { workspaceId, id: memberId } });
    const role = memberId === senderId ? ("sales" as const) : ("design" as const);
    return { ...actingAs(ctx, memberId, role, "manager"), spokeId };
  };
  const customers = await startSales(await systemContext(workspaceId, { now: new Date(began) }), ownerId);
  for (const [name, items] of Object.entries(packets)) {
    const customerId = customers.get(name);
    const sender = await as(senderId, 0);
    // They rang and were answered: none of them waited, as the chart of speed would have it (F37).
    const rang = {
      medium: "phone",
      direction: "inbound",
      type: "first inquiry",
      isTwoWay: true,
      summary: "She rang.",
    };
    await logInteraction(sender, LogInteraction.parse({ customerId, ...rang }));
    const fill = (key: string, told: object) =>
      fillPacketItem(sender, FillPacketItem.parse({ customerId, key, ...told }));
    for (const key of items) await fill(key, { text: "As the example has it." });
    for (const key of others) await fill(key, { isApplicable: false });
  }
  const customerId = customers.get("Example F62") ?? "";
  const receiver = await as(receiverId, 1);
  const input = { customerId, toSpokeId: receiver.spokeId };
  const { id } = await draftHandoff(await as(senderId, 0), DraftHandoff.parse(input));
  await proposeHandoff(await as(senderId, 0), ProposeHandoff.parse({ id }));
  const missing = { reason: "incomplete_packet", missingItems: ["technical"], note: "Which heating is there?" };
  await rejectHandoff(receiver, RejectHandoff.parse({ id, ...missing }));
  await proposeHandoff(await as(senderId, 2), ProposeHandoff.parse({ id }));
  await acceptHandoff(await as(receiverId, 3), { id });
  const talk = {
    medium: "phone",
    direction: "outbound",
    type: "handover",
    isTwoWay: true,
    summary: "What comes first.",
  };
  await logInteraction(await as(receiverId, 4), LogInteraction.parse({ customerId, ...talk }));
  await rateHandoff(await as(receiverId, 5), { id, rating: 4, hadToRepeat: false });
}
