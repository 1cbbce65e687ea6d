import { canAs } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { leaveSellingTeams } from "../selling-teams/commands";
import { record } from "../transaction";
import { approversOf } from "./approvals";
import { dateOf, todayOf } from "./content";
import { subjectOf } from "./loaded";
import { type ApprovalTier, approvalTiers } from "./price";

const open = ["draft", "pending_approval", "approved", "presented"];

type Colleague = { id: string; roles: string[] };

/** Who takes over what a seller leaves: her heir when she sells too, else the first manager, else the heir all the same. */
function takerOf(
  heirId: string,
  colleagues: readonly Colleague[],
  capability: "proposals.present" | "discounts.approve",
) {
  const may = ({ roles }: Colleague) => canAs(roles.filter(isRole), capability, "yes", "tier");
  const heir = colleagues.find(({ id }) => id === heirId);
  if (heir && may(heir)) return heirId;
  return colleagues.find(({ roles }) => roles.includes("manager"))?.id ?? heirId;
}

/** Ends her authorities and what she lent, and gives those that were named for her alone to who takes over. */
async function passOnAuthorities(ctx: Context, memberId: string, takerId: string): Promise<void> {
  const { workspaceId } = ctx;
  const today = dateOf(todayOf(ctx));
  const stands = { endedAt: null, OR: [{ validTo: null }, { validTo: { gte: today } }] };
  const ended = { endedAt: ctx.now, version: { increment: 1 } };
  const held = await ctx.db.approvalAuthority.findMany({ where: { workspaceId, memberId, ...stands } });
  const lent = { workspaceId, delegatedById: memberId, ...stands };
  await ctx.db.approvalAuthority.updateMany({ where: { workspaceId, memberId, ...stands }, data: ended });
  await ctx.db.approvalAuthority.updateMany({ where: lent, data: ended });
  for (const { tier, validFrom, validTo, delegatedById } of held) {
    const where = { workspaceId, memberId: takerId, tier, ...stands };
    if (delegatedById !== null || (await ctx.db.approvalAuthority.count({ where })) > 0) continue;
    const id = newId();
    const dates = { validFrom: validFrom > today ? validFrom : today, validTo };
    await ctx.db.approvalAuthority.create({ data: { workspaceId, id, memberId: takerId, tier, ...dates } });
    record(ctx, "approval.authority_granted", {
      subject: `member:${takerId}`,
      detail: { tier, ...dates, from: memberId },
    });
  }
}

/** Asks again whoever may answer now, of what waits for a tier that the leaver held; at most a thousand proposals. */
async function askAgain(ctx: Context, tiers: readonly ApprovalTier[]): Promise<void> {
  if (tiers.length === 0) return;
  const w = ctx.workspaceId;
  const waiting = await ctx.db.$queryRaw<
    { id: string; customerId: string; sellerId: string; need: string; tiers: ApprovalTier[] }[]
  >`
    select p.id, p.customer_id as "customerId", p.seller_id as "sellerId", p.need, array_agg(a.tier order by a.tier) as tiers
    from proposals p join approval_requests a on a.workspace_id = ${w}::uuid and a.proposal_id = p.id and a.decision is null and a.tier = any(${[...tiers]}::text[])
    where p.workspace_id = ${w}::uuid and p.state = 'pending_approval' group by p.workspace_id, p.id order by p.id limit 1000`;
  for (const each of waiting) {
    const asked = (await approversOf(ctx, each.tiers)).filter((id) => id !== each.sellerId);
    await notify(ctx, asked, "approval_requested", each.customerId, { need: each.need });
    record(ctx, "approval.rerouted", {
      ...subjectOf(each),
      detail: { tiers: each.tiers, asked },
      data: { tiers: each.tiers },
    });
  }
}

/**
 * Gives the open proposals of a member who leaves to a colleague who may sell them, and what waited for her word to those who may
 * give it now (DOMAIN 11). What the customer accepted keeps her name. Runs in the transaction that ends her access.
 */
export async function releaseProposals(ctx: Context, memberId: string, heirId: string): Promise<void> {
  const { workspaceId } = ctx;
  const colleagues = await ctx.db.member.findMany({
    where: { workspaceId, status: "active", id: { not: memberId } },
    select: { id: true, roles: true },
    orderBy: { id: "asc" },
  });
  const sellerId = takerOf(heirId, colleagues, "proposals.present");
  await leaveSellingTeams(ctx, memberId, sellerId);
  const left = await ctx.db.proposal.findMany({
    where: { workspaceId, sellerId: memberId, state: { in: open } },
    select: { id: true, customerId: true, state: true },
    orderBy: { id: "asc" },
  });
  await ctx.db.proposal.updateMany({
    where: { workspaceId, id: { in: left.map(({ id }) => id) } },
    data: { sellerId, version: { increment: 1 } },
  });
  for (const each of left)
    record(ctx, "proposal.reassigned", {
      ...subjectOf(each),
      detail: { from: memberId, to: sellerId },
      data: { to: sellerId },
    });
  for (const customerId of new Set(left.map((each) => each.customerId)))
    await notify(ctx, [sellerId], "proposal_reassigned", customerId, {});
  const leaver = await ctx.db.member.findFirst({ where: { workspaceId, id: memberId }, select: { roles: true } });
  const named = await ctx.db.approvalAuthority.findMany({
    where: { workspaceId, memberId, endedAt: null },
    select: { tier: true },
  });
  await passOnAuthorities(ctx, memberId, takerOf(heirId, colleagues, "discounts.approve"));
  const held = new Set(named.map(({ tier }) => tier));
  if (leaver?.roles.includes("manager")) held.add("manager");
  await askAgain(
    ctx,
    approvalTiers.filter((tier) => held.has(tier)),
  );
}
