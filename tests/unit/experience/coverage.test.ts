import { describe, expect, test } from "vitest";
import { compareResponders, coverageOf } from "@/lib/experience/coverage";

describe("coverageOf", () => {
  test.each([
    [30, 300, false],
    [29, 100, true],
    [30, 301, true],
    [0, 0, true],
  ])("of %i answers to %i invitations is low: %s", (responses, invites, isLow) => {
    expect(coverageOf(responses, invites).isLow).toBe(isLow);
  });

  test("shows the rate with its interval, and no data as no data", () => {
    expect(coverageOf(170, 200).response).toMatchObject({ rate: 0.85, lo: expect.closeTo(0.7939, 4) });
    expect(coverageOf(0, 0).response.rate).toBeNull();
    expect(() => coverageOf(3, 2)).toThrow(RangeError);
  });
});

describe("compareResponders", () => {
  test("finds the group that answers more than its share", () => {
    const [won, lost] = compareResponders([
      { key: "won", answered: 80, silent: 100 },
      { key: "lost", answered: 20, silent: 300 },
    ]);
    expect(won).toMatchObject({ key: "won", difference: expect.closeTo(0.55, 9), isDifferent: true });
    expect(lost?.difference).toBeCloseTo(-0.55, 9);
  });

  test("finds no difference where there is none, and compares nothing with nobody", () => {
    const alike = compareResponders([
      { key: "design", answered: 10, silent: 100 },
      { key: "build", answered: 10, silent: 100 },
    ]);
    expect(alike.map(({ isDifferent }) => isDifferent)).toEqual([false, false]);
    expect(compareResponders([{ key: "design", answered: 10, silent: 0 }])).toEqual([]);
  });
});
