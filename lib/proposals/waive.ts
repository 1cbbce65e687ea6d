import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import { lockCustomer, subjectOf } from "./loaded";
import type { WaiveConflict } from "./schema";

/**
 * Lets two offers stand although they disagree, with a reason: neither is stopped at presenting because of the other, until one
 * of them is approved anew and they lie further apart. For a manager. Throws `refused` `not_open` for a case that is decided.
 */
export async function waiveConflict(ctx: Context, input: WaiveConflict): Promise<{ version: number }> {
  requirePermission(ctx, "proposals.present", "yes");
  if (!ctx.roles.includes("manager")) throw new AppError("forbidden", "proposals.present");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { id, version, reason } = input;
    const found = isId(id) ? await ctx.db.conflictCase.findFirst({ where: { workspaceId, id } }) : null;
    const of = found && (await ctx.db.proposal.findFirst({ where: { workspaceId, id: found.proposalId } }));
    if (!found || !of) throw new AppError("not_found", "conflict");
    await requireVisibleCustomer(ctx, of.customerId);
    await lockCustomer(ctx, of.customerId);
    if (found.state !== "open") throw new AppError("refused", "not_open");
    const { count } = await ctx.db.conflictCase.updateMany({
      where: { workspaceId, id, version, state: "open" },
      data: {
        ...{ state: "waived", waivedReason: reason, resolvedAt: ctx.now, resolvedById: ctx.memberId },
        version: { increment: 1 },
      },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: found.version } });
    const other = await ctx.db.proposal.findFirst({ where: { workspaceId, id: found.otherId } });
    await notify(ctx, [of.sellerId, other?.sellerId], "proposal_conflict_waived", of.customerId, { need: of.need });
    record(ctx, "proposal.conflict_waived", {
      ...subjectOf(of),
      detail: { conflictId: id, otherId: found.otherId, kinds: found.kinds, gap: found.gap, reason },
      data: { kinds: found.kinds, isPotential: found.isPotential },
    });
    return { version: version + 1 };
  });
}
