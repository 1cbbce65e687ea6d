import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { requireVisibleCustomer } from "../journeys/visibility";
import type { PromiseView } from "./schema";

type Row = Omit<PromiseView, "madeAt" | "dueAt" | "closedAt"> & { madeAt: Date; dueAt: Date; closedAt: Date | null };

/** A customer's promises, the open ones first, at most 200; `not_found` when she may not be seen. */
export async function listPromises(ctx: Context, { customerId }: { customerId: string }): Promise<PromiseView[]> {
  requirePermission(ctx, "journeys.read");
  await requireVisibleCustomer(ctx, customerId);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select p.id, p.customer_id as "customerId", p.journey_id as "journeyId", p.text, p.by_id as "byId", m.name as "byName",
      p.spoke_id as "spokeId", p.state, p.renegotiated, p.made_at as "madeAt", p.due_at as "dueAt", p.closed_at as "closedAt", p.version
    from promises p join members m on m.workspace_id = p.workspace_id and m.id = p.by_id
    where p.workspace_id = ${ctx.workspaceId}::uuid and p.customer_id = ${customerId}::uuid
    order by (p.state = 'open') desc, p.due_at, p.id limit 200`;
  return rows.map((row) => ({
    ...row,
    madeAt: row.madeAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }));
}
