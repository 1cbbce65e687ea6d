import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { closePotential } from "../proposals/merge";
import { record, transaction } from "../transaction";
import type { KeepApart } from "./schema";

/** Decides that a pair which looked alike is two customers; it is not offered again. */
export async function keepApart(ctx: Context, { pairId }: KeepApart): Promise<{ pairId: string }> {
  requirePermission(ctx, "customers.merge");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    if (!isId(pairId)) throw new AppError("not_found", "pair");
    const pair = await ctx.db.duplicatePair.findFirst({ where: { workspaceId, id: pairId } });
    if (!pair) throw new AppError("not_found", "pair");
    const { count } = await ctx.db.duplicatePair.updateMany({
      where: { workspaceId, id: pairId, state: "open" },
      data: { state: "distinct", decidedAt: ctx.now, decidedById: ctx.memberId },
    });
    if (count === 0) throw new AppError("conflict", "pair_decided", { current: { state: pair.state } });
    const { firstId, secondId } = pair;
    await closePotential(ctx, firstId, secondId);
    record(ctx, "customers.kept_apart", {
      subject: `duplicate_pair:${pairId}`,
      customerId: firstId,
      detail: { firstId, secondId },
      data: { firstId, secondId },
    });
    return { pairId };
  });
}
