import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import { findCustomersSql, searchPatterns } from "../search/patterns";
import { asksForCustomer, type CustomerFilter, filterOfQuery, type ListCustomers } from "./filter";
import { treeSql } from "./filter-sql";
import type { CustomerPage, CustomerRow } from "./list-schema";

const orNone = (parts: Prisma.Sql[]) => Prisma.sql`(${Prisma.join(parts, " or ")})`;

function originCondition(origins: readonly string[]): Prisma.Sql {
  const named = origins.filter((origin) => origin !== "-");
  const parts: Prisma.Sql[] = [];
  if (named.length > 0) parts.push(Prisma.sql`c.origin = any(${named}::text[])`);
  if (origins.includes("-")) parts.push(Prisma.sql`c.origin is null`);
  return orNone(parts);
}

/** The filter as conditions on `journeys j` and `customers c`; values travel as parameters. */
export function conditionsOf(ctx: Context, filter: CustomerFilter): Prisma.Sql[] {
  const { workspaceId: w } = ctx;
  const found: Prisma.Sql[] = [];
  if (filter.stage.length === 1) found.push(Prisma.sql`j.stage_id = ${filter.stage[0]}::uuid`);
  else if (filter.stage.length > 1) found.push(Prisma.sql`j.stage_id = any(${filter.stage}::uuid[])`);
  if (filter.spoke.length > 0) {
    found.push(
      Prisma.sql`j.accountable_spoke_id in (select id from spokes where workspace_id = ${w}::uuid and key = any(${filter.spoke}::text[]))`,
    );
  }
  if (filter.osc.length > 0) {
    const members = filter.osc.map((osc) => (osc === "me" ? ctx.memberId : osc)).filter((osc) => osc !== null);
    found.push(Prisma.sql`j.osc_id = any(${members}::uuid[])`);
  }
  if (filter.status.length > 0) found.push(Prisma.sql`j.status = any(${filter.status}::text[])`);
  if (filter.origin.length > 0) found.push(originCondition(filter.origin));
  if (filter.offTrack) found.push(Prisma.sql`j.off_track_since is not null`);
  if (filter.unanswered) found.push(Prisma.sql`j.unanswered_since is not null`);
  const patterns = searchPatterns(filter.q);
  if (patterns) found.push(Prisma.sql`j.customer_id in (select id from ${findCustomersSql(patterns, "")})`);
  if (filter.tree) found.push(treeSql(ctx, filter.tree));
  return found;
}

/** Where a page ended, as the next one is asked for. */
export function cursorOf({ lastActivityAt, journeyId }: { lastActivityAt: Date; journeyId: string }): string {
  return Buffer.from(`${lastActivityAt.getTime()} ${journeyId}`).toString("base64url");
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [milliseconds = "", id = ""] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
  const at = new Date(Number(milliseconds));
  if (!isId(id) || milliseconds === "" || Number.isNaN(at.getTime()))
    throw new AppError("invalid", "input", { fields: { cursor: "not_a_cursor" } });
  return { at, id };
}

// Written out, not as parameters: without knowing them the database would never keep the plan of a list.
const shortPage = Prisma.sql`limit 51`;
const longPage = Prisma.sql`limit 201`;

const withCustomer = Prisma.sql`join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id`;

type Row = {
  id: string;
  journey_id: string;
  name: string;
  place: string | null;
  origin: string | null;
  segment: string | null;
  version: number;
  flag: string | null;
  stage: string;
  status: string;
  osc_id: string;
  osc_name: string;
  spoke_key: string;
  spoke_position: number;
  accountable_name: string | null;
  involved: number[] | null;
  next_name: string | null;
  next_started_at: Date | null;
  next_due_at: Date | null;
  unanswered_since: Date | null;
  unanswered_due_at: Date | null;
  off_track_since: Date | null;
  last_activity_at: Date;
};

/**
 * One page of the customers this member may see, most recently active first, and the cursor of the next. Pages follow
 * each other by key, so that arrivals in between neither repeat nor hide a row. One statement, at most 200 rows.
 */
export async function listCustomers(ctx: Context, { query, cursor, limit }: ListCustomers): Promise<CustomerPage> {
  requirePermission(ctx, "journeys.read");
  const w = ctx.workspaceId;
  const filter = filterOfQuery(query);
  const after = cursor ? readCursor(cursor) : null;
  const conditions = [
    Prisma.sql`j.workspace_id = ${w}::uuid`,
    Prisma.sql`j.is_primary`,
    visibleJourneys(ctx),
    ...conditionsOf(ctx, filter),
  ];
  if (after) conditions.push(Prisma.sql`(j.last_activity_at, j.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  // The page is chosen alone, in the order of its index; only its rows are then dressed with names.
  const rows = await ctx.db.$queryRaw<Row[]>`
    select c.id, j.id as journey_id, c.name, c.place, c.origin, c.segment, c.version, c.flag, s.name as stage, j.status, j.osc_id, o.name as osc_name,
      sp.key as spoke_key, sp.position as spoke_position, a.name as accountable_name, j.next_started_at, j.next_due_at,
      j.unanswered_since, j.unanswered_due_at, j.off_track_since, j.last_activity_at,
      (select array_agg(x.position order by x.position) from journey_spokes js join spokes x on x.workspace_id = js.workspace_id and x.id = js.spoke_id
        where js.workspace_id = ${w}::uuid and js.journey_id = j.id) as involved,
      (select t.name from touchpoints t where t.workspace_id = ${w}::uuid and t.journey_id = j.id and t.state in ('planned', 'due')) as next_name
    from (
      select j.* from journeys j ${asksForCustomer(filter) ? withCustomer : Prisma.empty}
      where ${Prisma.join(conditions, " and ")}
      order by j.last_activity_at desc, j.id desc ${limit <= 50 ? shortPage : longPage}) j
    join customers c on c.workspace_id = ${w}::uuid and c.id = j.customer_id
    join stages s on s.workspace_id = ${w}::uuid and s.id = j.stage_id
    join spokes sp on sp.workspace_id = ${w}::uuid and sp.id = j.accountable_spoke_id
    join members o on o.workspace_id = ${w}::uuid and o.id = j.osc_id
    left join members a on a.workspace_id = ${w}::uuid and a.id = j.accountable_id
    order by j.last_activity_at desc, j.id desc`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    rows: shown.map((row) => viewOf(ctx, row)),
    nextCursor: hasMore ? cursorOf({ lastActivityAt: last.last_activity_at, journeyId: last.journey_id }) : null,
  };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

function viewOf(ctx: Context, row: Row): CustomerRow {
  return {
    id: row.id,
    journeyId: row.journey_id,
    name: row.name,
    place: row.place,
    origin: row.origin,
    segment: row.segment,
    version: row.version,
    flag: row.flag,
    stageName: row.stage,
    status: row.status,
    oscId: row.osc_id,
    oscName: row.osc_name,
    spokeKey: row.spoke_key,
    accountableName: row.accountable_name,
    wheel: {
      involved: row.involved ?? [],
      baton: row.spoke_position,
      isLate: row.off_track_since !== null || (row.next_due_at !== null && row.next_due_at < ctx.now),
    },
    nextName: row.next_name,
    nextStartedAt: iso(row.next_started_at),
    nextDueAt: iso(row.next_due_at),
    unansweredSince: iso(row.unanswered_since),
    unansweredDueAt: iso(row.unanswered_due_at),
    offTrackSince: iso(row.off_track_since),
    lastActivityAt: row.last_activity_at.toISOString(),
  };
}
