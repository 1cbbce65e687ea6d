import type { Context } from "../context";
import type { ChangeLog } from "../customers/change-log";
import { openConflicts, readRivals } from "./offers";

/**
 * Carries a customer's proposals over to the one she turned out to be. Where both have an offer of record for one need, the
 * survivor's stays and a conflict is opened, for somebody to decide (DOMAIN 11).
 */
export async function mergeProposals(ctx: Context, log: ChangeLog, from: string, to: string): Promise<void> {
  const { workspaceId } = ctx;
  const pairs = await ctx.db.$queryRaw<{ id: string }[]>`
    select l.id from proposals l
    join proposals k on k.workspace_id = ${workspaceId}::uuid and k.customer_id = ${to}::uuid and k.need_key = l.need_key and k.is_oor
    where l.workspace_id = ${workspaceId}::uuid and l.customer_id = ${from}::uuid and l.is_oor order by l.id`;
  const between = await casesBetween(ctx, from, to);
  log.open("proposals");
  // What they may have disagreed on as two records they disagree on as one.
  for (const { id } of between) await log.change("conflict_cases", { id }, { is_potential: false });
  for (const { id } of pairs) await log.change("proposals", { id }, { is_oor: false });
  await log.change("proposals", { customer_id: from }, { customer_id: to });
  for (const { id } of pairs) {
    const proposal = await ctx.db.proposal.findFirst({ where: { workspaceId, id } });
    if (proposal) await openConflicts(ctx, proposal, await readRivals(ctx, proposal));
  }
}

/** The cases between offers to one record and offers to the other. */
function casesBetween(ctx: Context, firstId: string, secondId: string): Promise<{ id: string }[]> {
  const w = ctx.workspaceId;
  return ctx.db.$queryRaw<{ id: string }[]>`
    select c.id from proposals a join proposals b on b.workspace_id = ${w}::uuid and b.customer_id = ${secondId}::uuid
    join conflict_cases c on c.workspace_id = ${w}::uuid and (c.proposal_id = a.id and c.other_id = b.id or c.proposal_id = b.id and c.other_id = a.id)
    where a.workspace_id = ${w}::uuid and a.customer_id = ${firstId}::uuid and c.is_potential order by c.id limit 1000`;
}

/** Two records that looked alike are two customers: their offers never disagreed. */
export async function closePotential(ctx: Context, firstId: string, secondId: string): Promise<void> {
  const ids = (await casesBetween(ctx, firstId, secondId)).map(({ id }) => id);
  await ctx.db.conflictCase.updateMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids }, state: "open" },
    data: { state: "resolved", resolvedAt: ctx.now, resolvedById: ctx.memberId, version: { increment: 1 } },
  });
}
