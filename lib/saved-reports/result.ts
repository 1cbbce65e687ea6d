import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { officeCalendar } from "../digest/build";
import { Prisma } from "../generated/prisma/client";
import { rateOf } from "../statistics/rate";
import { type Compiled, compile } from "./compile";
import { requireReport } from "./queries";
import type { Definition, GroupValue, Measured, ReportKey, ReportResult, ReportRow, RowsInput } from "./schema";
import { type Dimension, isShare, timeDimensions, vocabulary } from "./vocabulary";

/** `measured` holds two numbers a measure: how many and of how many, or the median and of how many. */
type Group = { a: string; b: string; count: number; measured: (number | null)[] };

const listed = (parts: Prisma.Sql[]) => (parts.length > 0 ? Prisma.join(parts) : Prisma.empty);

const measuresOf = (definition: Definition, compiled: Compiled) =>
  definition.measures.map((measure) => {
    const found = compiled.measureOf(measure);
    if ("share" in found) {
      const { of, is } = found.share;
      return Prisma.sql`count(*) filter (where ${of} and ${is}), count(*) filter (where ${of})`;
    }
    return Prisma.sql`percentile_cont(0.5) within group (order by ${found.median}), count(${found.median})`;
  });

/** The one statement of a report: its groups, those of a calendar in its order, others the largest first. */
function statementOf(definition: Definition, compiled: Compiled): Prisma.Sql {
  const [first, second] = definition.groupBy;
  const [a, b] = [first, second].map((each) => (each ? compiled.keyOf(each) : Prisma.sql`''`));
  const order = (each: Dimension | undefined, size: Prisma.Sql) =>
    each && timeDimensions.has(each) ? Prisma.empty : Prisma.sql`${size} desc,`;
  return Prisma.sql`select g.* from (
      select ${a} as a, ${b} as b, count(*)::int as count, json_build_array(${listed(measuresOf(definition, compiled))}) as measured
      from ${compiled.from} where ${compiled.where} group by 1, 2) g
    order by ${order(first, Prisma.sql`sum(g.count) over (partition by g.a)`)} g.a, ${order(second, Prisma.sql`g.count`)} g.b`;
}

type Names = ReadonlyMap<string, { name: string; nameHe: string | null }>;

/** The names of stages, departments and members among the values. */
async function namesOf(ctx: Context, values: readonly (readonly [Dimension, string])[]): Promise<Names> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const of = (...wanted: Dimension[]) => [
    ...new Set(values.flatMap(([dimension, key]) => (wanted.includes(dimension) && key !== "" ? [key] : []))),
  ];
  const [stages, spokes, members] = [of("stage"), of("department", "from_department"), of("osc")];
  if (stages.length + spokes.length + members.length === 0) return new Map();
  const rows = await ctx.db.$queryRaw<{ id: string; name: string; nameHe: string | null }[]>`
    select id, name, null as "nameHe" from stages where workspace_id = ${w} and id = any(${stages}::uuid[])
    union all select id, name, name_he from spokes where workspace_id = ${w} and id = any(${spokes}::uuid[])
    union all select id, name, null from members where workspace_id = ${w} and id = any(${members}::uuid[])`;
  return new Map(rows.map(({ id, name, nameHe }) => [id, { name, nameHe }]));
}

const named = (names: Names, key: string): GroupValue => {
  const found = names.get(key);
  return { key, name: found?.name ?? null, nameHe: found?.nameHe || null };
};

function measuredOf({ subject, measures }: Definition, group: Group): Measured[] {
  return measures.map((measure, place) => {
    const [k = null, n] = group.measured.slice(2 * place, 2 * place + 2);
    if (isShare(subject, measure)) return { measure, rate: rateOf(Number(k), Number(n)) };
    return { measure, median: k === null ? null : Number(k), n: Number(n) };
  });
}

/**
 * What a definition finds among everything this member may see, at `ctx.now`: counts, shares with their Wilson interval
 * (DOMAIN F33), medians of minutes of what ended (type 7, DOMAIN F91). Throws `forbidden`.
 */
export async function runDefinition(ctx: Context, definition: Definition): Promise<ReportResult> {
  const { timeZone } = await officeCalendar(ctx);
  const groups = await ctx.db.$queryRaw<Group[]>(statementOf(definition, compile(ctx, definition, timeZone)));
  const [first, second] = definition.groupBy;
  const keys = groups.flatMap(({ a, b }) => [
    ...(first ? [[first, a] as const] : []),
    ...(second ? [[second, b] as const] : []),
  ]);
  const names = await namesOf(ctx, keys);
  return {
    definition,
    asOf: ctx.now.toISOString(),
    timeZone,
    total: groups.reduce((sum, { count }) => sum + count, 0),
    groups: groups.map((group) => ({
      a: first ? named(names, group.a) : null,
      b: second ? named(names, group.b) : null,
      count: group.count,
      measured: measuredOf(definition, group),
    })),
  };
}

/** A saved report's numbers as this member sees them. Throws `not_found`. */
export async function getReportResult(ctx: Context, key: ReportKey): Promise<ReportResult> {
  return runDefinition(ctx, (await requireReport(ctx, key.id)).definition);
}

type Row = { id: string; at: string; customerId: string; customerName: string; values: string[] };

/** The rows behind a definition's numbers that this member may see, newest first, by cursor; of one group where one is named. */
export async function readRows(
  ctx: Context,
  definition: Definition,
  { a, b, cursor, limit }: Omit<RowsInput, "id">,
): Promise<{ data: ReportRow[]; nextCursor: string | null }> {
  const { timeZone } = await officeCalendar(ctx);
  const compiled = compile(ctx, definition, timeZone);
  const { dimensions } = vocabulary[definition.subject];
  const from = decodeCursor(cursor);
  const [first, second] = definition.groupBy;
  const conditions = [
    compiled.where,
    ...(first && a !== undefined ? [Prisma.sql`${compiled.keyOf(first)} = ${a}`] : []),
    ...(second && b !== undefined ? [Prisma.sql`${compiled.keyOf(second)} = ${b}`] : []),
    ...(from ? [Prisma.sql`(${compiled.at}, ${compiled.id}) < (${from.at}::timestamptz, ${from.id}::uuid)`] : []),
  ];
  const rows = await ctx.db.$queryRaw<Row[]>`
    select ${compiled.id} as id, app.iso(${compiled.at}) as at, c.id as "customerId", c.name as "customerName", json_build_array(${listed(dimensions.map(compiled.keyOf))}) as values
    from ${compiled.from} where ${Prisma.join(conditions, " and ")}
    order by ${compiled.at} desc, ${compiled.id} desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const names = await namesOf(
    ctx,
    page.flatMap((row) => dimensions.map((dimension, place) => [dimension, row.values[place] ?? ""] as const)),
  );
  const last = page.at(-1);
  return {
    data: page.map((row) => ({
      id: row.id,
      at: row.at,
      customerId: row.customerId,
      customerName: row.customerName,
      values: dimensions.map((dimension, place) => ({ dimension, value: named(names, row.values[place] ?? "") })),
    })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: new Date(last.at), id: last.id }) : null,
  };
}

/** The rows behind a saved report. Throws `not_found`. */
export async function listReportRows(ctx: Context, { id, ...input }: RowsInput) {
  return readRows(ctx, (await requireReport(ctx, id)).definition, input);
}
