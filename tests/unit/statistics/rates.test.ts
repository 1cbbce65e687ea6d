import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newcombe } from "@/lib/statistics/newcombe";
import { isRankable, rateOf } from "@/lib/statistics/rate";
import { wilson } from "@/lib/statistics/wilson";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const counts = fc
  .integer({ min: 1, max: 1_000_000_000 })
  .chain((n) => fc.integer({ min: 0, max: n }).map((k) => ({ k, n })));

function parse(text: string): { k: number; n: number } {
  const [k = Number.NaN, n = Number.NaN] = text.split("/").map(Number);
  return { k, n };
}

describe("wilson", () => {
  test.each([
    [1, 5, 0.0362, 0.6245],
    [0, 5, 0, 0.4345],
    [5, 5, 0.5655, 1],
    [9, 20, 0.2582, 0.6579],
    [170, 200, 0.7939, 0.8929],
    [4, 7, 0.2505, 0.8418],
  ])("surrounds %i of %i by %f to %f", (k, n, lo, hi) => {
    const interval = wilson(k, n);
    expect(interval?.lo).toBeCloseTo(lo, 4);
    expect(interval?.hi).toBeCloseTo(hi, 4);
  });

  test("has no interval without data", () => {
    expect(wilson(0, 0)).toBeNull();
  });

  test.each([
    [-1, 5],
    [6, 5],
    [Number.NaN, 5],
    [1, Number.POSITIVE_INFINITY],
  ])("refuses %f of %f", (k, n) => {
    expect(() => wilson(k, n)).toThrow(RangeError);
  });

  test("contains the rate and stays within 0 and 1", () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        const { lo, hi } = wilson(k, n) ?? { lo: Number.NaN, hi: Number.NaN };
        expect(lo).toBeGreaterThanOrEqual(0);
        expect(hi).toBeLessThanOrEqual(1);
        expect(lo).toBeLessThanOrEqual(k / n);
        expect(hi).toBeGreaterThanOrEqual(k / n);
      }),
    );
  });

  test("mirrors when successes and failures change places", () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        expect(wilson(n - k, n)?.lo).toBeCloseTo(1 - (wilson(k, n)?.hi ?? Number.NaN), 9);
      }),
    );
  });

  fixtureTest<{ "k/n": string[] }, ([number, number, number] | null)[]>("F33_wilson", (given, expected) => {
    const rates = given["k/n"].map(parse).map(({ k, n }) => rateOf(k, n));
    const rounded = rates.map((r) => (r.rate === null ? null : [r.rate, r.lo, r.hi].map(toFourDecimals)));
    expect(rounded).toEqual(expected);
  });
});

describe("rateOf", () => {
  test("carries counts, point and interval", () => {
    expect(rateOf(1, 5)).toMatchObject({ k: 1, n: 5, rate: 0.2, lo: expect.closeTo(0.0362, 4) });
  });

  test("says no data instead of 0 %", () => {
    expect(rateOf(0, 0)).toEqual({ k: 0, n: 0, rate: null, lo: null, hi: null });
  });

  test("one in five is 20 % with the interval 0.0362 to 0.6245, and too few to rank or to alert", () => {
    const one = rateOf(1, 5);
    expect([one.rate, one.lo?.toFixed(4), one.hi?.toFixed(4)]).toEqual([0.2, "0.0362", "0.6245"]);
    expect(isRankable(one)).toBe(false);
  });

  test("ranks from 20 trials on", () => {
    expect([rateOf(3, 19), rateOf(3, 20), rateOf(0, 0)].map(isRankable)).toEqual([false, true, false]);
  });
});

describe("newcombe", () => {
  test("gives the difference of two rates with its interval", () => {
    const result = newcombe({ k: 28, n: 80 }, { k: 14, n: 80 });
    expect(result?.difference).toBeCloseTo(0.175, 4);
    expect(result?.lo).toBeCloseTo(0.0385, 4);
    expect(result?.hi).toBeCloseTo(0.3035, 4);
  });

  test("has no difference when one side has no data", () => {
    expect(newcombe({ k: 0, n: 0 }, { k: 1, n: 2 })).toBeNull();
    expect(newcombe({ k: 1, n: 2 }, { k: 0, n: 0 })).toBeNull();
  });

  test("contains the difference, stays within -1 and 1, and turns round with its sides", () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const there = newcombe(a, b);
        const back = newcombe(b, a);
        if (!there || !back) throw new Error("Both sides have data.");
        expect(there.lo).toBeLessThanOrEqual(there.difference);
        expect(there.hi).toBeGreaterThanOrEqual(there.difference);
        expect(there.lo).toBeGreaterThanOrEqual(-1);
        expect(there.hi).toBeLessThanOrEqual(1);
        expect(there.lo).toBeCloseTo(-back.hi, 9);
      }),
    );
  });

  fixtureTest<{ "x1/n1": string; "x2/n2": string }, number[]>("F89_newcombe", (given, expected) => {
    const result = newcombe(parse(given["x1/n1"]), parse(given["x2/n2"]));
    expect([result?.difference, result?.lo, result?.hi].map((value) => toFourDecimals(value ?? Number.NaN))).toEqual(
      expected,
    );
  });
});
