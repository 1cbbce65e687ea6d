import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeDrops } from "@/lib/statistics/drop-attribution";
import { holdoutEffect } from "@/lib/statistics/holdout-effect";
import { kitagawa, mixAndRate } from "@/lib/statistics/kitagawa";
import { leakSize } from "@/lib/statistics/leak-size";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

describe("leakSize", () => {
  test("follows the worked example: both the figure and the careful one", () => {
    const size = leakSize({ k: 48, n: 120 }, { k: 90, n: 360 }, 0.35);
    expect(size?.excess).toBeCloseTo(0.15, 9);
    expect([size?.lo, size?.hi, size?.z, size?.p].map((each) => toFourDecimals(each ?? -1))).toEqual([
      0.0543, 0.2488, 3.1441, 0.0017,
    ]);
    expect(size?.losses).toBeCloseTo(18, 9);
    expect((size?.wins ?? 0) * 18_000).toBeCloseTo(113_400, 6);
    expect((size?.winsAtLeast ?? 0) * 18_000).toBeCloseTo(41_056.3648, 3);
  });

  fixtureTest<{ downstream_win_rate: number; value_per_win: number }, Record<string, number>>(
    "F18_leak_size",
    ({ downstream_win_rate: winRate, value_per_win: value }, expected) => {
      const size = leakSize({ k: 48, n: 120 }, { k: 90, n: 360 }, winRate);
      expect(toFourDecimals(size?.excess ?? -1)).toBe(expected.excess_rate);
      expect(toFourDecimals(size?.lo ?? -1)).toBe(expected.lo);
      expect(toFourDecimals((size?.winsAtLeast ?? 0) * value)).toBe(expected.value_lost_lo);
      expect(toFourDecimals(size?.losses ?? -1)).toBe(expected.excess_losses);
    },
  );

  test("is nothing without data, and the careful figure never falls below nothing", () => {
    expect(leakSize({ k: 0, n: 0 }, { k: 1, n: 9 }, 1)).toBeNull();
    expect(leakSize({ k: 2, n: 5 }, { k: 30, n: 90 }, 1)).toMatchObject({ lossesAtLeast: 0, winsAtLeast: 0 });
    expect(leakSize({ k: 0, n: 5 }, { k: 0, n: 9 }, 1)).toMatchObject({ z: null, p: null });
  });
});

describe("mix against rate", () => {
  test("follows the worked example: most of the fall is more web leads", () => {
    const found = kitagawa([
      { key: "web", weights: [0.6, 0.8], rates: [0.1, 0.1] },
      { key: "phone", weights: [0.4, 0.2], rates: [0.3, 0.25] },
    ]);
    expect([found.total, found.rate, found.mix].map(toFourDecimals)).toEqual([-0.05, -0.015, -0.035]);
    expect(found.groups.map(({ mix }) => toFourDecimals(mix))).toEqual([0.02, -0.055]);
  });

  fixtureTest<
    Record<"w1" | "w2" | "r1" | "r2", Record<string, number>>,
    { total: number; rate_total: number; mix_total: number }
  >("F19_kitagawa", ({ w1, w2, r1, r2 }, expected) => {
    const found = kitagawa(
      Object.keys(w1).map((key) => ({
        key,
        weights: [w1[key] ?? 0, w2[key] ?? 0],
        rates: [r1[key] ?? 0, r2[key] ?? 0],
      })),
    );
    expect(toFourDecimals(found.total)).toBe(expected.total);
    expect(toFourDecimals(found.rate)).toBe(expected.rate_total);
    expect(toFourDecimals(found.mix)).toBe(expected.mix_total);
  });

  test("sums to the difference of the two rates whatever the counts, and a group on one side alone is mix", () => {
    const count = fc
      .integer({ min: 0, max: 50 })
      .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));
    fc.assert(
      fc.property(fc.array(fc.record({ before: count, after: count }), { minLength: 1, maxLength: 6 }), (groups) => {
        const found = mixAndRate(groups.map((group, index) => ({ key: String(index), ...group })));
        const sum = (side: "before" | "after", of: "k" | "n") => groups.reduce((total, g) => total + g[side][of], 0);
        if (sum("before", "n") === 0 || sum("after", "n") === 0) {
          expect(found).toBeNull();
          return;
        }
        const total = sum("after", "k") / sum("after", "n") - sum("before", "k") / sum("before", "n");
        expect(found?.total).toBeCloseTo(total, 9);
        expect((found?.rate ?? 0) + (found?.mix ?? 0)).toBeCloseTo(total, 9);
      }),
    );
    const alone = mixAndRate([
      { key: "a", before: { k: 1, n: 10 }, after: { k: 1, n: 10 } },
      { key: "b", before: { k: 0, n: 0 }, after: { k: 5, n: 10 } },
    ]);
    expect(alone?.rate).toBeCloseTo(0, 12);
  });
});

describe("attributeDrops", () => {
  const drops = [
    [
      { key: "spoke:design", weight: 0.5 },
      { key: "handoff:sales>design", weight: 0.3 },
      { key: "channel:email", weight: 0.2 },
    ],
    [{ key: "spoke:design", weight: 0.5 }],
    [
      { key: "spoke:sales", weight: 0.5 },
      { key: "channel:email", weight: 0.2 },
    ],
  ];

  test("follows the worked example and sums to the number of drops", () => {
    const found = attributeDrops(drops);
    expect(found.map(({ key, drops }) => [key, toFourDecimals(drops)])).toEqual([
      ["spoke:design", 1.5],
      ["spoke:sales", 0.7143],
      ["channel:email", 0.4857],
      ["handoff:sales>design", 0.3],
    ]);
    expect(found.reduce((sum, { drops }) => sum + drops, 0)).toBeCloseTo(3, 9);
  });

  fixtureTest<{ drops: [string, number][][] }, Record<string, number>>("F19b_drop_attribution", (given, expected) => {
    const parts = given.drops.map((drop) => drop.map(([key, weight]) => ({ key, weight })));
    const found = attributeDrops(parts).map(({ key, drops }) => [key, toFourDecimals(drops)]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test("a drop with nothing known counts nowhere", () => {
    expect(attributeDrops([[], []])).toEqual([]);
  });
});

describe("holdoutEffect", () => {
  fixtureTest<unknown, { diff: number; lo: number; hi: number; z: number; p: number; NNT: number }>(
    "F20_recovery_play",
    (_given, expected) => {
      const found = holdoutEffect({ k: 28, n: 80 }, { k: 14, n: 80 });
      expect(
        found &&
          [found.difference, found.lo, found.hi, found.z, found.p, found.numberNeeded].map((x) =>
            toFourDecimals(x ?? -1),
          ),
      ).toEqual([expected.diff, expected.lo, expected.hi, expected.z, expected.p, expected.NNT]);
    },
  );

  test("needs 5.7 customers in the worked example, and says no number where nothing is gained", () => {
    expect(holdoutEffect({ k: 28, n: 80 }, { k: 14, n: 80 })?.numberNeeded).toBeCloseTo(5.7143, 4);
    expect(holdoutEffect({ k: 14, n: 80 }, { k: 28, n: 80 })?.numberNeeded).toBeNull();
    expect(holdoutEffect({ k: 0, n: 0 }, { k: 28, n: 80 })).toBeNull();
  });
});
