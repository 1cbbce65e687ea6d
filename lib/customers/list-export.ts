import type { Context } from "../context";
import { byteOrderMark, csvOf } from "../csv";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import enCustomers from "../messages/en/customers.json";
import en from "../messages/en/exports.json";
import heCustomers from "../messages/he/customers.json";
import he from "../messages/he/exports.json";
import { filterOfQuery } from "./filter";
import { conditionsOf } from "./list";

type Row = {
  journey_id: string;
  id: string;
  name: string;
  place: string | null;
  origin: string | null;
  segment: string | null;
  stage: string;
  status: string;
  osc: string;
  spoke: string;
  spoke_he: string;
  accountable: string | null;
  arrived_at: Date;
  last_activity_at: Date;
  next_name: string | null;
  next_due_at: Date | null;
  unanswered_since: Date | null;
  off_track_since: Date | null;
};

const nobodyBefore = "00000000-0000-0000-0000-000000000000";

/**
 * Everybody the list's filter finds and this member may see, as CSV in pieces of 2,000 rows (UTF-8 with byte order mark,
 * times in UTC). Rows follow each other by a key that never changes, so whoever is worked on meanwhile is neither missed
 * nor told twice. Answers how many rows there were.
 */
export async function* exportCustomers(ctx: Context, query: string): AsyncGenerator<string, number> {
  const isHebrew = ctx.locale === "he";
  yield `${byteOrderMark}${csvOf([Object.values((isHebrew ? he : en).columns)])}`;
  const statuses: Record<string, string> = (isHebrew ? heCustomers : enCustomers).status;
  let count = 0;
  for (let after = nobodyBefore; ; ) {
    const rows = await readPage(ctx, query, after);
    const last = rows.at(-1);
    if (!last) return count;
    after = last.journey_id;
    count += rows.length;
    yield csvOf(rows.map((row) => cellsOf(row, isHebrew, statuses[row.status] ?? row.status)));
  }
}

function readPage(ctx: Context, query: string, after: string): Promise<Row[]> {
  const { workspaceId: w } = ctx;
  const conditions = [
    Prisma.sql`j.workspace_id = ${w}::uuid`,
    Prisma.sql`j.is_primary`,
    Prisma.sql`j.id > ${after}::uuid`,
    visibleJourneys(ctx),
    ...conditionsOf(ctx, filterOfQuery(query)),
  ];
  return ctx.db.$queryRaw<Row[]>`
    select page.*, s.name as stage, o.name as osc, sp.name as spoke, sp.name_he as spoke_he, a.name as accountable,
      (select t.name from touchpoints t where t.workspace_id = ${w}::uuid and t.journey_id = page.journey_id and t.state in ('planned', 'due')) as next_name
    from (
      select j.id as journey_id, c.id, c.name, c.place, c.origin, c.segment, j.stage_id, j.status, j.osc_id, j.accountable_spoke_id, j.accountable_id,
        j.arrived_at, j.last_activity_at, j.next_due_at, j.unanswered_since, j.off_track_since
      from journeys j join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
      where ${Prisma.join(conditions, " and ")} order by j.id limit 2000) page
    join stages s on s.workspace_id = ${w}::uuid and s.id = page.stage_id
    join spokes sp on sp.workspace_id = ${w}::uuid and sp.id = page.accountable_spoke_id
    join members o on o.workspace_id = ${w}::uuid and o.id = page.osc_id
    left join members a on a.workspace_id = ${w}::uuid and a.id = page.accountable_id
    order by page.journey_id`;
}

const at = (moment: Date | null) => moment?.toISOString() ?? "";

/** In the order of the columns in the messages. */
function cellsOf(row: Row, isHebrew: boolean, status: string): string[] {
  return [
    row.name,
    row.place ?? "",
    row.stage,
    status,
    row.osc,
    isHebrew && row.spoke_he ? row.spoke_he : row.spoke,
    row.accountable ?? "",
    row.origin ?? "",
    row.segment ?? "",
    at(row.arrived_at),
    at(row.last_activity_at),
    row.next_name ?? "",
    at(row.next_due_at),
    at(row.unanswered_since),
    at(row.off_track_since),
    row.id,
  ];
}
