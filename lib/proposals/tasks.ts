import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { asUser, inWorkspace } from "../db";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { changeProposal, voidRequests } from "./commands";
import { dateOf, todayOf } from "./content";
import { lockCustomer, subjectOf } from "./loaded";
import { closeConflicts } from "./offers";
import { approvalDays } from "./rules";

const ending = ["pending_approval", "approved", "presented"];

/** Ends every proposal of the workspace whose last day is past, so that it binds nobody any more; how many. */
export async function expireProposals(ctx: Context): Promise<number> {
  const { workspaceId } = ctx;
  const where = { workspaceId, state: { in: ending }, validTo: { lt: dateOf(todayOf(ctx)) } };
  const past = await ctx.db.proposal.findMany({ where, select: { id: true, customerId: true }, take: 5_000 });
  for (const { id, customerId } of past)
    await transaction(ctx, async (ctx) => {
      await lockCustomer(ctx, customerId);
      const found = await ctx.db.proposal.findFirst({ where: { ...where, id } });
      if (!found) return nothingChanged(ctx);
      await voidRequests(ctx, id);
      await changeProposal(ctx, found, { state: "expired", isOor: false, endedAt: ctx.now });
      await closeConflicts(ctx, [id], null);
      await notify(ctx, [found.sellerId], "proposal_expired", found.customerId, { need: found.need });
      record(ctx, "proposal.expired", {
        ...subjectOf(found),
        detail: { before: found.state },
        data: { state: "expired" },
      });
    });
  return past.length;
}

/**
 * Takes back what was approved, or waits for an approval, for more than thirty days: it is a draft again, binds nobody, and its
 * seller hands it in anew when it still holds (DOMAIN F54). How many; a customer who saw an offer keeps it until its last day.
 */
export async function expireApprovals(ctx: Context): Promise<number> {
  const { workspaceId } = ctx;
  const since = new Date(ctx.now.getTime() - approvalDays * 86_400_000);
  const where = {
    workspaceId,
    OR: [
      { state: "approved", approvedAt: { lt: since } },
      { state: "pending_approval", submittedAt: { lt: since } },
    ],
  };
  const old = await ctx.db.proposal.findMany({ where, select: { id: true, customerId: true }, take: 5_000 });
  for (const { id, customerId } of old)
    await transaction(ctx, async (ctx) => {
      await lockCustomer(ctx, customerId);
      const found = await ctx.db.proposal.findFirst({ where: { ...where, id } });
      if (!found) return nothingChanged(ctx);
      await voidRequests(ctx, id);
      await changeProposal(ctx, found, { state: "draft", isOor: false });
      await closeConflicts(ctx, [id], null);
      await notify(ctx, [found.sellerId], "approval_expired", found.customerId, { need: found.need });
      record(ctx, "approval.expired", {
        ...subjectOf(found),
        detail: { before: found.state, approvedAt: found.approvedAt, submittedAt: found.submittedAt },
        data: { state: "draft" },
      });
    });
  return old.length;
}

/** Ends what is past its last day, and approvals that grew too old, in every workspace. */
export async function expireAllProposals(now: Date): Promise<{ workspaces: number }> {
  const workspaces = await asUser(null, (db) => db.workspace.findMany({ select: { id: true } }));
  for (const { id } of workspaces) {
    const ctx = await systemContext(id, { now });
    await inWorkspace(id, async () => {
      await expireProposals(ctx);
      await expireApprovals(ctx);
    });
  }
  return { workspaces: workspaces.length };
}
