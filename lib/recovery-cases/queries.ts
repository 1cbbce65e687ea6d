import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { repeatSettings } from "../improvements/repeated";
import { visibleJourneys } from "../journeys/visibility";
import { rateOf } from "../statistics/rate";
import type { CaseRow, CaseStepView, CaseSummary, CasesInput, CaseView, RecoverySettings } from "./schema";

/** Cases of customers whom the reader may see, and those that she owns or has a step in. Over `c` and the journey `j` of its interaction. */
function visibleCases(ctx: Context): Prisma.Sql {
  const seen = visibleJourneys(ctx);
  if (ctx.memberId === null) return seen;
  return Prisma.sql`(${seen} or c.owner_id = ${ctx.memberId}::uuid or exists (select from recovery_case_steps vs where vs.workspace_id = c.workspace_id
    and vs.case_id = c.id and (vs.owner_id = ${ctx.memberId}::uuid or vs.spoke_id = ${ctx.spokeId}::uuid)))`;
}

const from = (w: Prisma.Sql) => Prisma.sql`recovery_cases c
  join interactions i on i.workspace_id = ${w} and i.id = c.interaction_id
  join customers u on u.workspace_id = ${w} and u.id = i.customer_id
  join lateral (select * from journeys jj where jj.workspace_id = ${w} and jj.customer_id = i.customer_id
    and (jj.id = i.journey_id or (i.journey_id is null and jj.is_primary)) limit 1) j on true`;

const columns = (
  w: Prisma.Sql,
) => Prisma.sql`c.id, c.version, c.state, c.origin, c.interaction_id as "interactionId", i.medium, i.type, app.iso(i.started_at) as at,
  i.customer_id as "customerId", u.name as "customerName", (select m.name from members m where m.workspace_id = ${w} and m.id = i.agent_id) as "agentName",
  c.owner_id as "ownerId", (select m.name from members m where m.workspace_id = ${w} and m.id = c.owner_id) as "ownerName",
  app.iso(c.opened_at) as "openedAt", app.iso(c.due_at) as "dueAt", app.iso(c.closed_at) as "closedAt", c.escalation, c.cause,
  coalesce((select r.comment from responses r where r.workspace_id = ${w} and r.interaction_id = i.id and r.source <> 'staff' and r.comment <> ''
    order by (r.id = c.response_id) desc, r.counts_for_class desc, r.recorded_at, r.id limit 1), '') as comment,
  (select count(*)::int from recovery_case_steps s where s.workspace_id = ${w} and s.case_id = c.id and s.done_at is not null) as done,
  (select count(*)::int from recovery_case_steps s where s.workspace_id = ${w} and s.case_id = c.id) as total,
  (select s.name from recovery_case_steps s where s.workspace_id = ${w} and s.case_id = c.id and s.done_at is null order by s.position limit 1) as "nextStep"`;

/** Open cases that she owns or has a step left in, each found by its own index; closed ones that were hers. */
function mine({ workspaceId, memberId }: Context, isClosed: boolean): Prisma.Sql {
  if (isClosed) return Prisma.sql`c.owner_id = ${memberId}::uuid`;
  return Prisma.sql`c.id in (
    select o.id from recovery_cases o where o.workspace_id = ${workspaceId}::uuid and o.owner_id = ${memberId}::uuid and o.closed_at is null
    union select s.case_id from recovery_case_steps s where s.workspace_id = ${workspaceId}::uuid and s.owner_id = ${memberId}::uuid and s.done_at is null)`;
}

/** Cases that the reader may see: open ones by due time, closed ones newest first, by cursor. */
export async function listCases(
  ctx: Context,
  { show, mine: onlyMine, cause, type, limit, cursor }: CasesInput,
): Promise<{ data: CaseRow[]; nextCursor: string | null }> {
  requirePermission(ctx, "recovery.play");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const at = decodeCursor(cursor);
  const isClosed = show === "closed";
  const place = isClosed
    ? Prisma.sql`${at ? Prisma.sql`and (c.closed_at, c.id) < (${at.at}, ${at.id}::uuid)` : Prisma.empty} order by c.closed_at desc, c.id desc`
    : Prisma.sql`${at ? Prisma.sql`and (c.due_at, c.id) > (${at.at}, ${at.id}::uuid)` : Prisma.empty} order by c.due_at, c.id`;
  const rows = await ctx.db.$queryRaw<CaseRow[]>`
    select ${columns(w)} from ${from(w)}
    where c.workspace_id = ${w} and ${visibleCases(ctx)} and c.closed_at is ${isClosed ? Prisma.sql`not null` : Prisma.sql`null`}
      ${show === "late" ? Prisma.sql`and c.due_at <= ${ctx.now}` : Prisma.empty} ${onlyMine ? Prisma.sql`and ${mine(ctx, isClosed)}` : Prisma.empty}
      ${cause ? Prisma.sql`and c.cause = ${cause}` : Prisma.empty} ${type ? Prisma.sql`and i.type = ${type}` : Prisma.empty} ${place} limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? (isClosed ? last.closedAt : last.dueAt) : null;
  return { data: page, nextCursor: next && last ? encodeCursor({ at: new Date(next), id: last.id }) : null };
}

/** The open cases that wait for the signed-in member: hers, or with a step of hers. At most fifty, the first due first. */
export async function listMyCases(ctx: Context): Promise<CaseRow[]> {
  if (ctx.memberId === null || !canAs(ctx.roles, "recovery.play", "yes", "step_owner")) return [];
  const { data } = await listCases(ctx, { show: "open", mine: "1", limit: 50 });
  return data;
}

/** The open cases of one customer, for her Wheel; empty for who may not play them. */
export async function listCasesOf(ctx: Context, customerId: string): Promise<CaseRow[]> {
  if (!canAs(ctx.roles, "recovery.play", "yes", "step_owner") || !isId(customerId)) return [];
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<CaseRow[]>`
    select ${columns(w)} from ${from(w)} where c.workspace_id = ${w} and i.customer_id = ${customerId}::uuid and c.closed_at is null and ${visibleCases(ctx)}
    order by c.due_at, c.id limit 20`;
}

type Extra = Pick<CaseView, "outcome" | "closedByName" | "momentName" | "momentNameHe" | "steps" | "improvementId">;

/** One case with its steps. Throws `not_found` also for who may not see it. */
export async function getCase(ctx: Context, { id }: { id: string }): Promise<CaseView> {
  requirePermission(ctx, "recovery.play");
  if (!isId(id)) throw new AppError("not_found", "recovery_case");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<(CaseRow & Extra & { steps: CaseStepView[] })[]>`
    select ${columns(w)}, c.outcome, (select m.name from members m where m.workspace_id = ${w} and m.id = c.closed_by_id) as "closedByName",
      d.name as "momentName", d.name_he as "momentNameHe",
      (select l.improvement_id from improvement_cases l where l.workspace_id = ${w} and l.case_id = c.id) as "improvementId",
      (select json_agg(json_build_object('id', s.id, 'name', s.name, 'ownerId', s.owner_id, 'ownerName', o.name, 'dueAt', app.iso(s.due_at),
        'doneAt', app.iso(s.done_at), 'doneByName', b.name, 'note', s.note) order by s.position) from recovery_case_steps s
        left join members o on o.workspace_id = ${w} and o.id = s.owner_id left join members b on b.workspace_id = ${w} and b.id = s.done_by_id
        where s.workspace_id = ${w} and s.case_id = c.id) as steps
    from ${from(w)} left join defining_moments d on d.workspace_id = ${w} and d.id = c.moment_id
    where c.workspace_id = ${w} and c.id = ${id}::uuid and ${visibleCases(ctx)}`;
  if (!row) throw new AppError("not_found", "recovery_case");
  return { ...row, mayLead: canAs(ctx.roles, "recovery.play", "yes") };
}

/** How things stand with the cases that the reader may see: open, late, the oldest, told in time, and what caused those that closed lately. */
export async function getCaseSummary(ctx: Context): Promise<CaseSummary> {
  requirePermission(ctx, "recovery.play");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = new Date(ctx.now.getTime() - 90 * 86_400_000);
  const [row] = await ctx.db.$queryRaw<
    { open: number; late: number; oldest: string | null; told: number; closed: number; causes: CaseSummary["causes"] }[]
  >`
    with seen as materialized (select c.id, c.due_at, c.opened_at, c.closed_at, c.cause, c.state from ${from(w)}
      where c.workspace_id = ${w} and (c.closed_at is null or c.closed_at > ${since}) and ${visibleCases(ctx)}),
    ended as (select seen.*, (select s.done_at from recovery_case_steps s where s.workspace_id = ${w} and s.case_id = seen.id and s.name = 'customer_told') as told_at
      from seen where state in ('recovered', 'lost'))
    select (select count(*)::int from seen where closed_at is null) as open, (select count(*)::int from seen where closed_at is null and due_at <= ${ctx.now}) as late,
      (select app.iso(min(opened_at)) from seen where closed_at is null) as oldest,
      (select count(*)::int from ended where told_at <= due_at) as told, (select count(*)::int from ended) as closed,
      (select coalesce(json_agg(x order by x.count desc, x.cause), '[]') from (select cause, count(*)::int as count from ended group by cause) x) as causes`;
  const { open = 0, late = 0, oldest = null, told = 0, closed = 0, causes = [] } = row ?? {};
  return { open, late, oldestOpenedAt: oldest, toldInTime: rateOf(told, closed), causes };
}

/** From how many cases of one cause within how many days on an improvement is proposed; version 0 before anybody set it. */
export async function getRecoverySettings(ctx: Context): Promise<RecoverySettings> {
  requirePermission(ctx, "reports.read");
  return repeatSettings(ctx);
}
