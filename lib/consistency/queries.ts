import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { surveySettings } from "../responses/queries";
import { funnelPlot } from "../statistics/funnel-plot";
import { changeOf, channelsOf, matrixOf, reportOf, sinceOf, speedOf, type WeekCell, weeklyOf } from "./rules";
import type {
  BoardInput,
  ConsistencyBoard,
  ConsistencyCharts,
  ConsistencyReport,
  Dimension,
  PersonCount,
  RatedInput,
  RatedRow,
  SpeedChart,
} from "./schema";

/** How far back limits look for their baseline, in weeks, when a board shows a shorter period. */
const baselineWeeks = 104;
const mostPeople = 200;
const mostCounted = 999;

type Filter = { type: string | null; since: string | null };

/** The agents whom a manager of one team sees; null for the whole workspace. */
export function teamOf(ctx: Context): Prisma.Sql | null {
  if (!ctx.teamId || !canAs(ctx.roles, "scores.read", "scope")) return null;
  return Prisma.sql`(select m.id from members m where m.workspace_id = ${ctx.workspaceId}::uuid and m.team_id = ${ctx.teamId}::uuid)`;
}

/** Rated contacts by week, medium and route, from the counters. */
function readCells(ctx: Context, { type, since }: Filter): Promise<WeekCell[]> {
  const team = teamOf(ctx);
  const table = team ? Prisma.sql`experience_counts` : Prisma.sql`experience_weeks`;
  return ctx.db.$queryRaw<WeekCell[]>`
    select week::text, medium, route, sum(n)::int as n, sum(k)::int as k from ${table}
    where workspace_id = ${ctx.workspaceId}::uuid ${type ? Prisma.sql`and type = ${type}` : Prisma.empty}
      ${since ? Prisma.sql`and week >= ${since}::date` : Prisma.empty} ${team ? Prisma.sql`and agent_id in ${team}` : Prisma.empty}
    group by week, medium, route order by week, medium, route`;
}

async function readPeople(ctx: Context, { type, since }: Filter): Promise<PersonCount[]> {
  const team = teamOf(ctx);
  const rows = await ctx.db.$queryRaw<PersonCount[]>`
    select m.id as "memberId", m.name, m.status = 'deactivated' as "isFormer", c.n, c.k from (
      select agent_id, sum(n)::int as n, sum(k)::int as k from experience_counts
      where workspace_id = ${ctx.workspaceId}::uuid ${type ? Prisma.sql`and type = ${type}` : Prisma.empty}
        ${since ? Prisma.sql`and week >= ${since}::date` : Prisma.empty} ${team ? Prisma.sql`and agent_id in ${team}` : Prisma.empty}
      group by agent_id) c
    join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = c.agent_id order by m.name, m.id limit ${mostPeople}`;
  return rows;
}

type CustomerRow = { by: Dimension; n: number; k: number };

/** Customers of a team rated in two channels or more, and those whom each served well: one pass over the team's rated rows. */
async function readServedBy(ctx: Context, team: Prisma.Sql, { type, since }: Filter): Promise<CustomerRow[]> {
  const [row] = await ctx.db.$queryRaw<{ mn: number; mk: number; rn: number; rk: number }[]>`
    select (count(*) filter (where by_media))::int as mn, (count(*) filter (where by_media and good))::int as mk,
      (count(*) filter (where by_routes))::int as rn, (count(*) filter (where by_routes and routed))::int as rk
    from (select min(medium collate "C") <> max(medium collate "C") as by_media, min(route collate "C") <> max(route collate "C") as by_routes,
        bool_and(experience_class = 'positive') as good, bool_and(route is null or experience_class = 'positive') as routed
      from interactions where workspace_id = ${ctx.workspaceId}::uuid and experience_class is not null and agent_id in ${team}
        ${type ? Prisma.sql`and type = ${type}` : Prisma.empty}
        ${since ? Prisma.sql`and started_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      group by customer_id) served`;
  return row
    ? [
        { by: "media", n: row.mn, k: row.mk },
        { by: "routes", n: row.rn, k: row.rk },
      ]
    : [];
}

/** The same of the whole workspace, from the counters: their sums since a week are the customers of the period that begins with it. */
function readServed(ctx: Context, { type, since }: Filter): Promise<CustomerRow[]> {
  return ctx.db.$queryRaw<CustomerRow[]>`
    select "by", sum(served)::int as n, sum(consistent)::int as k from experience_customer_weeks
    where workspace_id = ${ctx.workspaceId}::uuid and type = ${type ?? ""} ${since ? Prisma.sql`and week >= ${since}::date` : Prisma.empty}
    group by "by"`;
}

async function readCustomers(ctx: Context, filter: Filter): Promise<Record<Dimension, { k: number; n: number }>> {
  const team = teamOf(ctx);
  const rows = await (team ? readServedBy(ctx, team, filter) : readServed(ctx, filter));
  const of = (by: Dimension) => {
    const row = rows.find((each) => each.by === by);
    return { k: row?.k ?? 0, n: row?.n ?? 0 };
  };
  return { media: of("media"), routes: of("routes") };
}

/** How many were asked and have answered: of a team from the rows of its contacts, of all from the counters. */
async function readSurveys(ctx: Context, { type, since }: Filter): Promise<{ invited: number; answered: number }> {
  const team = teamOf(ctx);
  const [row] = team
    ? await ctx.db.$queryRaw<{ invited: number; answered: number }[]>`
    select count(*)::int as invited, (count(*) filter (where s.state = 'answered'))::int as answered
    from survey_invites s join interactions i on i.workspace_id = ${ctx.workspaceId}::uuid and i.id = s.interaction_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.sent_at is not null and i.agent_id in ${team}
      ${type ? Prisma.sql`and s.type = ${type}` : Prisma.empty}
      ${since ? Prisma.sql`and s.sent_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}`
    : await ctx.db.$queryRaw<{ invited: number; answered: number }[]>`
    select coalesce(sum(invited), 0)::int as invited, coalesce(sum(answered), 0)::int as answered from survey_weeks
    where workspace_id = ${ctx.workspaceId}::uuid ${type ? Prisma.sql`and type = ${type}` : Prisma.empty}
      ${since ? Prisma.sql`and week >= ${since}::date` : Prisma.empty}`;
  return row ?? { invited: 0, answered: 0 };
}

/** The median time to the first human answer of the leads of each week, in elapsed minutes; whoever was imported is left out. */
function readSpeed(ctx: Context, since: string | null): Promise<SpeedChart["weeks"][number][]> {
  const team = teamOf(ctx);
  return ctx.db.$queryRaw<SpeedChart["weeks"][number][]>`
    select app.week_of(arrived_at)::text as week, count(*)::int as n,
      (percentile_cont(0.5) within group (order by extract(epoch from first_response_at - arrived_at) / 60))::float8 as minutes
    from journeys where workspace_id = ${ctx.workspaceId}::uuid and first_response_at > arrived_at and import_id is null
      ${since ? Prisma.sql`and arrived_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      ${team ? Prisma.sql`and osc_id in ${team}` : Prisma.empty}
    group by 1 order by 1`;
}

async function countDisagreements(ctx: Context, type: string | null): Promise<number> {
  const team = teamOf(ctx);
  const [row] = await ctx.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from (select 1 from responses s
      join interactions i on i.workspace_id = s.workspace_id and i.id = s.interaction_id
      where s.workspace_id = ${ctx.workspaceId}::uuid and s.source = 'staff' and s.class <> i.experience_class
        ${type ? Prisma.sql`and i.type = ${type}` : Prisma.empty} ${team ? Prisma.sql`and i.agent_id in ${team}` : Prisma.empty}
      limit ${mostCounted}) few`;
  return row?.n ?? 0;
}

async function readTypes(ctx: Context): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ type: string }[]>`
    with recursive each as (
      select min(type) as type from experience_weeks where workspace_id = ${ctx.workspaceId}::uuid
      union all
      select (select min(t.type) from experience_weeks t where t.workspace_id = ${ctx.workspaceId}::uuid and t.type > each.type) from each where each.type is not null)
    select type from each where type is not null limit 200`;
  return rows.map(({ type }) => type);
}

const within = (cells: readonly WeekCell[], since: string | null) =>
  since ? cells.filter(({ week }) => week >= since) : [...cells];

/**
 * Whether customers are served alike however they reach us: the consistency of media or of routes with its verdict (DOMAIN
 * F35), for managers. Read from counters, so that it costs the same however many contacts there are.
 */
export async function getConsistencyReport(ctx: Context, input: BoardInput): Promise<ConsistencyReport> {
  requirePermission(ctx, "scores.read", "scope");
  const filter = { type: input.type || null, since: sinceOf(input.weeks, ctx.now) };
  const [settings, cells, customers, surveys] = await Promise.all([
    surveySettings(ctx),
    readCells(ctx, filter),
    readCustomers(ctx, filter),
    readSurveys(ctx, filter),
  ]);
  const { by, weeks } = input;
  const frame = { ...filter, by, weeks, asOf: ctx.now.toISOString(), target: input.target ?? settings.target };
  return reportOf(cells, { ...frame, customers: customers[by], surveys });
}

/** Everything the consistency board shows, for managers; the manager of one team sees the contacts of her team. */
export async function getConsistencyBoard(ctx: Context, input: BoardInput): Promise<ConsistencyBoard> {
  requirePermission(ctx, "scores.read", "scope");
  const { by, weeks } = input;
  const filter = { type: input.type || null, since: sinceOf(weeks, ctx.now) };
  const before = weeks === 0 ? null : sinceOf(2 * weeks, ctx.now);
  const from = weeks === 0 ? null : sinceOf(Math.max(2 * weeks, baselineWeeks), ctx.now);
  const [settings, all, people, customers, surveys, speed, types, disagreements] = await Promise.all([
    surveySettings(ctx),
    readCells(ctx, { ...filter, since: from }),
    readPeople(ctx, filter),
    readCustomers(ctx, filter),
    readSurveys(ctx, filter),
    readSpeed(ctx, from),
    readTypes(ctx),
    countDisagreements(ctx, filter.type),
  ]);
  const cells = within(all, filter.since);
  const target = input.target ?? settings.target;
  const frame = { ...filter, weeks, asOf: ctx.now.toISOString(), target, surveys };
  const other = by === "media" ? "routes" : "media";
  return {
    report: reportOf(cells, { ...frame, by, customers: customers[by] }),
    other: reportOf(cells, { ...frame, by: other, customers: customers[other] }),
    change: filter.since && before ? changeOf(all, filter.since, before) : null,
    types,
    media: channelsOf("media", cells),
    routes: channelsOf("routes", cells),
    cells: matrixOf(cells, target),
    weekly: weeklyOf(by, all, filter.since),
    people: funnelPlot(people, target),
    speed: speedOf(speed, filter.since, input.scale),
    disagreements,
  };
}

/** What the board draws, with every point and signal of it. */
export async function getConsistencyCharts(ctx: Context, input: BoardInput): Promise<ConsistencyCharts> {
  const { report, change, cells, weekly, people, speed } = await getConsistencyBoard(ctx, input);
  const { by, type, weeks, since, asOf, target } = report;
  return { by, type, weeks, since, asOf, target, change, cells, weekly, people, speed };
}

type Rated = Omit<RatedRow, "at"> & { at: Date };

/** The rated contacts behind a number of the board, newest first, by cursor. */
export async function listRated(
  ctx: Context,
  input: RatedInput,
): Promise<{ data: RatedRow[]; nextCursor: string | null }> {
  requirePermission(ctx, "scores.read", "scope");
  const since = sinceOf(input.weeks, ctx.now);
  const from = decodeCursor(input.cursor);
  const team = teamOf(ctx);
  const also = (column: Prisma.Sql, value: string | undefined) =>
    value === undefined ? Prisma.empty : Prisma.sql`and ${column} = ${value}`;
  const rows = await ctx.db.$queryRaw<Rated[]>`
    select i.id, i.customer_id as "customerId", c.name as "customerName", i.medium, i.route, i.type, m.name as "agentName",
      i.experience_class as class, r.id as "responseId", r.expectation, r.outcome, r.disconfirmation, coalesce(r.comment, '') as comment,
      (select json_build_object('raw', e.raw, 'meets', e.meets) from evaluations e where e.workspace_id = i.workspace_id and e.interaction_id = i.id
        order by e.number desc limit 1) as standard, i.started_at as at
    from interactions i join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    left join responses r on r.workspace_id = i.workspace_id and r.interaction_id = i.id and r.counts_for_class
    where i.workspace_id = ${ctx.workspaceId}::uuid and i.experience_class is not null
      ${also(Prisma.sql`i.type`, input.type || undefined)} ${also(Prisma.sql`i.medium`, input.medium)} ${also(Prisma.sql`i.route`, input.route)}
      ${also(Prisma.sql`i.experience_class`, input.class)} ${also(Prisma.sql`app.week_of(i.started_at)::text`, input.week)}
      ${input.agentId ? Prisma.sql`and i.agent_id = ${input.agentId}::uuid` : Prisma.empty} ${team ? Prisma.sql`and i.agent_id in ${team}` : Prisma.empty}
      ${since && !input.week ? Prisma.sql`and i.started_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      ${from ? Prisma.sql`and (i.started_at, i.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}
    order by i.started_at desc, i.id desc limit ${input.limit + 1}`;
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > input.limit && last ? encodeCursor(last) : null,
  };
}
