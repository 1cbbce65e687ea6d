import { describe, expect, test } from "vitest";
import { binOf, type CurveLead, curveOf, hourOf, placeOf } from "@/lib/speed/rules";

const now = new Date("2026-06-01T12:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
/** A lead of so many days ago, answered after so many minutes, with an appointment after so many days. */
const lead = (days: number, minutes: number | null, bookedAfter: number | null): CurveLead => ({
  arrivedAt: ago(days),
  firstResponseAt: minutes === null ? null : new Date(ago(days).getTime() + minutes * 60_000),
  elapsedMinutes: minutes,
  bookedAt: bookedAfter === null ? null : ago(days - bookedAfter),
});

describe("the curve of answers against appointments", () => {
  test("puts an answer into the bin whose end it does not pass", () => {
    expect([0, 5, 5.1, 30, 60, 61, 1_440, 1_441, null].map(binOf)).toEqual([
      ...["5", "5", "30", "30", "60", "240", "1440", "later", "none"],
    ]);
  });

  test("has the Wilson interval of each bin: 9 of 20 is 0.4500 [0.2582, 0.6579], and an empty one no share", () => {
    const leads = Array.from({ length: 20 }, (_, place) => lead(60, 3, place < 9 ? 5 : null));
    const curve = curveOf([...leads, lead(60, null, null)], now);
    const [fast, next] = curve.bins;
    expect([fast?.booked.k, fast?.booked.n, fast?.booked.rate]).toEqual([9, 20, 0.45]);
    expect([fast?.booked.lo?.toFixed(4), fast?.booked.hi?.toFixed(4)]).toEqual(["0.2582", "0.6579"]);
    expect(next?.booked).toEqual({ k: 0, n: 0, rate: null, lo: null, hi: null });
    expect(curve.bins.at(-1)).toMatchObject({ bin: "none", booked: { k: 0, n: 1 } });
    expect(curve.bins.reduce((sum, { booked }) => sum + booked.n, 0)).toBe(curve.judged);
  });

  test("leaves out who is not old enough and who had an appointment before anybody answered", () => {
    expect(placeOf(lead(29, 3, 5), now)).toBe("immature");
    expect(placeOf(lead(60, 3_000, 1), now)).toBe("booked_first");
    expect(placeOf(lead(60, null, 1), now)).toBe("booked_first");
    const curve = curveOf([lead(29, 3, 5), lead(60, 3_000, 1), lead(60, 3, 40)], now);
    expect(curve).toMatchObject({ judged: 1, immature: 1, bookedFirst: 1 });
    expect(curve.bins[0]?.booked).toMatchObject({ k: 0, n: 1 });
  });
});

test("the hour is the one on the wall, also after the clocks changed", () => {
  expect(hourOf("America/New_York", new Date("2026-03-07T14:30:00Z"))).toBe(9);
  expect(hourOf("America/New_York", new Date("2026-03-09T14:30:00Z"))).toBe(10);
  expect(hourOf("Asia/Jerusalem", new Date("2026-01-01T22:10:00Z"))).toBe(0);
});
