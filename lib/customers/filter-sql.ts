import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { spanOf } from "./filter-moments";
import { type FilterCondition, type FilterField, type FilterNode, filterFields, isGroup } from "./filter-tree";

/** Where each field stands: on `journeys j` and `customers c`. */
const columns: Record<FilterField, Prisma.Sql> = {
  stage: Prisma.sql`j.stage_id`,
  spoke: Prisma.sql`j.accountable_spoke_id`,
  osc: Prisma.sql`j.osc_id`,
  accountable: Prisma.sql`j.accountable_id`,
  status: Prisma.sql`j.status`,
  kind: Prisma.sql`c.kind`,
  locale: Prisma.sql`c.locale`,
  name: Prisma.sql`c.name`,
  place: Prisma.sql`c.place`,
  segment: Prisma.sql`c.segment`,
  origin: Prisma.sql`c.origin`,
  need: Prisma.sql`j.need`,
  arrived: Prisma.sql`j.arrived_at`,
  lastActivity: Prisma.sql`j.last_activity_at`,
  lastTwoWay: Prisma.sql`j.last_two_way_at`,
  enteredStage: Prisma.sql`j.entered_stage_at`,
  nextDue: Prisma.sql`j.next_due_at`,
  unanswered: Prisma.sql`j.unanswered_since`,
  offTrack: Prisma.sql`j.off_track_since`,
};

function choiceOf(ctx: Context, field: FilterField, values: readonly string[]): Prisma.Sql {
  const column = columns[field];
  if (field === "spoke") {
    return Prisma.sql`${column} in (select id from spokes where workspace_id = ${ctx.workspaceId}::uuid and key = any(${[...values]}::text[]))`;
  }
  if (field === "status" || field === "kind" || field === "locale")
    return Prisma.sql`${column} = any(${[...values]}::text[])`;
  const ids = values.map((value) => (value === "me" ? ctx.memberId : value)).filter((value) => value !== null);
  return Prisma.sql`${column} = any(${ids}::uuid[])`;
}

function textOf(field: FilterField, op: "is" | "contains" | "starts", text: string): Prisma.Sql {
  const column = columns[field];
  if (op === "is") return Prisma.sql`lower(${column}) = lower(${text})`;
  if (op === "starts") return Prisma.sql`starts_with(lower(${column}), lower(${text}))`;
  return Prisma.sql`strpos(lower(${column}), lower(${text})) > 0`;
}

function momentOf(ctx: Context, condition: FilterCondition): Prisma.Sql {
  const column = columns[condition.field];
  const { now, timeZone, locale } = ctx;
  const { from, before } = spanOf(condition, { now, timeZone, weekStart: locale === "he" ? 0 : 1 });
  const parts: Prisma.Sql[] = [];
  if (from) parts.push(Prisma.sql`${column} >= ${from}::timestamptz`);
  if (before) parts.push(Prisma.sql`${column} < ${before}::timestamptz`);
  return parts.length > 0 ? Prisma.sql`(${Prisma.join(parts, " and ")})` : Prisma.sql`${column} is not null`;
}

function conditionOf(ctx: Context, condition: FilterCondition): Prisma.Sql {
  const column = columns[condition.field];
  switch (condition.op) {
    case "empty":
      return filterFields[condition.field].holds === "text"
        ? Prisma.sql`coalesce(btrim(${column}), '') = ''`
        : Prisma.sql`${column} is null`;
    case "in":
      return choiceOf(ctx, condition.field, condition.values);
    case "is":
    case "contains":
    case "starts":
      return textOf(condition.field, condition.op, condition.text);
    default:
      return momentOf(ctx, condition);
  }
}

/**
 * A tree of conditions on `journeys j` and `customers c`; values travel as parameters. What is not negated stays a plain
 * comparison that an index answers; a negation is true for what is empty.
 */
export function treeSql(ctx: Context, node: FilterNode): Prisma.Sql {
  const plain = isGroup(node)
    ? Prisma.sql`(${Prisma.join(
        node.of.map((each) => treeSql(ctx, each)),
        node.join === "all" ? " and " : " or ",
      )})`
    : conditionOf(ctx, node);
  return node.not ? Prisma.sql`((${plain}) is not true)` : plain;
}
