import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { asUser, inWorkspace } from "../db";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { changeProposal, voidRequests } from "./commands";
import { dateOf, todayOf } from "./content";
import { lockCustomer, subjectOf } from "./loaded";
import { closeConflicts } from "./offers";

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

/** Ends what is past its last day in every workspace. */
export async function expireAllProposals(now: Date): Promise<{ workspaces: number }> {
  const workspaces = await asUser(null, (db) => db.workspace.findMany({ select: { id: true } }));
  for (const { id } of workspaces) {
    const ctx = await systemContext(id, { now });
    await inWorkspace(id, () => expireProposals(ctx));
  }
  return { workspaces: workspaces.length };
}
