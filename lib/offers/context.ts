import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { openOfferToken } from "./token";

/** The link of an offer, as its page and its answer need it. */
export type OpenOffer = { id: string; proposalId: string; customerId: string; firstSeenAt: Date | null };

const notHere = () => new AppError("not_found", "offer_page");

/**
 * Opens the page of an offer by its token and runs `work` as that customer. Forged, unknown, revoked, of a workspace or a
 * customer that is no more: always the same `not_found`.
 */
export async function asOffered<T>(
  token: string,
  work: (ctx: Context, link: OpenOffer) => Promise<T>,
  now = new Date(),
): Promise<T> {
  const named = openOfferToken(token);
  if (!named) throw notHere();
  const system = await systemContext(named.workspaceId, { now, roles: [] }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") throw notHere();
    throw error;
  });
  return inWorkspace(named.workspaceId, async () => {
    const [link] = await system.db.$queryRaw<OpenOffer[]>`
      select l.id, p.id as "proposalId", p.customer_id as "customerId", l.first_seen_at as "firstSeenAt"
      from proposal_links l
      join proposals p on p.workspace_id = l.workspace_id and p.id = l.proposal_id and p.presented_at is not null
      join customers c on c.workspace_id = p.workspace_id and c.id = p.customer_id and c.deleted_at is null
      where l.workspace_id = ${named.workspaceId}::uuid and l.id = ${named.linkId}::uuid and l.revoked_at is null`;
    if (!link) throw notHere();
    return work({ ...system, actor: { kind: "customer", id: link.customerId } }, link);
  });
}
