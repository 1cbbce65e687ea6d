import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantile } from "@/lib/statistics/quantile";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

describe("quantile", () => {
  test.each([
    [0.5, 7],
    [0.8, 14.8],
    [0.9, 22.4],
    [0, 2],
    [1, 30],
  ])("interpolates q %f to %f in any order of the values", (q, expected) => {
    expect(quantile([30, 2, 11, 4, 7], q)).toBeCloseTo(expected, 9);
  });

  test("is null without values and the value itself for one", () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([4], 0.9)).toBe(4);
  });

  test("refuses what is no quantile and leaves the values as they stand", () => {
    const values = [3, 1, 2];
    expect(() => quantile(values, 1.1)).toThrow(RangeError);
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  test("lies between the smallest and the largest value and never falls as q grows", () => {
    const values = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (list, a, b) => {
        const low = quantile(list, Math.min(a, b)) ?? Number.NaN;
        const high = quantile(list, Math.max(a, b)) ?? Number.NaN;
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(low).toBeGreaterThanOrEqual(Math.min(...list) - 1e-6);
        expect(high).toBeLessThanOrEqual(Math.max(...list) + 1e-6);
      }),
    );
  });

  fixtureTest<{ x: number[]; q: number[] }, number[]>("F91_quantile_type7", (given, expected) => {
    expect(given.q.map((q) => toFourDecimals(quantile(given.x, q) ?? Number.NaN))).toEqual(expected);
  });
});
