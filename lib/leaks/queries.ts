import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import { latestRun, teamOfRuns } from "../runs/queries";
import type { RunWithResult } from "../runs/schema";
import { type LeakCohort, readNextCohort } from "./entries";
import { usualParameters } from "./rules";
import type { LeakCustomer, LeakFinding, LeakRow, LeaksResult, LeakView, ListLeaks } from "./schema";

const mostCustomers = 100;

type Row = Omit<LeakRow, "isLate"> & {
  associated: LeakView["associated"];
  next: LeakView["next"];
  horizonDays: number;
  asOf: Date;
  knownAt: Date;
  currency: string;
};

function readRows(ctx: Context, which: Prisma.Sql, limit: number): Promise<Row[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const teamId = teamOfRuns(ctx);
  const ofTeam = teamId
    ? Prisma.sql`(l.dimension <> 'osc' or l.value in (select id::text from members where workspace_id = ${w} and team_id = ${teamId}::uuid))`
    : Prisma.sql`true`;
  return ctx.db.$queryRaw<Row[]>`
    select l.id, l.version, l.template, l.stage, l.finding->>'stageName' as "stageName", l.measure, l.dimension, l.value, v.name as "valueName", l.state,
      l.owner_id as "ownerId", o.name as "ownerName", l.due_on::text as "dueOn", app.iso(l.found_at) as "foundAt", app.iso(l.confirmed_at) as "confirmedAt",
      app.iso(l.fixing_since) as "fixingSince", app.iso(l.ended_at) as "endedAt", l.note, l.action, l.finding, l.associated, l.next, l.run_id as "runId",
      l.horizon_days as "horizonDays", r.as_of as "asOf", r.known_at as "knownAt",
      r.config::jsonb->'body'->>'currency' as currency
    from leaks l join analytics_runs r on r.workspace_id = ${w} and r.id = l.run_id
    left join members o on o.workspace_id = ${w} and o.id = l.owner_id
    left join members v on v.workspace_id = ${w} and l.dimension = 'osc' and v.id::text = l.value
    where l.workspace_id = ${w} and ${ofTeam} and ${which}
    order by array_position(array['confirmed', 'being_fixed', 'suspected', 'closed', 'rejected'], l.state), l.due_on, l.found_at desc, l.id limit ${limit}`;
}

function rowOf(
  ctx: Context,
  { associated: _w, next: _n, horizonDays: _h, asOf: _a, knownAt: _k, currency: _c, ...row }: Row,
): LeakRow {
  const isStanding = row.endedAt === null;
  return { ...row, isLate: isStanding && row.dueOn !== null && row.dueOn < ctx.now.toISOString().slice(0, 10) };
}

/** Leaks, the confirmed ones first; for who may read everybody's figures. */
export async function listLeaks(ctx: Context, { show, limit }: ListLeaks): Promise<LeakRow[]> {
  requirePermission(ctx, "scores.read", "scope");
  const standing = Prisma.sql`l.ended_at is null`;
  const which = show === "all" ? Prisma.sql`true` : show === "standing" ? standing : Prisma.sql`not ${standing}`;
  return (await readRows(ctx, which, limit)).map((row) => rowOf(ctx, row));
}

/** What the newest run about the usual question found, with the names of the consultants in it; null before the first. */
export async function latestLeaks(ctx: Context): Promise<{
  run: Omit<RunWithResult, "result">;
  result: LeaksResult;
  names: Record<string, string>;
} | null> {
  const found = await latestRun(ctx, "leaks", usualParameters);
  if (!found) return null;
  const { result: raw, ...run } = found;
  const result = raw as LeaksResult;
  const ids = result.findings.flatMap(({ dimension, value }) => (dimension === "osc" ? [value] : []));
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return { run, result, names: Object.fromEntries(members.map(({ id, name }) => [id, name])) };
}

type Drop = { journeyId: string; entered: number; active: number; total: number };

/** Who is behind this leak, the newest drops first and whom it has held the longest, with how many there are. */
function readDrops(ctx: Context, { id: leakId, measure }: Pick<LeakRow, "id" | "measure">): Promise<Drop[]> {
  const order = measure === "dropped" ? Prisma.sql`d.entered desc` : Prisma.sql`d.active desc`;
  return ctx.db.$queryRaw<Drop[]>`
    select d.journey_id as "journeyId", d.entered, d.active,
      (select count(*)::int from leak_drops a where a.workspace_id = ${ctx.workspaceId}::uuid and a.leak_id = ${leakId}::uuid) as total
    from leak_drops d where d.workspace_id = ${ctx.workspaceId}::uuid and d.leak_id = ${leakId}::uuid
    order by ${order}, d.journey_id limit ${mostCustomers}`;
}

/** These drops by name; names only of customers the reader may see. */
function readCustomers(ctx: Context, drops: readonly Drop[]): Promise<LeakCustomer[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<LeakCustomer[]>`
    select own.journey_id as "journeyId", case when ${visibleJourneys(ctx)} then cu.id end as "customerId",
      case when ${visibleJourneys(ctx)} then cu.name end as name, app.iso(to_timestamp(own.entered)) as "enteredAt", floor(own.active / 86400)::int as days, j.status
    from unnest(${drops.map(({ journeyId }) => journeyId)}::uuid[], ${drops.map(({ entered }) => entered)}::float8[], ${drops.map(({ active }) => active)}::float8[])
      with ordinality as own (journey_id, entered, active, place)
    join journeys j on j.workspace_id = ${w} and j.id = own.journey_id
    join customers cu on cu.workspace_id = ${w} and cu.id = j.customer_id order by own.place`;
}

const cohortOf = ({ finding, horizonDays, asOf, knownAt }: Row): LeakCohort => ({
  finding: finding as LeakFinding,
  horizonDays,
  asOf,
  knownAt,
});

/** What whoever leads a leak puts its customers back by: its measure, the key of its stage, and when it was last looked at. Throws `not_found`. */
export async function readLeakToLead(
  ctx: Context,
  id: string,
): Promise<Pick<LeakRow, "measure" | "stage"> & { asOf: Date }> {
  requirePermission(ctx, "improvements.edit", "yes");
  const [row] = await readRows(ctx, Prisma.sql`l.id = ${id}::uuid`, 1);
  if (!row) throw new AppError("not_found", "leak");
  return row;
}

/**
 * One leak with the customers behind it, what their drops are associated with, and the next cohort once it is being mended. For
 * who may read everybody's figures, and for its owner. Throws `not_found`.
 */
export async function getLeak(ctx: Context, { id }: { id: string }): Promise<LeakView> {
  requirePermission(ctx, "scores.read");
  if (!isId(id)) throw new AppError("not_found", "leak");
  const [row] = await readRows(ctx, Prisma.sql`l.id = ${id}::uuid`, 1);
  if (!row) throw new AppError("not_found", "leak");
  const isMine = row.ownerId !== null && row.ownerId === ctx.memberId;
  if (!isMine) requirePermission(ctx, "scores.read", "scope");
  const drops = await readDrops(ctx, row);
  const { workspaceId } = ctx;
  const readNext = () =>
    row.fixingSince
      ? readNextCohort(ctx, { ...cohortOf(row), asOf: ctx.now, knownAt: ctx.now }, new Date(row.fixingSince))
      : null;
  const [customers, spokes, next] = await Promise.all([
    readCustomers(ctx, drops),
    ctx.db.spoke.findMany({
      where: { workspaceId },
      select: { key: true, name: true, nameHe: true },
      orderBy: { position: "asc" },
    }),
    row.measure === "dropped" ? readNext() : row.next,
  ]);
  const mayLead = canAs(ctx.roles, "improvements.edit", "yes");
  return {
    ...rowOf(ctx, row),
    horizonDays: row.horizonDays,
    customers,
    customersTotal: drops[0]?.total ?? 0,
    ...{ associated: row.associated, next, currency: row.currency, spokes, mayLead },
    mayMove: mayLead || (isMine && canAs(ctx.roles, "improvements.edit", "own")),
  };
}
