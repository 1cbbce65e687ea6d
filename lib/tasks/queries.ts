import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { requireVisibleCustomer } from "../journeys/visibility";
import type { TaskView } from "./schema";

type Row = Omit<TaskView, "dueAt" | "createdAt" | "closedAt"> & {
  dueAt: Date | null;
  createdAt: Date;
  closedAt: Date | null;
};

/** A customer's tasks, the open ones first, at most 200; `not_found` when she may not be seen. */
export async function listTasks(ctx: Context, { customerId }: { customerId: string }): Promise<TaskView[]> {
  requirePermission(ctx, "journeys.read");
  await requireVisibleCustomer(ctx, customerId);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select t.id, t.customer_id as "customerId", t.journey_id as "journeyId", t.title, t.kind, t.owner_id as "ownerId", m.name as "ownerName",
      t.spoke_id as "spokeId", t.due_at as "dueAt", t.state, t.created_at as "createdAt", t.closed_at as "closedAt", t.version
    from tasks t left join members m on m.workspace_id = t.workspace_id and m.id = t.owner_id
    where t.workspace_id = ${ctx.workspaceId}::uuid and t.customer_id = ${customerId}::uuid
    order by (t.state = 'open') desc, t.due_at nulls last, t.id limit 200`;
  return rows.map((row) => ({
    ...row,
    dueAt: row.dueAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }));
}
