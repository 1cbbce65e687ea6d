import { can } from "../auth/permissions";
import type { Context } from "../context";
import { database, inWorkspace } from "../db";
import { Prisma } from "../generated/prisma/client";
import { seesEverything, visibleJourneys } from "../journeys/visibility";

/** One event as it leaves the server: ids only, so that what it is about is read under the reader's own permissions. */
export type EventView = {
  seq: number;
  type: string;
  subject: string | null;
  customerId: string | null;
  journeyId: string | null;
  at: string;
};

type Row = {
  seq: bigint;
  type: string;
  subject: string | null;
  customer_id: string | null;
  journey_id: string | null;
  at: Date;
};

const toView = (row: Row): EventView => ({
  seq: Number(row.seq),
  type: row.type,
  subject: row.subject,
  customerId: row.customer_id,
  journeyId: row.journey_id,
  at: row.at.toISOString(),
});

/** The workspace's events behind `after`, in the order of their commits, whoever may see them. */
export async function readEvents(workspaceId: string, after: number, most: number): Promise<EventView[]> {
  const rows = await inWorkspace(
    workspaceId,
    () => database().$queryRaw<Row[]>`
      select seq, type, data->>'subject' as subject, customer_id, journey_id, at from events
      where workspace_id = ${workspaceId}::uuid and seq > ${after} order by seq limit ${most}`,
  );
  return rows.map(toView);
}

/** The number of the newest event, 0 when nothing happened yet. */
export async function latestEvent(workspaceId: string): Promise<number> {
  const rows = await inWorkspace(
    workspaceId,
    () => database().$queryRaw<{ event_seq: bigint }[]>`
      select event_seq from audit_heads where workspace_id = ${workspaceId}::uuid`,
  );
  return Number(rows[0]?.event_seq ?? 0);
}

/**
 * The number behind which everything that was committed since `since` stands; looks at the newest 500 events.
 * An event carries the time just before its commit, so two seconds are added.
 */
export async function eventBefore(workspaceId: string, since: Date): Promise<number> {
  const latest = await latestEvent(workspaceId);
  const from = new Date(since.getTime() - 2_000);
  const rows = await inWorkspace(
    workspaceId,
    () => database().$queryRaw<{ seq: bigint | null }[]>`
      select min(seq) as seq from events
      where workspace_id = ${workspaceId}::uuid and seq > ${latest - 500} and at >= ${from}`,
  );
  const first = rows[0]?.seq;
  return first ? Number(first) - 1 : latest;
}

/** Attempts that were refused, and keys, are for those who read the audit log. */
const isForAuditors = (event: EventView) => event.type.startsWith("write.") || event.type.startsWith("key.");

/** The events a reader may know of: those of customers she may see; without a customer, those of her kind of work. */
export async function visibleEvents(ctx: Context, events: EventView[]): Promise<EventView[]> {
  const known = can(ctx.roles, "audit.read") ? events : events.filter((event) => !isForAuditors(event));
  if (seesEverything(ctx)) return known;
  const asked = [...new Set(known.flatMap((event) => event.customerId ?? []))];
  const rows =
    asked.length === 0
      ? []
      : await inWorkspace(
          ctx.workspaceId,
          () => ctx.db.$queryRaw<{ customer_id: string }[]>`
            select distinct j.customer_id from journeys j where j.workspace_id = ${ctx.workspaceId}::uuid
              and j.customer_id in (${Prisma.join(asked.map((id) => Prisma.sql`${id}::uuid`))}) and ${visibleJourneys(ctx)}`,
        );
  const visible = new Set(rows.map((row) => row.customer_id));
  return known.flatMap((event) => {
    if (event.customerId === null) return can(ctx.roles, "audit.read") ? event : { ...event, subject: null };
    return visible.has(event.customerId) ? event : [];
  });
}

/** A page of the events one may see, behind `after`; `nextCursor` is the number to go on from, null at the end. */
export async function listEvents(
  ctx: Context,
  { after, limit }: { after: number; limit: number },
): Promise<{ data: EventView[]; nextCursor: string | null }> {
  const rows = await readEvents(ctx.workspaceId, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: await visibleEvents(ctx, page),
    nextCursor: rows.length > limit && last ? String(last.seq) : null,
  };
}
