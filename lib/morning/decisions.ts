import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { listLoads } from "../members/load-queries";
import { ofMyTeam } from "../reports/queries";
import { type Decision, type DecisionKind, decisionKinds } from "./schema";
import { journeyOfContact, leaksOfTeam } from "./sources";

const mostOfKind = 20;

type Row = Decision & { total: number };

type Frame = { w: Prisma.Sql; now: Date; today: string; team: Prisma.Sql; leaks: Prisma.Sql };

/** The journey behind something, with the customer whose it is. */
const customerOf = (
  w: Prisma.Sql,
  journeyId: Prisma.Sql,
) => Prisma.sql`join journeys j on j.workspace_id = ${w} and j.id = ${journeyId}
  join customers cu on cu.workspace_id = ${w} and cu.id = j.customer_id`;

const standingLeak = ({ w, leaks }: Frame) =>
  Prisma.sql`from leaks l where l.workspace_id = ${w} and ${leaks} and l.state in ('suspected', 'confirmed', 'being_fixed')`;

/** Per kind what waits: id, opens, name, detail, since, urgent. */
const waiting: Record<Exclude<DecisionKind, "osc_overloaded">, (frame: Frame) => Prisma.Sql> = {
  case_late: ({ w, now, team }) => Prisma.sql`
    select c.id, c.id as opens, cu.name, i.medium as detail, c.due_at as since, true as urgent
    from recovery_cases c join interactions i on i.workspace_id = ${w} and i.id = c.interaction_id
    ${journeyOfContact(w)} join customers cu on cu.workspace_id = ${w} and cu.id = i.customer_id
    where c.workspace_id = ${w} and c.closed_at is null and c.due_at <= ${now} and ${team}`,
  handoff_rejected_twice: ({ w, team }) => Prisma.sql`
    select h.id, h.id as opens, cu.name, h.reject_note as detail, h.rejected_at as since, true as urgent
    from handoffs h ${customerOf(w, Prisma.sql`h.journey_id`)}
    where h.workspace_id = ${w} and h.state = 'rejected' and h.rejections >= 2 and ${team}`,
  relay_stalled: ({ w, team }) => Prisma.sql`
    select r.id, cu.id as opens, cu.name, r.question as detail, r.need_by as since, true as urgent
    from relays r ${customerOf(w, Prisma.sql`r.journey_id`)}
    where r.workspace_id = ${w} and r.state in ('sent', 'acked') and r.escalation >= 4 and ${team}`,
  leak_unowned: (frame) => Prisma.sql`
    select l.id, l.id as opens, l.finding->>'stageName' as name, null as detail, l.confirmed_at as since, true as urgent
    ${standingLeak(frame)} and l.state = 'confirmed' and l.owner_id is null`,
  leak_late: (frame) => Prisma.sql`
    select l.id, l.id as opens, l.finding->>'stageName' as name, null as detail, l.due_on::timestamptz as since, true as urgent
    ${standingLeak(frame)} and l.due_on < ${frame.today}::date and not (l.state = 'confirmed' and l.owner_id is null)`,
  approval: ({ w, now, team }) => Prisma.sql`
    select a.id, p.id as opens, cu.name, a.tier as detail, a.requested_at as since, a.due_at <= ${now} as urgent
    from approval_requests a join proposals p on p.workspace_id = ${w} and p.id = a.proposal_id and p.state = 'pending_approval'
    join journeys j on j.workspace_id = ${w} and j.customer_id = p.customer_id and j.is_primary
    join customers cu on cu.workspace_id = ${w} and cu.id = p.customer_id
    where a.workspace_id = ${w} and a.decision is null and ${team}`,
};

function readWaiting(ctx: Context): Promise<Row[]> {
  const frame: Frame = {
    w: Prisma.sql`${ctx.workspaceId}::uuid`,
    now: ctx.now,
    today: dayKey(ctx.timeZone, ctx.now),
    team: ofMyTeam(ctx, Prisma.sql`j.osc_id`),
    leaks: leaksOfTeam(ctx),
  };
  const kinds = Object.entries(waiting).map(
    ([kind, rows]) => Prisma.sql`
      (select ${kind}::text as kind, x.id::text as id, x.opens::text as opens, x.name, x.detail::text as detail, app.iso(x.since) as since, x.urgent as "isUrgent",
        (count(*) over ())::int as total from (${rows(frame)}) x order by x.since, x.id limit ${mostOfKind})`,
  );
  return ctx.db.$queryRaw<Row[]>`${Prisma.join(kinds, " union all ")}`;
}

const rankOf = (decision: Decision) => (decision.isUrgent ? 0 : 1);
/** What has no beginning comes last among its own. */
const since = (decision: Decision) => (decision.since ? Date.parse(decision.since) : Number.POSITIVE_INFINITY);

/** The most pressing first: what is late or stuck before what only waits, and the oldest of each before the younger. */
export function inOrder(decisions: readonly Decision[]): Decision[] {
  return decisions.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Math.sign(since(a) - since(b) || 0) ||
      decisionKinds.indexOf(a.kind) - decisionKinds.indexOf(b.kind) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** Everything that waits for somebody who leads: at most twenty of a kind, with how many there are in all. */
export async function readDecisions(
  ctx: Context,
): Promise<{ decisions: Decision[]; totals: Partial<Record<DecisionKind, number>> }> {
  const [rows, loads] = await Promise.all([readWaiting(ctx), listLoads(ctx)]);
  const full = loads.filter(({ level, isAway }) => level === "red" && !isAway);
  const overloaded = full.slice(0, mostOfKind).map(({ memberId, name, utilisation }) => ({
    ...{ kind: "osc_overloaded" as const, id: memberId, opens: memberId, name, since: null, isUrgent: false },
    detail: String(Math.round(utilisation * 100)),
  }));
  const totals: Partial<Record<DecisionKind, number>> = {};
  for (const { kind, total } of rows) totals[kind] = total;
  if (full.length > 0) totals.osc_overloaded = full.length;
  return { decisions: inOrder([...rows.map(({ total: _, ...row }) => row), ...overloaded]), totals };
}
