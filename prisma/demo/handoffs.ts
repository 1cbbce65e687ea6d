import { systemContext } from "../../lib/auth/context";
import { dayKey } from "../../lib/calendar/day";
import type { Context } from "../../lib/context";
import { logCsmHours, setCsmCapacity } from "../../lib/csm-hours/commands";
import { LogCsmHours } from "../../lib/csm-hours/schema";
import { inWorkspace } from "../../lib/db";
import { draftHandoff, fillPacketItem } from "../../lib/handoffs/commands";
import { introduceHandoff } from "../../lib/handoffs/introduce";
import { proposeHandoff } from "../../lib/handoffs/propose";
import { acceptHandoff, rateHandoff, rejectHandoff } from "../../lib/handoffs/receive";
import { policySays } from "../../lib/handoffs/scenario";
import {
  DraftHandoff,
  FillPacketItem,
  IntroduceHandoff,
  ProposeHandoff,
  RejectHandoff,
} from "../../lib/handoffs/schema";
import { logInteraction } from "../../lib/interactions/commands";
import { LogInteraction } from "../../lib/interactions/schema";
import { setJourneyFields } from "../../lib/journeys/commands";
import { SetFields } from "../../lib/journeys/schema";
import { contextAs } from "./stage";

const hour = 3_600_000;

/** What the seller writes; of which lot is the customer's own, and the price that of the offer. */
const packetOf = (place: string | null) => ({
  goals: "Move in before school starts; a kitchen in which four people cook at once.",
  stakeholders: "She decides, he signs; her mother chooses the ground-floor bath.",
  scope: `The Alder${place ? `, ${place}` : ""}, 553,300 with the island kitchen and the heat pump; nothing beyond the offer.`,
  risks: "The sale of their flat closes only in May.",
  timeline: "Selections done within thirty days of the contract.",
  motives: "The short walk to school, and that somebody always answered.",
});

type Sale = { customerId: string; place: string | null; seller: string };

/** Who takes over from whom in the demo. */
const takers: Record<string, { taker: string; spoke: string }> = {
  ines: { taker: "noa", spoke: "design" },
  marcus: { taker: "ines", spoke: "senior_sales" },
};

/** Customers who are about to leave a seller for the next department, those on track and quiet the longest first. */
async function readSales(ctx: Context, ids: Map<string, string>): Promise<Sale[]> {
  const rows = await ctx.db.$queryRaw<{ customerId: string; place: string | null; sellerId: string }[]>`
    select j.customer_id as "customerId", c.place, j.accountable_id as "sellerId" from journeys j
    join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.is_primary and j.status in ('active', 'won') and s.key in ('contract', 'working', 'appointment')
      and j.accountable_id in (${ids.get("ines")}::uuid, ${ids.get("marcus")}::uuid)
    order by array_position(array['contract', 'working', 'appointment'], s.key), j.off_track_since is not null, j.last_activity_at, j.id limit 4`;
  return rows.map(({ sellerId, ...row }) => ({
    ...row,
    seller: sellerId === ids.get("ines") ? "ines" : "marcus",
  }));
}

type Stage = { workspaceId: string; ids: Map<string, string>; now: Date; ctx: Context };

const then = ({ workspaceId, ids, now }: Stage, who: string, hoursAgo: number) =>
  contextAs(workspaceId, ids, who, new Date(now.getTime() - hoursAgo * hour));

/** The seller writes the packet and proposes, so many hours ago. */
async function propose(stage: Stage, { customerId, place, seller }: Sale, hoursAgo: number) {
  const key = takers[seller]?.spoke ?? "design";
  const { id: toSpokeId } = await stage.ctx.db.spoke.findFirstOrThrow({
    where: { workspaceId: stage.workspaceId, key },
  });
  const ctx = await then(stage, seller, hoursAgo);
  for (const [item, text] of Object.entries(packetOf(place)))
    await fillPacketItem(ctx, FillPacketItem.parse({ customerId, key: item, text }));
  await fillPacketItem(ctx, FillPacketItem.parse({ customerId, key: "promises", isApplicable: false }));
  const { id } = await draftHandoff(ctx, DraftHandoff.parse({ customerId, toSpokeId }));
  await proposeHandoff(ctx, ProposeHandoff.parse({ id }));
  return { id, taker: takers[seller]?.taker ?? "noa" };
}

/** Customer success joins a complex sale near its end: the policy's scenario, hours of Ruth before the sale, and the handoff at her desk. */
async function joinSuccess(stage: Stage, { customerId, place, seller }: Sale): Promise<void> {
  const { workspaceId, ctx, now } = stage;
  const sender = await then(stage, seller, 5);
  await setJourneyFields(sender, SetFields.parse({ customerId, fields: { complexity: 0.8, relationship: 0.6 } }));
  for (const [item, text] of Object.entries(packetOf(place)))
    await fillPacketItem(sender, FillPacketItem.parse({ customerId, key: item, text }));
  await fillPacketItem(sender, FillPacketItem.parse({ customerId, key: "promises", isApplicable: false }));
  const { id: toSpokeId } = await ctx.db.spoke.findFirstOrThrow({ where: { workspaceId, key: "cs" } });
  const { memberId } = await then(stage, "ruth", 0);
  const journeyId = await journeyOf(ctx, customerId);
  const says = await policySays(sender, journeyId);
  const overrideReason = "Four families share the house; the onboarding decides whether they buy.";
  const asked = { customerId, toSpokeId, toId: memberId, scenario: "C", overrideReason };
  const input = says?.answer === "C" ? { ...asked, scenario: null, overrideReason: "" } : asked;
  const { id } = await draftHandoff(sender, DraftHandoff.parse(input));
  await proposeHandoff(sender, ProposeHandoff.parse({ id }));
  const ruth = await then(stage, "ruth", 1);
  const dayOf = (daysAgo: number) => dayKey(ruth.timeZone, new Date(now.getTime() - daysAgo * 24 * hour));
  for (const [minutes, daysAgo, note] of [
    [150, 6, "Went through the house plan with all four"],
    [60, 2, "Answered what the bank asked about the timetable"],
  ] as const)
    await logCsmHours(ruth, LogCsmHours.parse({ journeyId, handoffId: id, minutes, spentOn: dayOf(daysAgo), note }));
}

async function journeyOf({ db, workspaceId }: Context, customerId: string): Promise<string> {
  return (await db.journey.findFirstOrThrow({ where: { workspaceId, customerId, isPrimary: true } })).id;
}

/** The consultant of that customer brings everybody together, so many hours ago. */
async function introduce(stage: Stage, id: string, hoursAgo: number) {
  const { workspaceId, ctx, ids } = stage;
  const { journeyId } = await ctx.db.handoff.findFirstOrThrow({ where: { workspaceId, id } });
  const { oscId } = await ctx.db.journey.findFirstOrThrow({ where: { workspaceId, id: journeyId } });
  const who = [...ids].find(([, memberId]) => memberId === oscId)?.[0];
  if (!who) return;
  const summary = "All three of us on one call: who does what from here on, and that I stay.";
  await introduceHandoff(await then(stage, who, hoursAgo), IntroduceHandoff.parse({ id, summary }));
}

/**
 * Four customers on their way to the next department: one waits for an answer, one came back, one was taken and rated, one is
 * offered to customer success before the sale is closed.
 */
export async function handOver(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  const stage = { workspaceId, ids, now, ctx };
  await inWorkspace(workspaceId, async () => {
    const [waiting, returned, taken, joined] = await readSales(ctx, ids);
    await setCsmCapacity(await then(stage, "owner", 200), { memberId: null, minutesWeek: 20 * 60 });
    if (joined) await joinSuccess(stage, joined);
    if (taken) {
      const { id, taker } = await propose(stage, taken, 30);
      await acceptHandoff(await then(stage, taker, 27), { id });
      await introduce(stage, id, 24);
      const summary = "We went through the goals and set what comes first.";
      const talk = { medium: "video", direction: "outbound", type: "handover", isTwoWay: true, summary };
      const logged = LogInteraction.parse({ customerId: taken.customerId, ...talk });
      await logInteraction(await then(stage, taker, 20), logged);
      await rateHandoff(await then(stage, taker, 19), { id, rating: 4, hadToRepeat: false });
    }
    if (returned) {
      const { id, taker } = await propose(stage, returned, 9);
      const note = "Which appliances are in the price? The sheet and the contract differ.";
      const reject = { id, reason: "scope_mismatch", missingItems: ["scope", "technical"], note };
      await rejectHandoff(await then(stage, taker, 6), RejectHandoff.parse(reject));
    }
    if (waiting) await propose(stage, waiting, 3);
  });
}
