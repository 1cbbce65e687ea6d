import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import type { NotificationsInput, Told } from "./schema";

const pageLength = 50;

/** Where counting what is unread stops. */
export const unreadAtMost = 100;

/** How many of her notifications the member has not read, counted up to `unreadAtMost`. */
export async function countUnread(ctx: Context): Promise<{ unread: number }> {
  requirePermission(ctx, "views.use");
  const [row] = await ctx.db.$queryRaw<{ unread: number }[]>`
    select count(*)::int as unread from (select 1 from notifications where workspace_id = ${ctx.workspaceId}::uuid
      and member_id = ${ctx.memberId}::uuid and read_at is null limit ${unreadAtMost}) counted`;
  return row ?? { unread: 0 };
}

/** What the member was told, newest first, by cursor; what concerns a customer she may no longer see is left out. */
export async function listNotifications(
  ctx: Context,
  input: NotificationsInput,
): Promise<{ data: Told[]; nextCursor: string | null }> {
  requirePermission(ctx, "views.use");
  const cursor = decodeCursor(input.cursor);
  const before = cursor ? Prisma.sql`and (n.created_at, n.id) < (${cursor.at}, ${cursor.id}::uuid)` : Prisma.empty;
  const rows = await ctx.db.$queryRaw<Told[]>`
    select n.id, n.kind, n.params, n.customer_id as "customerId", coalesce(c.name, '') as "customerName",
      app.iso(n.created_at) as "createdAt", n.read_at is not null as "isRead"
    from notifications n left join customers c on c.workspace_id = n.workspace_id and c.id = n.customer_id
    where n.workspace_id = ${ctx.workspaceId}::uuid and n.member_id = ${ctx.memberId}::uuid ${before}
      and (n.customer_id is null or exists (select 1 from journeys j
        where j.workspace_id = n.workspace_id and j.customer_id = n.customer_id and ${visibleJourneys(ctx)}))
    order by n.created_at desc, n.id desc limit ${pageLength + 1}`;
  const data = rows.slice(0, pageLength);
  const last = data.at(-1);
  const isMore = rows.length > pageLength && last;
  return { data, nextCursor: isMore ? encodeCursor({ at: new Date(last.createdAt), id: last.id }) : null };
}
