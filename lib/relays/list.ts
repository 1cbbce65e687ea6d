import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";

/** A question to a department as an integrator gets it. */
export type RelayView = {
  id: string;
  customerId: string;
  journeyId: string;
  fromId: string;
  toSpokeId: string;
  toId: string | null;
  question: string;
  state: string;
  needBy: string;
  sentAt: string;
  ackedAt: string | null;
  closedAt: string | null;
  answer: string | null;
  declineReason: string | null;
  escalation: number;
  version: number;
};

export type ListRelays = {
  customerId?: string | undefined;
  spokeId?: string | undefined;
  state?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

type Row = Omit<RelayView, "needBy" | "sentAt" | "ackedAt" | "closedAt"> & {
  needBy: Date;
  sentAt: Date;
  ackedAt: Date | null;
  closedAt: Date | null;
};

const when = (isGiven: unknown, condition: Prisma.Sql) => (isGiven ? condition : Prisma.empty);

/** Relays about customers one may see, or that ask one's department or oneself, newest first, narrowed by customer, receiving department or state. */
export async function listRelays(
  ctx: Context,
  { customerId, spokeId, state, limit, cursor }: ListRelays,
): Promise<{ data: RelayView[]; nextCursor: string | null }> {
  requirePermission(ctx, "journeys.read");
  const from = decodeCursor(cursor);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.id, r.customer_id as "customerId", r.journey_id as "journeyId", r.from_id as "fromId", r.to_spoke_id as "toSpokeId",
      r.to_id as "toId", r.question, r.state, r.need_by as "needBy", r.sent_at as "sentAt", r.acked_at as "ackedAt",
      r.closed_at as "closedAt", r.answer, r.decline_reason as "declineReason", r.escalation, r.version
    from relays r join journeys j on j.workspace_id = ${ctx.workspaceId}::uuid and j.id = r.journey_id
    where r.workspace_id = ${ctx.workspaceId}::uuid
      and (${visibleJourneys(ctx)} ${when(
        !ctx.roles.includes("partner"),
        Prisma.sql`or r.to_spoke_id = ${ctx.spokeId}::uuid`,
      )} or r.to_id = ${ctx.memberId}::uuid or r.from_id = ${ctx.memberId}::uuid)
      ${when(customerId, Prisma.sql`and r.customer_id = ${customerId}::uuid`)}
      ${when(spokeId, Prisma.sql`and r.to_spoke_id = ${spokeId}::uuid`)}
      ${when(state, Prisma.sql`and r.state = ${state}`)}
      ${from ? Prisma.sql`and (r.sent_at, r.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}
    order by r.sent_at desc, r.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({
      ...row,
      needBy: row.needBy.toISOString(),
      sentAt: row.sentAt.toISOString(),
      ackedAt: row.ackedAt?.toISOString() ?? null,
      closedAt: row.closedAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.sentAt, id: last.id }) : null,
  };
}
