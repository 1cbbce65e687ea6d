import { canAs, requirePermission } from "../auth/permissions";
import { dayKey, instantOn } from "../calendar/day";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { zoneOf } from "../reports/analyses";
import { latestRun, movingRun, readRun, runFrameOf } from "../runs/queries";
import { kindOf } from "../runs/registry";
import { programmeGroupsOf, programmeLeads, within } from "./cohort";
import type { OscProgrammeResult } from "./kind";
import { backPlan, type ProgrammeCounts, sharesOf } from "./rules";
import type { ProgrammeInput, ProgrammeMonth, ProgrammeRow, ProgrammeRows } from "./schema";

const mostRows = 100;

/** The month after `yyyy-mm`. */
function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

/** What happened in a month of the workspace's clock, whichever lead it came from. */
async function happenedIn(ctx: Context, month: string, zone: string): Promise<ProgrammeCounts> {
  const [from, to] = [month, nextMonth(month)].map((each) => new Date(instantOn(zone, `${each}-01`).getTime() - 1));
  if (!from || !to) throw new Error(`not a month: ${month}`);
  const on = (at: Prisma.Sql) => within(at, from, to);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  // Only those are read to whom something counted happened in the month.
  const touched = Prisma.sql`journey_id = any(array(
    select t.journey_id from stage_transitions t where t.workspace_id = ${w} and ${on(Prisma.sql`t.at`)} and (t.cause = 'enter' or t.status in ('won', 'completed'))
    union select a.journey_id from appointments a where a.workspace_id = ${w} and (${on(Prisma.sql`a.set_at`)} or ${on(Prisma.sql`a.start_at`)})))`;
  const [row] = await ctx.db.$queryRaw<ProgrammeCounts[]>`
    with ${programmeLeads(ctx, { asOf: ctx.now, knownAt: ctx.now, agentIds: null }, touched)}
    select (count(*) filter (where ${on(Prisma.sql`l.arrived`)}))::int as leads, (count(*) filter (where ${on(Prisma.sql`l.set`)}))::int as set,
      (count(*) filter (where ${on(Prisma.sql`l.kept`)}))::int as kept,
      (count(*) filter (where ${on(Prisma.sql`l.won`)} and l.won >= l.kept))::int as sales, (count(*) filter (where ${on(Prisma.sql`l.won`)}))::int as "companySales"
    from leads l`;
  return row ?? { leads: 0, set: 0, kept: 0, sales: 0, companySales: 0 };
}

/** A month's goal with what it takes by the shares of `result`, and what has happened; this month where none is named. */
export async function getProgrammeMonth(
  ctx: Context,
  { month: asked }: ProgrammeInput,
  result: OscProgrammeResult | null,
): Promise<ProgrammeMonth> {
  requirePermission(ctx, "scores.read", "scope");
  const { workspaceId } = ctx;
  const timeZone = await zoneOf(ctx);
  const month = asked ?? dayKey(timeZone, ctx.now).slice(0, 7);
  const [goal] = await ctx.db.$queryRaw<NonNullable<ProgrammeMonth["goal"]>[]>`
    select g.sales, g.version, m.name as "setByName", app.iso(g.set_at) as "setAt"
    from programme_goals g left join members m on m.workspace_id = g.workspace_id and m.id = g.set_by_id
    where g.workspace_id = ${workspaceId}::uuid and g.month = ${`${month}-01`}::date`;
  const plan = goal && result ? backPlan(goal.sales, sharesOf(result.cohort.rates)) : null;
  return { month, goal: goal ?? null, plan, soFar: await happenedIn(ctx, month, timeZone) };
}

/** The programme as its newest run has it, with the month's goal and the names of those who set appointments. */
export async function getProgramme(ctx: Context, input: ProgrammeInput) {
  requirePermission(ctx, "scores.read", "scope");
  const parameters = kindOf("osc-programme").parse({});
  const [run, moving] = await Promise.all([
    latestRun(ctx, "osc-programme", parameters),
    movingRun(ctx, "osc-programme", parameters),
  ]);
  const result = (run?.result ?? null) as OscProgrammeResult | null;
  const ids = result?.byOsc.map(({ memberId }) => memberId) ?? [];
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return {
    ...{ run, result, isMoving: moving !== null, month: await getProgrammeMonth(ctx, input, result) },
    names: Object.fromEntries(members.map(({ id, name }) => [id, name])),
    mayRun: canAs(ctx.roles, "runs.start", "scope"),
    maySet: canAs(ctx.roles, "standards.edit", "yes"),
  };
}

/**
 * The customers behind a number of a run, the newest first, as the run knew them; names only of those the reader may see.
 * Throws `not_found` for a run that is not there.
 */
export async function listProgrammeRows(
  ctx: Context,
  { run: id, group, osc }: ProgrammeRows,
): Promise<{ rows: ProgrammeRow[]; total: number }> {
  requirePermission(ctx, "scores.read", "scope");
  const [frame, { kind, parameters }] = await Promise.all([runFrameOf(ctx, { id }), readRun(ctx, { id })]);
  if (kind !== "osc-programme") throw new AppError("not_found", "run");
  const { horizonDays, windowDays } = parameters as { horizonDays: number; windowDays: number };
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<(ProgrammeRow & { total: number })[]>`
    with ${programmeLeads(ctx, frame)}
    select l.journey_id as "journeyId", case when ${visibleJourneys(ctx)} then cu.id end as "customerId", case when ${visibleJourneys(ctx)} then cu.name end as name,
      app.iso(l.arrived) as "arrivedAt", app.iso(l.set) as "setAt", app.iso(l.kept) as "keptAt", app.iso(l.won) as "wonAt", (count(*) over ())::int as total
    from leads l join journeys j on j.workspace_id = ${w} and j.id = l.journey_id join customers cu on cu.workspace_id = ${w} and cu.id = j.customer_id
    where ${programmeGroupsOf(frame, { horizonDays, windowDays })[group]} and ${osc === undefined ? Prisma.sql`true` : Prisma.sql`l.set_by = ${osc}::uuid`}
    order by l.arrived desc, l.journey_id limit ${mostRows}`;
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
