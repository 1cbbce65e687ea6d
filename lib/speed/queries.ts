import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { type AnsweredLeads, readAnsweredLeads, speedReportOf, windowDays } from "../reports/queries";
import { groupLeads, speedLine } from "../reports/speed";
import { binOf, curveOf, horizonDays, hourOf, isBooked, placeOf } from "./rules";
import type { SpeedRow, SpeedRows, SpeedStudy } from "./schema";

const curveDays = 365;
const mostRows = 100;
const day = 86_400_000;

type Lead = AnsweredLeads["leads"][number];
type Read = { recent: AnsweredLeads; recentLeads: Lead[]; leads: Lead[] };

/** A year's leads once: those of ninety days are the ones that speed to lead is about. */
async function readLeads(ctx: Context): Promise<Read> {
  const since = new Date(ctx.now.getTime() - curveDays * day);
  const { leads, ...answered } = await readAnsweredLeads(ctx, { since });
  const from = new Date(ctx.now.getTime() - windowDays * day);
  const recentLeads = leads.filter(({ arrivedAt }) => arrivedAt >= from);
  const isTruncated = answered.isTruncated && recentLeads.length === leads.length;
  return { leads, recentLeads, recent: { ...answered, since: from, leads: recentLeads, isTruncated } };
}

function studyOf(ctx: Context, { recent, recentLeads, leads }: Read): SpeedStudy {
  const byHour = [...groupLeads(recentLeads, ({ arrivedAt }) => String(hourOf(ctx.timeZone, arrivedAt)))]
    .map(([hour, group]) => ({ hour: Number(hour), ...speedLine(group, recent.slaMinutes) }))
    .sort((a, b) => a.hour - b.hour);
  return {
    speed: speedReportOf(ctx, recent),
    byHour,
    curve: { ...curveOf(leads, ctx.now), horizonDays, windowDays: curveDays },
  };
}

/**
 * Speed to lead by consultant, origin and hour of arrival (DOMAIN F01, F02), and the share of leads with an appointment by how
 * long the first answer took. It shows what went together, not what caused it. A manager of a team sees her team's.
 */
export async function getSpeedStudy(ctx: Context): Promise<SpeedStudy> {
  requirePermission(ctx, "journeys.read", "scope");
  return studyOf(ctx, await readLeads(ctx));
}

function isAsked(ctx: Context, lead: Lead, { state, osc, origin, hour, bin }: SpeedRows): boolean {
  if (osc !== undefined && lead.ownerId !== osc) return false;
  if (origin !== undefined && lead.origin !== origin) return false;
  if (hour !== undefined && hourOf(ctx.timeZone, lead.arrivedAt) !== hour) return false;
  if (state === "booked" || state === "not_booked") {
    const isIn = placeOf(lead, ctx.now) === "judged" && (bin === undefined || binOf(lead.elapsedMinutes) === bin);
    return isIn && isBooked(lead) === (state === "booked");
  }
  return state === "due" ? lead.state !== "pending" : lead.state === state;
}

async function rowsOf(ctx: Context, read: Read, input: SpeedRows): Promise<{ rows: SpeedRow[]; total: number }> {
  const isCurve = input.state === "booked" || input.state === "not_booked";
  const asked = (isCurve ? read.leads : read.recentLeads).filter((lead) => isAsked(ctx, lead, input));
  const shown = asked.slice(0, mostRows);
  const named = await ctx.db.$queryRaw<{ id: string; customerId: string; name: string }[]>`
    select j.id, cu.id as "customerId", cu.name from journeys j join customers cu on cu.workspace_id = j.workspace_id and cu.id = j.customer_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.id = any(${shown.map(({ journeyId }) => journeyId)}::uuid[])`;
  const byId = new Map(named.map((row) => [row.id, row]));
  const rows = shown.flatMap(({ journeyId, arrivedAt, elapsedMinutes }) => {
    const row = byId.get(journeyId);
    if (!row) return [];
    const { customerId, name } = row;
    return [{ journeyId, customerId, name, arrivedAt: arrivedAt.toISOString(), minutes: elapsedMinutes }];
  });
  return { rows, total: asked.length };
}

/** The study together with the leads behind one of its numbers, the newest first, at most a hundred. */
export async function getSpeedPage(ctx: Context, input: SpeedRows | null) {
  requirePermission(ctx, "journeys.read", "scope");
  const read = await readLeads(ctx);
  const behind = input ? { input, ...(await rowsOf(ctx, read, input)) } : null;
  return { study: studyOf(ctx, read), behind, zone: ctx.timeZone };
}
