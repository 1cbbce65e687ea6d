import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { weightedRateOf } from "@/lib/statistics/weighted-rate";
import { wilson } from "@/lib/statistics/wilson";

const trials = fc.array(
  fc.record({ isSuccess: fc.boolean(), probability: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
  { minLength: 1, maxLength: 60 },
);

describe("weightedRateOf", () => {
  test("counts each trial for all that it stands for", () => {
    const result = weightedRateOf([
      { isSuccess: true, probability: 0.25 },
      { isSuccess: false, probability: 1 },
      { isSuccess: false, probability: 1 },
    ]);
    expect(result?.rate).toBeCloseTo(4 / 6, 12);
    expect(result?.effectiveN).toBeCloseTo(36 / 18, 12);
  });

  test("is the plain rate with Wilson's interval where all were equally likely", () => {
    const equal = Array.from({ length: 20 }, (_, i) => ({ isSuccess: i < 9, probability: 0.5 }));
    expect(weightedRateOf(equal)).toMatchObject({ n: 20, rate: 0.45, lo: expect.closeTo(0.2582, 4) });
    expect(weightedRateOf(equal)?.hi).toBeCloseTo(wilson(9, 20)?.hi ?? 0, 12);
  });

  test("contains its rate, stays within 0 and 1, and never claims more than it saw", () => {
    fc.assert(
      fc.property(trials, (given) => {
        const result = weightedRateOf(given);
        if (!result) throw new Error("There are trials.");
        expect(result.lo <= result.rate && result.rate <= result.hi).toBe(true);
        expect(result.lo >= 0 && result.hi <= 1).toBe(true);
        expect(result.effectiveN).toBeLessThanOrEqual(given.length + 1e-9);
      }),
    );
  });

  test("is null without trials and refuses a chance of nothing", () => {
    expect(weightedRateOf([])).toBeNull();
    expect(() => weightedRateOf([{ isSuccess: true, probability: 0 }])).toThrow(RangeError);
  });
});
