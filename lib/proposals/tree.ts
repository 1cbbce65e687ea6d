import { treeOf } from "../accounts/tree";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { openConflicts, readRivals } from "./offers";

/** What stands for a record that joined an account is held against what stands for the others of it; at most 200 offers. */
export async function openBetween(ctx: Context, customerId: string): Promise<void> {
  const where = { workspaceId: ctx.workspaceId, customerId, state: { in: ["approved", "presented", "accepted"] } };
  const standing = await ctx.db.proposal.findMany({ where, orderBy: { id: "asc" }, take: 200 });
  for (const proposal of standing) {
    const rivals = await readRivals(ctx, proposal);
    await openConflicts(
      ctx,
      proposal,
      rivals.filter((other) => other.customerId !== customerId),
    );
  }
}

/** A record leaves its account: what stood open between its offers and those of the others no longer disagrees. */
export async function settleBetween(ctx: Context, customerId: string): Promise<void> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const id = Prisma.sql`${customerId}::uuid`;
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select c.id from proposals a join proposals b on b.workspace_id = ${w} and b.customer_id = any(array(${treeOf(w, id)})) and b.customer_id <> ${id}
    join conflict_cases c on c.workspace_id = ${w} and (c.proposal_id = a.id and c.other_id = b.id or c.proposal_id = b.id and c.other_id = a.id)
    where a.workspace_id = ${w} and a.customer_id = ${id} and c.state = 'open' and not c.is_potential order by c.id limit 1000`;
  await ctx.db.conflictCase.updateMany({
    where: { workspaceId: ctx.workspaceId, id: { in: rows.map((row) => row.id) }, state: "open" },
    data: { state: "resolved", resolvedAt: ctx.now, resolvedById: ctx.memberId, version: { increment: 1 } },
  });
}
