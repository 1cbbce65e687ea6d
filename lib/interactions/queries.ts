import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { requireVisibleCustomer } from "../journeys/visibility";
import type { InteractionView } from "./schema";

type Row = Omit<InteractionView, "startedAt"> & { startedAt: Date };

/** A customer's contacts, newest first; `not_found` when she may not be seen. Stable while new ones are logged. */
export async function listInteractions(
  ctx: Context,
  { customerId, limit, cursor }: { customerId: string; limit: number; cursor?: string | undefined },
): Promise<{ data: InteractionView[]; nextCursor: string | null }> {
  requirePermission(ctx, "journeys.read");
  await requireVisibleCustomer(ctx, customerId);
  const from = decodeCursor(cursor);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select i.id, i.customer_id as "customerId", i.journey_id as "journeyId", i.person_id as "personId", p.name as "personName",
      i.medium, i.route, i.direction, i.type, i.is_two_way as "isTwoWay", i.is_automated as "isAutomated",
      i.agent_id as "agentId", m.name as "agentName", i.spoke_id as "spokeId", i.started_at as "startedAt", i.summary,
      i.moments, i.felt, i.version
    from interactions i
    left join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = i.agent_id
    left join persons p on p.workspace_id = ${ctx.workspaceId}::uuid and p.id = i.person_id
    where i.workspace_id = ${ctx.workspaceId}::uuid and i.customer_id = ${customerId}::uuid
      ${from ? Prisma.sql`and (i.started_at, i.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}
    order by i.started_at desc, i.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.startedAt, id: last.id }) : null,
  };
}
