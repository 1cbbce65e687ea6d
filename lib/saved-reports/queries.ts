import { can, requirePermission } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { planEdit } from "./rules";
import { Definition, type ReportView, type Schedule } from "./schema";

type Row = {
  id: string;
  name: string;
  definition: unknown;
  isShared: boolean;
  ownerId: string;
  ownerName: string;
  every: "daily" | "weekly" | null;
  weekday: number | null;
  minute: number | null;
  nextMailAt: Date | null;
  recipients: { id: string; name: string }[] | null;
  version: number;
};

const usable = (ctx: Context) => Prisma.sql`(s.owner_id = ${ctx.memberId}::uuid or s.is_shared)`;

const columns = (
  w: Prisma.Sql,
) => Prisma.sql`s.id, s.name, s.definition, s.is_shared as "isShared", s.owner_id as "ownerId", o.name as "ownerName",
  s.schedule as every, s.schedule_weekday as weekday, s.schedule_minute as minute, s.next_mail_at as "nextMailAt", s.version,
  (select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by m.name, m.id) from saved_report_recipients r
    join members m on m.workspace_id = ${w} and m.id = r.member_id where r.workspace_id = ${w} and r.report_id = s.id) as recipients`;

function scheduleOf({ every, weekday, minute }: Row): Schedule | null {
  if (every === null || minute === null) return null;
  return every === "weekly" ? { every, weekday: weekday ?? 0, minute } : { every, minute };
}

function viewOf(ctx: Context, row: Row): ReportView {
  const { id, name, isShared, ownerId, ownerName, version } = row;
  return {
    ...{ id, name, isShared, ownerId, ownerName, version },
    definition: Definition.parse(row.definition),
    isMine: ownerId === ctx.memberId,
    mayEdit: planEdit(row, ctx).ok,
    schedule: scheduleOf(row),
    nextMailAt: row.nextMailAt?.toISOString() ?? null,
    recipients: row.recipients ?? [],
  };
}

/** The saved reports that one may use, her own and the shared ones, by name; 200 at most. */
export async function listReports(ctx: Context): Promise<ReportView[]> {
  requirePermission(ctx, "reports.read");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<Row[]>`
    select ${columns(w)} from saved_reports s join members o on o.workspace_id = ${w} and o.id = s.owner_id
    where s.workspace_id = ${w} and ${usable(ctx)} order by lower(s.name), s.id limit 200`;
  return rows.map((row) => viewOf(ctx, row));
}

/** One saved report of one's own or a shared one; locked when it is about to change. Throws `not_found`. */
export async function requireReport(ctx: Context, id: string, lock: "read" | "write" = "read"): Promise<ReportView> {
  requirePermission(ctx, "reports.read");
  if (!isId(id)) throw new AppError("not_found", "report");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select ${columns(w)} from saved_reports s join members o on o.workspace_id = ${w} and o.id = s.owner_id
    where s.workspace_id = ${w} and s.id = ${id}::uuid and ${usable(ctx)} ${lock === "write" ? Prisma.sql`for update of s` : Prisma.empty}`;
  if (!row) throw new AppError("not_found", "report");
  return viewOf(ctx, row);
}

/** One saved report. Throws `not_found`. */
export async function getReport(ctx: Context, { id }: { id: string }): Promise<ReportView> {
  return requireReport(ctx, id);
}

/** The active members who may read reports, by name: to these one may be mailed. */
export async function listReportReaders(ctx: Context): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx, "reports.read");
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, status: "active" },
    select: { id: true, name: true, roles: true },
    orderBy: { id: "asc" },
    take: 500,
  });
  return members
    .filter(({ roles }) => can(roles.filter(isRole), "reports.read"))
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}
