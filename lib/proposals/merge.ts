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
  log.open("proposals");
  for (const { id } of pairs) await log.change("proposals", { id }, { is_oor: false });
  await log.change("proposals", { customer_id: from }, { customer_id: to });
  for (const { id } of pairs) {
    const proposal = await ctx.db.proposal.findFirst({ where: { workspaceId, id } });
    if (proposal) await openConflicts(ctx, proposal, await readRivals(ctx, proposal));
  }
}
