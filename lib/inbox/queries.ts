import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { openStatuses } from "../journeys/vocabulary";
import type { Inbox, InboxInput, InboxItem, InboxSpoke } from "./schema";

const most = 200;

type Row = Omit<InboxItem, "startedAt" | "dueAt"> & { startedAt: Date; dueAt: Date | null };

/** The department asked for and those that may be looked at: the OSC and managers look at all, others at their own. */
async function getSpokes(ctx: Context, key: string | undefined): Promise<{ spoke: InboxSpoke; spokes: InboxSpoke[] }> {
  const all = await ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId, archivedAt: null },
    select: { id: true, key: true, code: true, name: true, nameHe: true, position: true },
    orderBy: { position: "asc" },
  });
  const spokes = canAs(ctx.roles, "relays.send", "yes") ? all : all.filter(({ id }) => id === ctx.spokeId);
  const own = spokes.find(({ id }) => id === ctx.spokeId) ?? spokes[0];
  const spoke = key === undefined ? own : spokes.find((each) => each.key === key);
  if (!spoke) throw new AppError("not_found", "spoke");
  return { spoke, spokes };
}

/** The five things a department can owe, each by its own index; the columns are those of `InboxItem`. */
function branches(ctx: Context, spokeId: string): Prisma.Sql[] {
  const { workspaceId, now } = ctx;
  const tomorrow = new Date(now.getTime() + 86_400_000);
  const ended = new Date(now.getTime() - 3_600_000);
  const here = (alias: Prisma.Sql) => Prisma.sql`${alias}.workspace_id = ${workspaceId}::uuid`;
  return [
    Prisma.sql`select 'relay' as kind, r.id, r.customer_id, r.journey_id, r.question as text, '' as detail, r.state, r.sent_at as started_at,
        r.need_by as due_at, r.to_id as owner_id, r.from_id, r.escalation, r.version, true as is_asked
      from relays r where ${here(Prisma.sql`r`)} and r.to_spoke_id = ${spokeId}::uuid and r.state in ('sent', 'acked')`,
    Prisma.sql`select 'task', t.id, t.customer_id, t.journey_id, t.title, t.kind, t.state, t.created_at, t.due_at, t.owner_id, t.created_by_id, 0, t.version, false
      from tasks t where ${here(Prisma.sql`t`)} and t.spoke_id = ${spokeId}::uuid and t.state = 'open' and t.kind <> 'unconfirmed_outcome'`,
    Prisma.sql`select 'promise', p.id, p.customer_id, p.journey_id, p.text, '', p.state, p.made_at, p.due_at, p.by_id, null::uuid, 0, p.version, false
      from promises p where ${here(Prisma.sql`p`)} and p.state = 'open' and p.spoke_id = ${spokeId}::uuid`,
    Prisma.sql`select 'appointment', a.id, a.customer_id, a.journey_id, coalesce(a.place, ''), '', a.state, a.start_at, a.start_at + interval '3 hours',
        a.host_id, a.set_by_id, 0, a.version, false
      from appointments a join members h on h.workspace_id = a.workspace_id and h.id = a.host_id
      where ${here(Prisma.sql`a`)} and a.state in ('set', 'confirmed') and a.start_at <= ${ended} and h.spoke_id = ${spokeId}::uuid`,
    Prisma.sql`select 'touchpoint', e.id, e.customer_id, e.journey_id, e.name, e.type, e.state, e.started_at, e.due_at, e.owner_id, null::uuid, 0, e.version, false
      from journeys b join touchpoints e on e.workspace_id = b.workspace_id and e.journey_id = b.id and e.state = 'due' and e.spoke_id = ${spokeId}::uuid
      where ${here(Prisma.sql`b`)} and b.accountable_spoke_id = ${spokeId}::uuid and b.next_due_at <= ${tomorrow}`,
  ];
}

/**
 * What a department owes, the most urgent first, at most 200: questions to it, tasks, promises, appointments whose outcome
 * nobody has told, and what it is expected to do within a day. A question shows to everybody of the department; the rest
 * to who may see the customer or has to do it.
 */
export async function getInbox(ctx: Context, input: InboxInput): Promise<Inbox> {
  requirePermission(ctx, "customers.edit");
  const { spoke, spokes } = await getSpokes(ctx, input.spoke);
  const me = ctx.memberId;
  const isPartner = ctx.roles.includes("partner");
  const rows = await ctx.db.$queryRaw<Row[]>`
    with owed as (${Prisma.join(branches(ctx, spoke.id), " union all ")})
    select o.kind, o.id, o.customer_id as "customerId", c.name as "customerName", o.journey_id as "journeyId", v.yes as "canOpen", o.text, o.detail,
      o.state, o.started_at as "startedAt", o.due_at as "dueAt", o.owner_id as "ownerId", m.name as "ownerName", f.name as "fromName",
      o.escalation, o.version
    from owed o
    join journeys j on j.workspace_id = ${ctx.workspaceId}::uuid and j.id = o.journey_id and j.status = any(${[...openStatuses]}::text[])
    join customers c on c.workspace_id = ${ctx.workspaceId}::uuid and c.id = o.customer_id
    left join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = o.owner_id
    left join members f on f.workspace_id = ${ctx.workspaceId}::uuid and f.id = o.from_id
    cross join lateral (select ${visibleJourneys(ctx)} as yes) v
    where (v.yes or o.owner_id = ${me}::uuid or (o.is_asked and ${!isPartner}))
      and (${input.mine !== "1"} or o.owner_id = ${me}::uuid or (o.owner_id is null and o.is_asked and ${spoke.id === ctx.spokeId}))
    order by o.due_at nulls last, o.id limit ${most + 1}`;
  return {
    spoke,
    spokes,
    items: rows.slice(0, most).map((row) => ({
      ...row,
      startedAt: row.startedAt.toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
    })),
    hasMore: rows.length > most,
  };
}
