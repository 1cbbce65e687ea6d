import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayKey, dayNumberOf, endOfDay, instantOn, keyOfDayNumber, startOfDay, weekdayOf } from "@/lib/calendar/day";
import { instantOfWall, isTimeZone, offsetAt, wallClock } from "@/lib/calendar/zone";

const zones = [
  "UTC",
  "America/New_York",
  "Asia/Jerusalem",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "America/Sao_Paulo",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Europe/Dublin",
];

const instants = fc.integer({ min: Date.UTC(1985, 0, 1), max: Date.UTC(2045, 0, 1) });

describe("offsetAt", () => {
  test("says what Intl says, in every zone and year", () => {
    const formats = new Map(
      zones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }),
      ]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timeZone, at) => {
        const shown = new Date(wallClock(timeZone, at)).toISOString().slice(0, 19).replace("T", " ");
        expect(shown).toBe(formats.get(timeZone)?.format(at));
      }),
      { numRuns: 2000 },
    );
  });

  test("changes in the very second of the clock change", () => {
    const change = Date.UTC(2025, 2, 9, 7);
    expect(offsetAt("America/New_York", change - 1)).toBe(-5 * 3_600_000);
    expect(offsetAt("America/New_York", change)).toBe(-4 * 3_600_000);
  });

  test("refuses unknown zones and invalid instants", () => {
    expect(() => offsetAt("Atlantis/Capital", 0)).toThrow(RangeError);
    expect(() => offsetAt("UTC", Number.NaN)).toThrow(RangeError);
    expect(["Asia/Jerusalem", "Atlantis/Capital", ""].map(isTimeZone)).toEqual([true, false, false]);
  });
});

describe("instantOfWall", () => {
  test("finds back every instant from its wall clock, the earlier one where two show the same", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timeZone, at) => {
        const wall = wallClock(timeZone, at);
        const found = instantOfWall(timeZone, wall);
        expect(wallClock(timeZone, found)).toBe(wall);
        expect(found).toBeLessThanOrEqual(at);
      }),
      { numRuns: 2000 },
    );
  });

  test("takes the later instant where the clocks skip the time", () => {
    expect(instantOn("America/New_York", "2025-03-09", 150).toISOString()).toBe("2025-03-09T07:30:00.000Z");
    expect(instantOn("Asia/Jerusalem", "2025-03-28", 150).toISOString()).toBe("2025-03-28T00:30:00.000Z");
  });

  test("takes the earlier instant where the clocks repeat the time", () => {
    expect(instantOn("America/New_York", "2025-11-02", 90).toISOString()).toBe("2025-11-02T05:30:00.000Z");
  });
});

describe("local days", () => {
  test("know the day on the wall, not the one of UTC", () => {
    const at = new Date("2025-11-02T02:30:00Z");
    expect(dayKey("America/New_York", at)).toBe("2025-11-01");
    expect(dayKey("Asia/Jerusalem", at)).toBe("2025-11-02");
  });

  test("begin and end where the local clock says", () => {
    const at = new Date("2025-11-02T16:00:00Z");
    expect(startOfDay("America/New_York", at).toISOString()).toBe("2025-11-02T04:00:00.000Z");
    expect(endOfDay("America/New_York", at).toISOString()).toBe("2025-11-03T05:00:00.000Z");
  });

  test("begin at one o'clock when midnight is skipped", () => {
    const at = new Date("2018-11-04T15:00:00Z");
    expect(startOfDay("America/Sao_Paulo", at).toISOString()).toBe("2018-11-04T03:00:00.000Z");
    expect(dayKey("America/Sao_Paulo", startOfDay("America/Sao_Paulo", at))).toBe("2018-11-04");
  });

  test("contain their instants", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timeZone, milliseconds) => {
        const at = new Date(milliseconds);
        expect(startOfDay(timeZone, at).getTime()).toBeLessThanOrEqual(milliseconds);
        expect(endOfDay(timeZone, at).getTime()).toBeGreaterThan(milliseconds);
      }),
    );
  });

  test("are written and read as yyyy-mm-dd", () => {
    expect(weekdayOf(dayNumberOf("2025-03-09"))).toBe(0);
    expect(weekdayOf(dayNumberOf("1969-12-31"))).toBe(3);
    expect(keyOfDayNumber(dayNumberOf("2024-02-29"))).toBe("2024-02-29");
    for (const wrong of ["2025-02-29", "2025-2-1", "2025-13-01", "yesterday", ""]) {
      expect(() => dayNumberOf(wrong)).toThrow(RangeError);
    }
  });
});
