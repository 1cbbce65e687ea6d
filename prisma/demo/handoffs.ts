import { systemContext } from "../../lib/auth/context";
import type { Context } from "../../lib/context";
import { inWorkspace } from "../../lib/db";
import { draftHandoff, fillPacketItem, proposeHandoff } from "../../lib/handoffs/commands";
import { acceptHandoff, rateHandoff, rejectHandoff } from "../../lib/handoffs/receive";
import { DraftHandoff, FillPacketItem, ProposeHandoff, RejectHandoff } from "../../lib/handoffs/schema";
import { logInteraction } from "../../lib/interactions/commands";
import { LogInteraction } from "../../lib/interactions/schema";
import { contextAs } from "./stage";

const hour = 3_600_000;

const packet = {
  goals: "Move in before school starts; a kitchen in which four people cook at once.",
  stakeholders: "She decides, he signs; her mother chooses the ground-floor bath.",
  scope: "The Alder, lot 14, 612,000 with the porch; no upgrades beyond the sheet.",
  risks: "The sale of their flat closes only in May.",
  timeline: "Selections done within thirty days of the contract.",
  motives: "The short walk to school, and that somebody always answered.",
};

type Contract = { customerId: string };

/** Whose contract is signed and who waits for design: hers, the quiet ones first. */
const readContracts = (ctx: Context, memberId: string) => ctx.db.$queryRaw<Contract[]>`
  select j.customer_id as "customerId" from journeys j join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
  where j.workspace_id = ${ctx.workspaceId}::uuid and j.is_primary and j.status in ('active', 'won') and s.key in ('contract', 'working') and j.accountable_id = ${memberId}::uuid
  order by (s.key = 'contract') desc, j.off_track_since is not null, j.last_activity_at, j.id limit 3`;

type Stage = { workspaceId: string; ids: Map<string, string>; now: Date; toSpokeId: string };

/** Ines writes the packet and proposes, so many hours ago. */
async function propose({ workspaceId, ids, now, toSpokeId }: Stage, { customerId }: Contract, hoursAgo: number) {
  const ines = await contextAs(workspaceId, ids, "ines", new Date(now.getTime() - hoursAgo * hour));
  for (const [key, text] of Object.entries(packet))
    await fillPacketItem(ines, FillPacketItem.parse({ customerId, key, text }));
  await fillPacketItem(ines, FillPacketItem.parse({ customerId, key: "promises", isApplicable: false }));
  const { id } = await draftHandoff(ines, DraftHandoff.parse({ customerId, toSpokeId }));
  await proposeHandoff(ines, ProposeHandoff.parse({ id }));
  return id;
}

/** Three contracts on their way to design: one waits for an answer, one came back, one was taken, spoken about and rated. */
export async function handOver(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  const noa = (hoursAgo: number) => contextAs(workspaceId, ids, "noa", new Date(now.getTime() - hoursAgo * hour));
  await inWorkspace(workspaceId, async () => {
    const { id: toSpokeId } = await ctx.db.spoke.findFirstOrThrow({ where: { workspaceId, key: "design" } });
    const [waiting, returned, taken] = await readContracts(ctx, ids.get("ines") ?? "");
    const stage = { workspaceId, ids, now, toSpokeId };
    if (taken) {
      const id = await propose(stage, taken, 30);
      await acceptHandoff(await noa(27), { id });
      const summary = "Introduced by Dana; we went through the goals and set the first selections.";
      const talk = { ...taken, medium: "video", direction: "outbound", type: "handover", isTwoWay: true, summary };
      await logInteraction(await noa(20), LogInteraction.parse(talk));
      await rateHandoff(await noa(19), { id, rating: 4, hadToRepeat: false });
    }
    if (returned) {
      const id = await propose(stage, returned, 9);
      const note = "Which appliances are in the price? The sheet and the contract differ.";
      const reject = { id, reason: "scope_mismatch", missingItems: ["scope", "technical"], note };
      await rejectHandoff(await noa(6), RejectHandoff.parse(reject));
    }
    if (waiting) await propose(stage, waiting, 3);
  });
}
