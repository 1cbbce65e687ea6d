import { describe, expect, test } from "vitest";
import { inOrder } from "@/lib/morning/decisions";
import { changeOf, daysOf, knownWeeks } from "@/lib/morning/rules";
import type { Decision } from "@/lib/morning/schema";

describe("days", () => {
  test("are the workspace's own: today until now, yesterday, and eight times the weekday of yesterday", () => {
    const now = new Date("2026-03-10T12:00:00Z"); // a Tuesday in New York, two days after the clocks went forward
    const days = daysOf("America/New_York", now);
    expect(days.map(({ ago }) => ago)).toEqual([0, 1, 8, 15, 22, 29, 36, 43, 50, 57]);
    expect([days[0]?.from, days[0]?.to]).toEqual([new Date("2026-03-10T04:00:00Z"), now]);
    expect([days[1]?.from, days[1]?.to]).toEqual([new Date("2026-03-09T04:00:00Z"), new Date("2026-03-10T04:00:00Z")]);
    expect([days[2]?.from, days[2]?.to]).toEqual([new Date("2026-03-02T05:00:00Z"), new Date("2026-03-03T05:00:00Z")]);
  });

  test("have 23 hours when the clocks go forward and 25 when they go back", () => {
    const lengthOf = (now: string) => {
      const day = daysOf("America/New_York", new Date(now))[1];
      return ((day?.to.getTime() ?? 0) - (day?.from.getTime() ?? 0)) / 3_600_000;
    };
    expect(lengthOf("2026-03-09T12:00:00Z")).toBe(23);
    expect(lengthOf("2026-11-02T12:00:00Z")).toBe(25);
  });
});

describe("the usual level", () => {
  const counts = new Map([3, 9, 4, 6, 2, 8, 5, 7, 1].map((count, week) => [1 + 7 * week, count]));

  test("is the median of the eight same weekdays before yesterday, with the least and the most of them", () => {
    expect(changeOf("won", counts, 8)).toEqual({ kind: "won", today: 0, yesterday: 3, usual: 5.5, least: 1, most: 9 });
  });

  test("counts a day on which nothing happened as none, not as unknown", () => {
    expect(changeOf("won", new Map([[0, 2]]), 8)).toMatchObject({
      today: 2,
      yesterday: 0,
      usual: 0,
      least: 0,
      most: 0,
    });
  });

  test("is not said before four weeks are known, and weeks before the first happening are not known", () => {
    const days = daysOf("UTC", new Date("2026-03-10T12:00:00Z"));
    expect(knownWeeks(days, null)).toBe(0);
    expect(knownWeeks(days, new Date("2026-02-10T00:00:00Z"))).toBe(3);
    expect(knownWeeks(days, new Date("2025-01-01T00:00:00Z"))).toBe(8);
    expect(changeOf("won", counts, 3)).toMatchObject({ yesterday: 3, usual: null, least: null, most: null });
    expect(changeOf("won", counts, 4)).toMatchObject({ usual: 5, least: 2, most: 9 });
  });
});

test("decisions come urgent first, then the oldest, and what has no beginning last among its own", () => {
  const of = (id: string, isUrgent: boolean, since: string | null): Decision => ({
    ...{ id, opens: id, isUrgent, since, kind: "approval", name: null, detail: null },
  });
  const all = [
    of("a", false, null),
    of("b", false, "2026-03-01T00:00:00Z"),
    of("c", true, "2026-03-05T00:00:00Z"),
    of("d", true, "2026-03-02T00:00:00Z"),
    of("e", false, null),
  ];
  expect(inOrder(all).map(({ id }) => id)).toEqual(["d", "c", "b", "a", "e"]);
});
