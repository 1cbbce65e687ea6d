import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { emptyFilter, ListCustomers, queryOf } from "@/lib/customers/filter";
import { type FilterCondition, type FilterField, type FilterNode, isGroup } from "@/lib/customers/filter-tree";
import { getListFrame } from "@/lib/customers/frame";
import { listCustomers } from "@/lib/customers/list";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { conditionsOver, treesOver } from "../../support/filter-trees";
import { type Crew, makeCrew, takeIn } from "../../support/hubs";

// The oracle compares what a wall clock shows, as text; the application computes instants.

const zone = "Asia/Jerusalem";
/** The afternoon of the day on which Jerusalem's clocks went forward. */
const now = new Date("2026-03-27T12:20:00Z");
const wallFormat = new Intl.DateTimeFormat("sv-SE", {
  timeZone: zone,
  dateStyle: "short",
  timeStyle: "medium",
});
const milliseconds = (at: Date) => String(at.getTime() % 1000).padStart(3, "0");
const wall = (at: Date) => `${wallFormat.format(at)}.${milliseconds(at)}`;

type Row = Record<Exclude<FilterField, "spoke">, string | Date | null> & { id: string; spoke: string };

let crew: Crew;
let ctx: Context;
let rows: Row[];

const places = [null, "", "Haifa", "חיפה", "Aachen 100%", "a_b"];
const pick = <T>(values: readonly T[], seed: number): T => values[seed % values.length] as T;
const around = (seed: number, isSometimesEmpty = true) =>
  isSometimesEmpty && seed % 4 === 0
    ? null
    : new Date(now.getTime() + (((seed * 7919) % 9000) - 4500) * 17 * 60_000 + (seed % 3) * 3_600_000);

beforeAll(async () => {
  crew = await makeCrew();
  ctx = { ...(await crew.oscContext(now)), timeZone: zone, locale: "he" };
  for (let each = 0; each < 60; each++) await takeIn(ctx, { person: `Ann ${each} Ames`, duplicates: "create" });
  await scatter();
  rows = await databaseTransaction(
    ctx.workspaceId,
    (db) => db.$queryRaw<Row[]>`
    select c.id, j.stage_id as stage, s.key as spoke, j.osc_id as osc, j.accountable_id as accountable, j.status, c.kind, c.locale, c.name, c.place,
      c.segment, c.origin, j.need, j.arrived_at as arrived, j.last_activity_at as "lastActivity", j.last_two_way_at as "lastTwoWay",
      j.entered_stage_at as "enteredStage", j.next_due_at as "nextDue", j.unanswered_since as unanswered, j.off_track_since as "offTrack"
    from journeys j join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id join spokes s on s.workspace_id = j.workspace_id and s.id = j.accountable_spoke_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.is_primary`,
  );
}, 60_000);

/** Gives every field of every row a value of its own, some of them none. */
async function scatter(): Promise<void> {
  const { workspaceId } = ctx;
  await databaseTransaction(workspaceId, async (db) => {
    const stages = await db.stage.findMany({ where: { workspaceId }, select: { id: true } });
    const spokes = await db.spoke.findMany({ where: { workspaceId }, select: { id: true } });
    const journeys = await db.journey.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
    const members = [crew.osc.memberId, crew.otherOsc.memberId];
    for (const [index, { id, customerId }] of journeys.entries()) {
      await db.customer.updateMany({
        where: { workspaceId, id: customerId },
        data: {
          place: pick(places, index),
          segment: pick([null, "Family", "family"], index),
          origin: pick([null, "Fair", "organic search"], index),
          kind: pick(["household", "account"], index),
          locale: pick(["en", "he"], index + 1),
        },
      });
      await db.journey.updateMany({
        where: { workspaceId, id },
        data: {
          stageId: pick(stages, index).id,
          accountableSpokeId: pick(spokes, index).id,
          oscId: pick(members, index),
          accountableId: pick([null, ...members], index),
          status: pick(["pre_lead", "active", "nurture", "won", "completed"], index),
          need: pick([null, "Kitchen"], index),
          arrivedAt: around(index + 1, false) ?? now,
          lastActivityAt: around(index + 5, false) ?? now,
          enteredStageAt: around(index + 9, false) ?? now,
          lastTwoWayAt: around(index),
          nextDueAt: around(index + 2),
          unansweredSince: around(index + 3),
          offTrackSince: around(index + 7),
        },
      });
    }
  });
}

/** What the wall shows after so many days, weeks or months. */
function shiftedWall(amount: number, unit: string): string {
  const [date = "", time = ""] = wall(now).split(" ");
  const at = new Date(`${date}T00:00:00Z`);
  if (unit === "months") {
    const dayOfMonth = at.getUTCDate();
    at.setUTCDate(1);
    at.setUTCMonth(at.getUTCMonth() + amount);
    const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
    at.setUTCDate(Math.min(dayOfMonth, last));
  } else at.setUTCDate(at.getUTCDate() + amount * (unit === "weeks" ? 7 : 1));
  return `${at.toISOString().slice(0, 10)} ${time}`;
}

/** Days from today's Sunday, and months from this one: which period a day lies in. */
function isOn(day: string, period: string): boolean {
  const today = wall(now).slice(0, 10);
  const days = (Date.parse(day) - Date.parse(today)) / 86_400_000;
  if (period === "today") return days === 0;
  if (period === "yesterday") return days === -1;
  if (period === "tomorrow") return days === 1;
  const week = Math.floor((days + new Date(today).getUTCDay()) / 7);
  if (period.endsWith("week")) return week === { this_week: 0, last_week: -1, next_week: 1 }[period];
  const month = (key: string) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5, 7));
  return month(day) - month(today) === (period === "this_month" ? 0 : -1);
}

function answersMoment(condition: FilterCondition, at: Date): boolean {
  if (condition.op === "on") return isOn(wall(at).slice(0, 10), condition.period);
  if (condition.op === "before") return wall(at).slice(0, 10) < condition.day;
  if (condition.op === "from") return wall(at).slice(0, 10) >= condition.day;
  if (!("amount" in condition)) throw new Error("no moment");
  const { op, amount, unit } = condition;
  const sign = op === "ago" || op === "within" ? -1 : 1;
  const [value, edge] =
    unit === "hours"
      ? [at.getTime(), now.getTime() + sign * amount * 3_600_000]
      : [wall(at), shiftedWall(sign * amount, unit)];
  if (op === "ago") return value < edge;
  if (op === "ahead") return value > edge;
  return op === "within" ? value >= edge && at <= now : value <= edge && at >= now;
}

function answers(condition: FilterCondition, row: Row): boolean {
  const value = row[condition.field];
  if (condition.op === "empty") return value === null || value === "";
  if (value === null) return false;
  if (value instanceof Date) return answersMoment(condition, value);
  if (condition.op === "in") return condition.values.some((each) => (each === "me" ? ctx.memberId : each) === value);
  if (!("text" in condition)) throw new Error("no text");
  const [whole, part] = [value.toLowerCase(), condition.text.toLowerCase()];
  if (condition.op === "is") return whole === part;
  return condition.op === "starts" ? whole.startsWith(part) : whole.includes(part);
}

function matches(node: FilterNode, row: Row): boolean {
  const plain = isGroup(node)
    ? node.join === "all"
      ? node.of.every((each) => matches(each, row))
      : node.of.some((each) => matches(each, row))
    : answers(node, row);
  return node.not ? !plain : plain;
}

async function found(tree: FilterNode): Promise<string[]> {
  if (!isGroup(tree)) throw new Error("a tree begins with a group");
  const query = queryOf({ ...emptyFilter, tree });
  const page = await inWorkspace(ctx.workspaceId, () => listCustomers(ctx, ListCustomers.parse({ query, limit: 200 })));
  return page.rows.map(({ id }) => id).sort();
}

describe("a tree of conditions", () => {
  test("finds in PostgreSQL exactly whom an oracle finds, for any tree", async () => {
    const distinct = (field: FilterField) => [
      ...new Set(
        rows.map((row) => row[field]).filter((value): value is string => typeof value === "string" && value !== ""),
      ),
    ];
    const values = Object.fromEntries(
      (["stage", "spoke", "status", "kind", "locale", "name", "place", "segment", "origin", "need"] as const).map(
        (field) => [field, distinct(field)],
      ),
    );
    const people = ["me", crew.otherOsc.memberId];
    const condition = conditionsOver({ ...values, osc: people, accountable: people });
    await fc.assert(
      fc.asyncProperty(treesOver(condition), async (tree) => {
        const expected = rows.filter((row) => matches(tree, row)).map(({ id }) => id);
        expect(await found(tree)).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test("shows nobody whom this member may not see, whatever is negated; counters do not pretend to know", async () => {
    const designer = { ...(await crew.as(crew.otherOsc, ["design"])), memberId: null };
    const query = queryOf({
      ...emptyFilter,
      tree: { join: "any", of: [{ field: "status", op: "in", values: ["completed"], not: true }] },
    });
    const page = await inWorkspace(ctx.workspaceId, () => listCustomers(designer, ListCustomers.parse({ query })));
    expect(page.rows).toEqual([]);
    expect((await inWorkspace(ctx.workspaceId, () => getListFrame(ctx, { query }))).count).toBeNull();
  });
});
