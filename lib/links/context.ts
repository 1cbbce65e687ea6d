import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { openCustomerToken } from "./token";

/** The customer's own link, as the page and its writes need it. */
export type OpenLink = { id: string; customerId: string; lastSeenAt: Date | null };

const notHere = () => new AppError("not_found", "customer_page");

/**
 * Opens the customer's page by its token and runs `work` as that customer. Forged, unknown, revoked, of a workspace that
 * is no more: always the same `not_found`.
 */
export async function asCustomer<T>(
  token: string,
  work: (ctx: Context, link: OpenLink) => Promise<T>,
  now = new Date(),
): Promise<T> {
  const named = openCustomerToken(token);
  if (!named) throw notHere();
  const system = await systemContext(named.workspaceId, { now, roles: [] }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") throw notHere();
    throw error;
  });
  return inWorkspace(named.workspaceId, async () => {
    const rows = await system.db.$queryRaw<{ id: string; customer_id: string; last_seen_at: Date | null }[]>`
      select l.id, coalesce(c.merged_into_id, c.id) as customer_id, l.last_seen_at
      from customer_links l
      join customers c on c.workspace_id = l.workspace_id and c.id = l.customer_id
      where l.workspace_id = ${named.workspaceId}::uuid and l.id = ${named.linkId}::uuid and l.revoked_at is null
        and c.deleted_at is null`;
    const row = rows[0];
    if (!row) throw notHere();
    const ctx: Context = { ...system, actor: { kind: "customer", id: row.customer_id } };
    return work(ctx, { id: row.id, customerId: row.customer_id, lastSeenAt: row.last_seen_at });
  });
}
