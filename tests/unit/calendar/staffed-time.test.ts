import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BusinessCalendar, hasOpeningHours, type OpeningHours } from "@/lib/calendar/business-calendar";
import { addStaffedMinutes, isOpen, nextOpening, staffedMinutesBetween } from "@/lib/calendar/staffed-time";
import { jerusalem, neverOpen, newYork, roundTheClock } from "./calendars";

const at = (text: string) => new Date(text);

const openings: fc.Arbitrary<OpeningHours[]> = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
    .filter(([start, end]) => start < end)
    .map(([start, end]): OpeningHours => [start, end]),
  { maxLength: 3 },
);

const calendars: fc.Arbitrary<BusinessCalendar> = fc
  .record({
    timeZone: fc.constantFrom("America/New_York", "Asia/Jerusalem", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC"),
    hours: fc.record({ 0: openings, 1: openings, 2: openings, 3: openings, 4: openings, 5: openings, 6: openings }),
    holidays: fc.subarray(["2018-11-04", "2018-11-05", "2018-03-09", "2018-12-31", "2019-01-01"]),
  })
  .filter(hasOpeningHours);

const instants = fc
  .integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2019, 11, 31) })
  .map((milliseconds) => new Date(milliseconds));

describe("staffedMinutesBetween", () => {
  test("counts 15 minutes from a Friday evening to a Monday morning", () => {
    expect(staffedMinutesBetween(newYork, at("2025-03-07T22:50:00Z"), at("2025-03-10T13:05:00Z"))).toBe(15);
  });

  test("does not count the hour that the clocks skip and counts twice the one they repeat", () => {
    const staffedOn = (from: string, to: string) => staffedMinutesBetween(roundTheClock, at(from), at(to));
    expect(staffedOn("2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z")).toBe(23 * 60);
    expect(staffedOn("2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z")).toBe(25 * 60);
  });

  test("skips holidays and the days of rest of the calendar", () => {
    expect(staffedMinutesBetween(newYork, at("2025-11-27T00:00:00Z"), at("2025-11-29T00:00:00Z"))).toBe(540);
    expect(staffedMinutesBetween(jerusalem, at("2025-03-28T00:00:00Z"), at("2025-03-30T06:30:00Z"))).toBe(30);
  });

  test("counts overlapping hours once", () => {
    const overlapping: BusinessCalendar = {
      ...neverOpen,
      hours: {
        ...neverOpen.hours,
        1: [
          [540, 720],
          [600, 660],
          [700, 780],
        ],
      },
    };
    expect(staffedMinutesBetween(overlapping, at("2025-03-10T00:00:00Z"), at("2025-03-11T00:00:00Z"))).toBe(240);
  });

  test("is 0 backwards and where nobody ever works", () => {
    expect(staffedMinutesBetween(newYork, at("2025-03-11T00:00:00Z"), at("2025-03-10T00:00:00Z"))).toBe(0);
    expect(staffedMinutesBetween(neverOpen, at("2025-03-01T00:00:00Z"), at("2026-03-01T00:00:00Z"))).toBe(0);
  });

  test("refuses hours that are none", () => {
    const wrong: BusinessCalendar = { ...neverOpen, hours: { ...neverOpen.hours, 1: [[600, 540]] } };
    expect(() => isOpen(wrong, at("2025-03-10T00:00:00Z"))).toThrow(RangeError);
  });

  test("adds up wherever the span is cut, and equals a count by the minute", () => {
    fc.assert(
      fc.property(calendars, fc.array(instants, { minLength: 3, maxLength: 3 }), (calendar, list) => {
        const [a, b, c] = list.sort((x, y) => x.getTime() - y.getTime());
        if (!a || !b || !c) throw new Error("There are three instants.");
        const whole = staffedMinutesBetween(calendar, a, c);
        const parts = staffedMinutesBetween(calendar, a, b) + staffedMinutesBetween(calendar, b, c);
        expect(whole).toBeCloseTo(parts, 6);
      }),
    );
    const minute = fc.integer({ min: Date.UTC(2018, 10, 2) / 60_000, max: Date.UTC(2018, 10, 6) / 60_000 });
    fc.assert(
      fc.property(calendars, minute, fc.integer({ min: 0, max: 3000 }), (calendar, start, length) => {
        let counted = 0;
        for (let step = 0; step < length; step += 1) {
          if (isOpen(calendar, new Date((start + step) * 60_000))) counted += 1;
        }
        const [from, to] = [new Date(start * 60_000), new Date((start + length) * 60_000)];
        expect(staffedMinutesBetween(calendar, from, to)).toBe(counted);
      }),
      { numRuns: 50 },
    );
  });
});

describe("addStaffedMinutes", () => {
  test("carries over the weekend", () => {
    expect(addStaffedMinutes(newYork, at("2025-03-07T22:50:00Z"), 15).toISOString()).toBe("2025-03-10T13:05:00.000Z");
  });

  test("ends when the day closes, not at the next opening", () => {
    expect(addStaffedMinutes(newYork, at("2025-03-07T22:50:00Z"), 10).toISOString()).toBe("2025-03-07T23:00:00.000Z");
  });

  test("ends at once for no minutes", () => {
    expect(addStaffedMinutes(neverOpen, at("2025-03-08T03:00:00Z"), 0).toISOString()).toBe("2025-03-08T03:00:00.000Z");
  });

  test("refuses negative amounts and calendars in which nobody works", () => {
    expect(() => addStaffedMinutes(newYork, at("2025-03-07T22:50:00Z"), -1)).toThrow(RangeError);
    expect(() => addStaffedMinutes(newYork, at("2025-03-07T22:50:00Z"), Number.NaN)).toThrow(RangeError);
    expect(() => addStaffedMinutes(neverOpen, at("2025-03-07T22:50:00Z"), 1)).toThrow(RangeError);
  });

  test("adds exactly what is then counted between", () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 0, max: 20_000 }), (calendar, from, minutes) => {
        const due = addStaffedMinutes(calendar, from, minutes);
        expect(staffedMinutesBetween(calendar, from, due)).toBeCloseTo(minutes, 9);
        expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime());
        if (minutes > 0) {
          const justBefore = new Date(due.getTime() - 1);
          expect(staffedMinutesBetween(calendar, from, justBefore)).toBeLessThan(minutes);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("isOpen and nextOpening", () => {
  test("open at the first minute and close at the last", () => {
    expect(isOpen(newYork, at("2025-03-07T14:00:00Z"))).toBe(true);
    expect(isOpen(newYork, at("2025-03-07T13:59:59.999Z"))).toBe(false);
    expect(isOpen(newYork, at("2025-03-07T23:00:00Z"))).toBe(false);
    expect(isOpen(newYork, at("2025-11-27T16:00:00Z"))).toBe(false);
  });

  test("find the next opening across the weekend and the clock change", () => {
    expect(nextOpening(newYork, at("2025-03-07T23:00:00Z"))?.toISOString()).toBe("2025-03-10T13:00:00.000Z");
    expect(nextOpening(newYork, at("2025-03-07T15:30:00Z"))?.toISOString()).toBe("2025-03-07T15:30:00.000Z");
    expect(nextOpening(neverOpen, at("2025-03-07T15:30:00Z"))).toBeNull();
  });

  test("agree with each other", () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, instant) => {
        const opening = nextOpening(calendar, instant);
        if (!opening) throw new Error("The calendar has hours.");
        expect(isOpen(calendar, opening)).toBe(true);
        expect(isOpen(calendar, instant)).toBe(opening.getTime() === instant.getTime());
        expect(staffedMinutesBetween(calendar, instant, opening)).toBe(0);
      }),
    );
  });
});
