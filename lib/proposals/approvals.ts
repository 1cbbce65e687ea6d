import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Proposal } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import { changeProposal, voidRequests } from "./commands";
import { dateOf, textOf, todayOf } from "./content";
import { loadProposal, subjectOf, tiersOf } from "./loaded";
import { settleApproved } from "./offers";
import { judgedOfStanding, judgeOf, policyInForce } from "./policy";
import { requireHand } from "./power";
import type { ApprovalTier } from "./price";
import { approvalHours, planDecision, planSubmit } from "./rules";
import type { DecideProposal, GrantAuthority, MoveProposal, ProposalState } from "./schema";

type Answer = { version: number; state: ProposalState };

/** Everybody who may approve in one of the tiers today, at most fifty. */
export async function approversOf(ctx: Context, tiers: readonly ApprovalTier[]): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select m.id from members m where m.workspace_id = ${ctx.workspaceId}::uuid and m.status = 'active'
      and ((${tiers.includes("manager")} and 'manager' = any(m.roles)) or exists (select from approval_authorities a
        where a.workspace_id = ${ctx.workspaceId}::uuid and a.member_id = m.id and a.tier = any(${[...tiers]}::text[])
          and a.ended_at is null and a.valid_from <= ${todayOf(ctx)}::date and (a.valid_to is null or a.valid_to >= ${todayOf(ctx)}::date)))
    order by m.id limit 50`;
  return rows.map(({ id }) => id);
}

/** Approves: binds the approval to exactly this content and gives it its place among the customer's offers. */
async function approve(ctx: Context, found: Proposal): Promise<Answer> {
  const data = { state: "approved", approvedHash: found.contentHash, approvedAt: ctx.now };
  const { version } = await changeProposal(ctx, found, data);
  await settleApproved(ctx, { ...found, ...data });
  return { version, state: "approved" };
}

/**
 * Hands a proposal in, by the matrix of today. What is within the seller's own authority is approved at once; else everybody whose tier it needs is asked
 * at the same time, with a day to answer (DOMAIN F54).
 */
export async function submitProposal(ctx: Context, input: MoveProposal): Promise<Answer> {
  return transaction(ctx, async (ctx) => {
    const found = await loadProposal(ctx, input);
    await requireHand(ctx, found);
    enforce(planSubmit({ ...found, validTo: textOf(found.validTo) }, todayOf(ctx), ctx.now));
    const judged = judgeOf(ctx, judgedOfStanding(found), await policyInForce(ctx));
    const tiers = judged.tiers.filter((tier): tier is ApprovalTier => tier !== "rep");
    const submitted = { submittedAt: ctx.now, submittedById: ctx.memberId, ...judged };
    record(ctx, tiers.length > 0 ? "approval.requested" : "approval.not_needed", {
      ...subjectOf(found),
      detail: { tiers, discountBp: found.discountBp, marginBp: found.marginBp },
      data: { tiers },
    });
    if (tiers.length === 0) {
      await ctx.db.proposal.updateMany({ where: { workspaceId: ctx.workspaceId, id: found.id }, data: submitted });
      return approve(ctx, { ...found, ...submitted });
    }
    await ctx.db.approvalRequest.createMany({
      data: tiers.map((tier) => ({
        ...{ workspaceId: ctx.workspaceId, id: newId(), proposalId: found.id, contentHash: found.contentHash, tier },
        ...{ requestedAt: ctx.now, requestedById: ctx.memberId },
        dueAt: new Date(ctx.now.getTime() + approvalHours * 3_600_000),
      })),
    });
    const data = { ...submitted, state: "pending_approval", isOor: false };
    const { version } = await changeProposal(ctx, found, data);
    const asked = (await approversOf(ctx, tiers)).filter((id) => id !== found.sellerId);
    await notify(ctx, asked, "approval_requested", found.customerId, { need: found.need });
    return { version, state: "pending_approval" };
  });
}

async function decide(ctx: Context, input: DecideProposal, decision: "approved" | "rejected"): Promise<Answer> {
  requirePermission(ctx, "discounts.approve", "tier");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const found = await loadProposal(ctx, input);
    const open = { workspaceId, proposalId: found.id, decision: null, contentHash: found.contentHash };
    const waiting = (await ctx.db.approvalRequest.findMany({ where: open, select: { tier: true } })).map(
      ({ tier }) => tier,
    );
    const { tiers } = enforce(planDecision(found, waiting, { id: ctx.memberId, tiers: await tiersOf(ctx) }));
    if (decision === "rejected" && input.note === "")
      throw new AppError("refused", "note_needed", { fields: { note: "required" } });
    await ctx.db.approvalRequest.updateMany({
      where: { ...open, tier: { in: tiers } },
      data: { decision, decidedAt: ctx.now, decidedById: ctx.memberId, note: input.note },
    });
    record(ctx, "approval.decided", {
      ...subjectOf(found),
      detail: { decision, tiers, note: input.note, contentHash: found.contentHash },
      data: { decision, tiers },
    });
    if (decision === "rejected") {
      await voidRequests(ctx, found.id);
      await notify(ctx, [found.sellerId], "approval_rejected", found.customerId, { need: found.need });
      return { ...(await changeProposal(ctx, found, { state: "draft" })), state: "draft" };
    }
    if (tiers.length < waiting.length) return { ...(await changeProposal(ctx, found, {})), state: "pending_approval" };
    await notify(ctx, [found.sellerId], "approval_given", found.customerId, { need: found.need });
    return approve(ctx, found);
  });
}

/** Approves in every tier that the approver holds; with the last tier the proposal is approved. Throws `refused` `own_approval`, `not_your_tier`. */
export function approveProposal(ctx: Context, input: DecideProposal): Promise<Answer> {
  return decide(ctx, input, "approved");
}

/** Sends a proposal back to its seller with a note of what is missing. */
export function rejectProposal(ctx: Context, input: DecideProposal): Promise<Answer> {
  return decide(ctx, input, "rejected");
}

/** Names a member who may approve in a tier, between two days. For who keeps the discount matrix. */
export async function grantAuthority(ctx: Context, input: GrantAuthority): Promise<{ id: string }> {
  requirePermission(ctx, "discounts.approve", "matrix");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { memberId, tier, validTo } = input;
    const validFrom = input.validFrom ?? todayOf(ctx);
    if (validTo !== null && validTo < validFrom)
      throw new AppError("invalid", "before_start", { fields: { validTo: "before_start" } });
    const known = await ctx.db.member.count({ where: { workspaceId, id: memberId, status: "active" } });
    if (known === 0) throw new AppError("not_found", "member");
    const id = newId();
    const dates = { validFrom: dateOf(validFrom), validTo: validTo === null ? null : dateOf(validTo) };
    await ctx.db.approvalAuthority.create({ data: { workspaceId, id, memberId, tier, ...dates } });
    record(ctx, "approval.authority_granted", { subject: `member:${memberId}`, detail: { tier, validFrom, validTo } });
    return { id };
  });
}
