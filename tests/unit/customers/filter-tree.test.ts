import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spanOf } from "@/lib/customers/filter-moments";
import { type FilterCondition, parseTree, readTree, writeTree } from "@/lib/customers/filter-tree";
import { conditionsOver, treesOver } from "../../support/filter-trees";

const id = "018f0000-0000-7000-8000-000000000001";
const trees = treesOver(
  conditionsOver({ stage: [id], osc: ["me", id], accountable: [id], place: ["חיפה", "Zürich 🏡"] }),
);

describe("a tree in the address", () => {
  test("is read back as it was written, in letters that an address carries as they are", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const text = writeTree(tree);
        expect(text).toMatch(/^[\w-]+$/);
        expect(parseTree(text)).toEqual(tree);
      }),
    );
  });

  test("loses only what makes no sense: unknown fields, ids that are none, groups too deep", () => {
    const known = { field: "place", op: "empty" };
    expect(readTree({ join: "all", of: [known, { field: "shoeSize", op: "is", text: "44" }] })).toEqual({
      join: "all",
      of: [known],
    });
    expect(readTree({ join: "any", of: [{ field: "osc", op: "in", values: ["' or 1=1"] }] })).toBeNull();
    expect(readTree({ join: "any", of: [{ field: "status", op: "in", values: ["a\u0000b"] }] })).toBeNull();
    expect(readTree({ join: "any", of: [{ field: "name", op: "is", text: "a\u0000b" }] })).toBeNull();
    const nested = (depth: number): unknown => ({ join: "all", of: depth === 0 ? [known] : [nested(depth - 1)] });
    expect(readTree(nested(2))).not.toBeNull();
    expect(readTree(nested(3))).toBeNull();
    for (const text of ["", "%%%", "bm90IGpzb24", writeTree({ join: "all", of: [] })])
      expect(parseTree(text)).toBeNull();
  });
});

describe("the stretch of time that a condition names", () => {
  const span = (condition: FilterCondition, now: string, timeZone: string, weekStart: 0 | 1 = 1) => {
    const { from, before } = spanOf(condition, { now: new Date(now), timeZone, weekStart });
    return [from?.toISOString() ?? null, before?.toISOString() ?? null];
  };
  const on = (period: "today" | "yesterday" | "this_week" | "last_month"): FilterCondition => ({
    field: "arrived",
    op: "on",
    period,
  });

  test("is the calendar of whoever asks: one instant, three zones", () => {
    const now = "2026-11-22T22:30:00Z";
    expect(span(on("today"), now, "Pacific/Auckland")).toEqual([
      "2026-11-22T11:00:00.000Z",
      "2026-11-23T11:00:00.000Z",
    ]);
    expect(span(on("today"), now, "Asia/Jerusalem")).toEqual(["2026-11-22T22:00:00.000Z", "2026-11-23T22:00:00.000Z"]);
    expect(span(on("today"), now, "America/Los_Angeles")).toEqual([
      "2026-11-22T08:00:00.000Z",
      "2026-11-23T08:00:00.000Z",
    ]);
  });

  test("keeps the time on the wall over a clock change, and hours exact", () => {
    const ago = (unit: "days" | "hours", amount: number): FilterCondition => ({
      field: "lastActivity",
      op: "ago",
      amount,
      unit,
    });
    // Jerusalem went from +2 to +3 on 27 March 2026.
    expect(span(ago("days", 1), "2026-03-27T12:00:00Z", "Asia/Jerusalem")).toEqual([null, "2026-03-26T13:00:00.000Z"]);
    expect(span(ago("hours", 24), "2026-03-27T12:00:00Z", "Asia/Jerusalem")).toEqual([
      null,
      "2026-03-26T12:00:00.000Z",
    ]);
  });

  test("begins a week on Sunday or Monday, and ends a month on its last day", () => {
    expect(span(on("this_week"), "2026-11-22T12:00:00Z", "UTC", 0)[0]).toBe("2026-11-22T00:00:00.000Z");
    expect(span(on("this_week"), "2026-11-22T12:00:00Z", "UTC", 1)[0]).toBe("2026-11-16T00:00:00.000Z");
    expect(span(on("last_month"), "2026-03-31T12:00:00Z", "UTC")).toEqual([
      "2026-02-01T00:00:00.000Z",
      "2026-03-01T00:00:00.000Z",
    ]);
    const month: FilterCondition = { field: "nextDue", op: "ago", amount: 1, unit: "months" };
    expect(span(month, "2026-03-31T12:00:00Z", "UTC")).toEqual([null, "2026-02-28T12:00:00.000Z"]);
  });
});
