import { canAs, requirePermission } from "../auth/permissions";
import type { BusinessCalendar } from "../calendar/business-calendar";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { calendarOf } from "../journeys/loaded";
import type { OriginLine, SpeedInput, SpeedReport } from "./schema";
import { type AnsweredLead, answeredLead, groupLeads, speedLine } from "./speed";

/** Days within which leads count unless another beginning is asked for. */
export const windowDays = 90;
const mostArrivals = 5_000;

/**
 * Customers and wins by the origin they came from, the largest first; blank counts as `unknown` beside those written so.
 * Won means ever won. Read from counters: the cost does not grow with the workspace.
 */
export async function getOriginsReport(ctx: Context): Promise<OriginLine[]> {
  requirePermission(ctx, "reports.read");
  return ctx.db.originCount.findMany({
    where: { workspaceId: ctx.workspaceId, leads: { gt: 0 } },
    select: { origin: true, leads: true, won: true },
    orderBy: [{ leads: "desc" }, { origin: "asc" }],
    take: 1_000,
  });
}

/** The rows of a manager who has a team are those of her team's consultants. */
export function ofMyTeam(ctx: Context, oscColumn: Prisma.Sql): Prisma.Sql {
  if (!ctx.teamId || !canAs(ctx.roles, "journeys.read", "scope")) return Prisma.sql`true`;
  return Prisma.sql`${oscColumn} in (select tm.id from members tm where tm.workspace_id = ${ctx.workspaceId}::uuid and tm.team_id = ${ctx.teamId}::uuid)`;
}

type ArrivalRow = {
  id: string;
  arrived_at: Date;
  first_response_at: Date | null;
  booked_at: Date | null;
  osc_id: string;
  origin: string;
  owners: { memberId: string; from: number }[] | null;
};

/** Whoever was imported is left out: nobody's clock ran for her. */
function readArrivals(ctx: Context, since: Date): Promise<ArrivalRow[]> {
  return ctx.db.$queryRaw<ArrivalRow[]>`
    select l.journey_id as id, l.arrived_at, l.first_response_at, case when l.booked_at <= ${ctx.now} then l.booked_at end as booked_at,
      l.osc_id, l.origin, l.owners
    from lead_answers l
    where l.workspace_id = ${ctx.workspaceId}::uuid and l.is_counted and l.arrived_at >= ${since} and l.arrived_at <= ${ctx.now}
      and ${ofMyTeam(ctx, Prisma.sql`l.osc_id`)}
    order by l.arrived_at desc, l.journey_id limit ${mostArrivals + 1}`;
}

type Frame = {
  sla: number;
  default_calendar: unknown;
  members: { id: string; name: string; calendar: unknown }[];
};

async function readFrame(ctx: Context): Promise<Frame> {
  const rows = await ctx.db.$queryRaw<Frame[]>`
    select ws.first_response_minutes as sla, to_jsonb(c) as default_calendar,
      (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'calendar', (
        select to_jsonb(mc) from calendars mc where mc.workspace_id = m.workspace_id and mc.id = m.calendar_id))), '[]')
        from members m where m.workspace_id = ${ctx.workspaceId}::uuid) as members
    from workspace_settings ws join calendars c on c.workspace_id = ws.workspace_id and c.id = ws.calendar_id
    where ws.workspace_id = ${ctx.workspaceId}::uuid`;
  return rows[0] ?? { sla: 5, default_calendar: null, members: [] };
}

type CalendarRow = { time_zone: string; hours: unknown; holidays: unknown };

export type AnsweredLeads = {
  since: Date;
  slaMinutes: number;
  isTruncated: boolean;
  leads: AnsweredLead[];
  names: Map<string, string>;
};

/** The newest 5,000 leads that arrived since (ninety days ago by default), each with how it was answered. */
export async function readAnsweredLeads(ctx: Context, { since }: SpeedInput): Promise<AnsweredLeads> {
  const from = since ?? new Date(ctx.now.getTime() - windowDays * 86_400_000);
  const [frame, rows] = await Promise.all([readFrame(ctx), readArrivals(ctx, from)]);
  const fallback = calendarOf(
    (frame.default_calendar ?? { time_zone: ctx.timeZone, hours: {}, holidays: [] }) as CalendarRow,
  );
  const calendars = new Map<string, BusinessCalendar>(
    frame.members.map(({ id, calendar }) => [id, calendar ? calendarOf(calendar as CalendarRow) : fallback]),
  );
  const leads = rows.slice(0, mostArrivals).map((row) =>
    answeredLead(
      {
        journeyId: row.id,
        arrivedAt: row.arrived_at,
        firstResponseAt: row.first_response_at,
        oscId: row.osc_id,
        origin: row.origin,
        bookedAt: row.booked_at,
        assignments: (row.owners ?? []).map(({ memberId, from }) => ({ memberId, from: new Date(from) })),
      },
      (memberId) => calendars.get(memberId) ?? fallback,
      frame.sla,
      ctx.now,
    ),
  );
  return {
    since: from,
    slaMinutes: frame.sla,
    isTruncated: rows.length > mostArrivals,
    leads,
    names: new Map(frame.members.map(({ id, name }) => [id, name])),
  };
}

/** The report on leads that were read: in all, by consultant in alphabetical order, and by origin. */
export function speedReportOf(
  ctx: Context,
  { since, slaMinutes, isTruncated, leads, names }: AnsweredLeads,
): SpeedReport {
  const seesPeople = canAs(ctx.roles, "journeys.read", "scope");
  const byOsc = [...groupLeads(leads, ({ ownerId }) => ownerId)]
    .filter(([memberId]) => seesPeople || memberId === ctx.memberId)
    .map(([memberId, group]) => ({ memberId, name: names.get(memberId) ?? "", ...speedLine(group, slaMinutes) }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.memberId < b.memberId ? -1 : 1));
  const byOrigin = [...groupLeads(leads, ({ origin }) => origin)]
    .map(([origin, group]) => ({ origin, ...speedLine(group, slaMinutes) }))
    .sort((a, b) => a.origin.localeCompare(b.origin));
  return {
    since: since.toISOString(),
    until: ctx.now.toISOString(),
    slaMinutes,
    leads: leads.length,
    isTruncated,
    overall: speedLine(leads, slaMinutes),
    byOsc,
    byOrigin,
  };
}

/**
 * Speed to lead (DOMAIN F01, F02): the share of arrived leads that a person answered within the promise, in all, by consultant
 * in alphabetical order, and by origin. Bounded to a window and 5,000 leads. Consultants see their own line only.
 */
export async function getSpeedToLeadReport(ctx: Context, input: SpeedInput = {}): Promise<SpeedReport> {
  requirePermission(ctx, "reports.read");
  return speedReportOf(ctx, await readAnsweredLeads(ctx, input));
}
