import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBusinessDay } from "@/lib/calendar/business-calendar";
import { localDayNumber } from "@/lib/calendar/day";
import { addBusinessDays, addCalendarDays, dueAt } from "@/lib/calendar/due";
import { fixtureTest } from "../domain-fixtures";
import { jerusalem, neverOpen, newYork } from "./calendars";

const at = (text: string) => new Date(text);
const instants = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2026, 0, 1) })
  .map((milliseconds) => new Date(milliseconds));

describe("addBusinessDays", () => {
  test("keeps the wall time over a weekend and the end of summer time", () => {
    const due = addBusinessDays(newYork, at("2025-10-30T16:00:00-04:00"), 3);
    expect(due.toISOString()).toBe("2025-11-04T21:00:00.000Z");
    expect((due.getTime() - at("2025-10-30T16:00:00-04:00").getTime()) / 3_600_000).toBe(121);
  });

  test("rests on Friday and Saturday where the calendar does", () => {
    const due = addBusinessDays(jerusalem, at("2025-03-26T10:00:00+02:00"), 2);
    expect(due.toISOString()).toBe("2025-03-30T07:00:00.000Z");
  });

  test("skips holidays", () => {
    const due = addBusinessDays(newYork, at("2025-11-21T12:00:00-05:00"), 10);
    expect(due.toISOString()).toBe("2025-12-08T17:00:00.000Z");
  });

  test("moves no days only off a day of rest", () => {
    expect(addBusinessDays(newYork, at("2025-03-07T15:00:00Z"), 0).toISOString()).toBe("2025-03-07T15:00:00.000Z");
    expect(addBusinessDays(newYork, at("2025-03-08T15:00:00Z"), 0).toISOString()).toBe("2025-03-10T14:00:00.000Z");
  });

  test("counts backwards too", () => {
    expect(addBusinessDays(newYork, at("2025-03-10T14:00:00Z"), -1).toISOString()).toBe("2025-03-07T15:00:00.000Z");
  });

  test("refuses broken days and calendars in which nobody works", () => {
    expect(() => addBusinessDays(newYork, at("2025-03-10T14:00:00Z"), 1.5)).toThrow(RangeError);
    expect(() => addBusinessDays(neverOpen, at("2025-03-10T14:00:00Z"), 1)).toThrow(RangeError);
  });

  test("lands on a business day, one day at a time or all at once", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(newYork, jerusalem),
        instants,
        fc.integer({ min: 1, max: 40 }),
        (calendar, from, n) => {
          const due = addBusinessDays(calendar, from, n);
          expect(isBusinessDay(calendar, localDayNumber(calendar.timeZone, due.getTime()))).toBe(true);
          const before = addBusinessDays(calendar, from, n - 1);
          expect(localDayNumber(calendar.timeZone, before.getTime())).toBeLessThanOrEqual(
            localDayNumber(calendar.timeZone, due.getTime()),
          );
        },
      ),
    );
  });

  type DueByFixture = { due_utc: string; elapsed_hours: number };
  fixtureTest<unknown, DueByFixture>("F10_due_by", (_given, expected) => {
    const from = at("2025-10-30T16:00:00-04:00");
    const due = addBusinessDays(newYork, from, 3);
    expect(due).toEqual(at(expected.due_utc));
    expect((due.getTime() - from.getTime()) / 3_600_000).toBe(expected.elapsed_hours);
  });

  fixtureTest<unknown, DueByFixture>("F10b_due_by_IL", (_given, expected) => {
    const from = at("2025-03-26T10:00:00+02:00");
    const due = addBusinessDays(jerusalem, from, 2);
    expect(due).toEqual(at(expected.due_utc));
    expect((due.getTime() - from.getTime()) / 3_600_000).toBe(expected.elapsed_hours);
  });
});

describe("addCalendarDays", () => {
  test("keeps the wall time across the clock change", () => {
    expect(addCalendarDays(newYork, at("2025-03-08T15:00:00Z"), 1).toISOString()).toBe("2025-03-09T14:00:00.000Z");
  });

  test("takes the later instant when the wall time is skipped, the earlier when it is repeated", () => {
    const skipped = addCalendarDays(newYork, at("2025-03-08T02:30:00-05:00"), 1);
    const repeated = addCalendarDays(newYork, at("2025-11-01T01:30:00-04:00"), 1);
    expect(skipped.toISOString()).toBe("2025-03-09T07:30:00.000Z");
    expect(repeated.toISOString()).toBe("2025-11-02T05:30:00.000Z");
  });

  test("keeps the instant itself for no days, also in a repeated hour", () => {
    const second = at("2025-11-02T01:30:00-05:00");
    expect(addCalendarDays(newYork, second, 0)).toEqual(second);
  });
});

describe("dueAt", () => {
  const from = at("2025-03-07T22:50:00Z");

  test.each([
    ["staffed_minutes", 15, "2025-03-10T13:05:00.000Z"],
    ["business_days", 1, "2025-03-10T21:50:00.000Z"],
    ["calendar_days", 2, "2025-03-09T21:50:00.000Z"],
    ["hours", 48, "2025-03-09T22:50:00.000Z"],
    ["hours", 0.5, "2025-03-07T23:20:00.000Z"],
  ] as const)("understands %s", (unit, amount, expected) => {
    expect(dueAt({ unit, amount }, newYork, from).toISOString()).toBe(expected);
  });

  test("a year from the leap day is the last day of February", () => {
    const leapDay = at("2024-02-29T15:00:00Z");
    const next = dueAt({ unit: "calendar_days", amount: 365 }, newYork, leapDay);
    expect(next.toISOString()).toBe("2025-02-28T15:00:00.000Z");
  });

  test("refuses a negative amount", () => {
    expect(() => dueAt({ unit: "hours", amount: -1 }, newYork, from)).toThrow(RangeError);
  });
});
