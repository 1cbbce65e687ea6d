import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cohortConversion } from "@/lib/statistics/cohort";
import { cumulativeIncidence, type EndCount } from "@/lib/statistics/competing-ends";
import { attributeDrops } from "@/lib/statistics/drop-attribution";
import { holdoutEffect } from "@/lib/statistics/holdout-effect";
import { kitagawa, mixAndRate } from "@/lib/statistics/kitagawa";
import { leakSize } from "@/lib/statistics/leak-size";
import { logRank } from "@/lib/statistics/log-rank";
import { type DurationCount, kaplanMeier, kaplanMeierOfCounts, restrictedMean } from "@/lib/statistics/survival";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

type Stay = [number, string];

const stays: Stay[] = [
  [3, "A"],
  [5, "A"],
  [5, "D"],
  [7, "C"],
  [8, "A"],
  [10, "D"],
  [12, "A"],
  [12, "C"],
  [15, "D"],
  [20, "C"],
];

function endsOf(rows: readonly Stay[]): EndCount[] {
  const times = [...new Set(rows.map(([time]) => time))].sort((a, b) => a - b);
  const count = (time: number, outcome: string) => rows.filter(([t, o]) => t === time && o === outcome).length;
  return times.map((time) => ({
    time,
    advanced: count(time, "A"),
    dropped: count(time, "D"),
    censored: count(time, "C"),
  }));
}

const durationsOf = (rows: readonly [number, number][]): DurationCount[] => {
  const times = [...new Set(rows.map(([time]) => time))].sort((a, b) => a - b);
  const count = (time: number, ended: number) => rows.filter(([t, e]) => t === time && e === ended).length;
  return times.map((time) => ({ time, ended: count(time, 1), censored: count(time, 0) }));
};

const anyEnds = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom("A", "D", "C")), { minLength: 1 });

describe("cumulativeIncidence", () => {
  test("follows the worked example, and never takes drop for one minus the curve", () => {
    const last = cumulativeIncidence(endsOf(stays))?.at(-1);
    expect([last?.advance, last?.drop, last?.still].map((share) => toFourDecimals(share ?? -1))).toEqual([
      0.4333, 0.3917, 0.175,
    ]);
    expect(toFourDecimals(last?.drop ?? 0)).not.toBe(0.6444);
  });

  fixtureTest<unknown, { t: number; CIF_advance: number; CIF_drop: number; S: number }[]>(
    "F16_aalen_johansen",
    (_given, expected) => {
      const points = cumulativeIncidence(endsOf(stays)) ?? [];
      expect(
        points.map(({ time, advance, drop, still }) => ({
          t: time,
          CIF_advance: toFourDecimals(advance),
          CIF_drop: toFourDecimals(drop),
          S: toFourDecimals(still),
        })),
      ).toEqual(expected);
    },
  );

  test("has no curve without entries, stays at 1 when all are censored, and drops to 1 when all drop", () => {
    expect(cumulativeIncidence([])).toBeNull();
    expect(cumulativeIncidence(endsOf([[4, "C"]]))).toEqual([]);
    expect(
      cumulativeIncidence(
        endsOf([
          [4, "D"],
          [6, "D"],
        ]),
      )?.at(-1),
    ).toMatchObject({ advance: 0, drop: 1, still: 0 });
  });

  test("advance, drop and still sum to 1 at every time, and still is the Kaplan-Meier curve", () => {
    fc.assert(
      fc.property(anyEnds, (rows) => {
        const curve = kaplanMeier(rows.map(([time, outcome]) => ({ time, hasEnded: outcome !== "C" }))) ?? [];
        for (const [index, { advance, drop, still }] of (cumulativeIncidence(endsOf(rows)) ?? []).entries()) {
          expect(advance + drop + still).toBeCloseTo(1, 9);
          expect(still).toBeCloseTo(curve[index]?.survival ?? -1, 9);
        }
      }),
    );
  });

  test("calling advance drop and drop advance swaps the two curves and nothing else", () => {
    fc.assert(
      fc.property(anyEnds, (rows) => {
        const swapped = rows.map(([t, o]): Stay => [t, o === "A" ? "D" : o === "D" ? "A" : o]);
        const back = cumulativeIncidence(endsOf(swapped))?.map((p) => ({ ...p, advance: p.drop, drop: p.advance }));
        expect(back).toEqual(cumulativeIncidence(endsOf(rows)));
      }),
    );
  });
});

describe("curves from counts", () => {
  test("equal those from single durations", () => {
    const counts = endsOf(stays).map(({ time, advanced, dropped, censored }) => ({
      ...{ time, ended: advanced + dropped, censored },
    }));
    expect(kaplanMeierOfCounts(counts)).toEqual(
      kaplanMeier(stays.map(([time, outcome]) => ({ time, hasEnded: outcome !== "C" }))),
    );
    expect(kaplanMeierOfCounts([])).toBeNull();
  });

  test("have a restricted mean of 10.05 days in the worked example, and refuse a negative limit", () => {
    const curve = kaplanMeier(stays.map(([time, outcome]) => ({ time, hasEnded: outcome !== "C" }))) ?? [];
    expect(restrictedMean(curve, 15)).toBeCloseTo(10.05, 9);
    expect(restrictedMean([], 7)).toBe(7);
    expect(() => restrictedMean(curve, -1)).toThrow(RangeError);
  });

  fixtureTest<{ tau: number }, number>("F14c_rmst", ({ tau }, expected) => {
    const curve = kaplanMeier(stays.map(([time, outcome]) => ({ time, hasEnded: outcome !== "C" }))) ?? [];
    expect(toFourDecimals(restrictedMean(curve, tau))).toBe(expected);
  });
});

const one: [number, number][] = [
  [2, 1],
  [3, 1],
  [3, 1],
  [5, 1],
  [8, 0],
  [9, 1],
];
const two: [number, number][] = [
  [4, 1],
  [6, 1],
  [7, 0],
  [9, 1],
  [10, 1],
  [12, 0],
];

describe("logRank", () => {
  test("follows the worked example", () => {
    const result = logRank(durationsOf(one), durationsOf(two));
    expect(result).toMatchObject({ observed: 5 });
    expect(result?.expected).toBeCloseTo(2.9031, 4);
    expect(result?.variance).toBeCloseTo(1.607, 4);
    expect(result?.chiSquare).toBeCloseTo(2.7361, 4);
    expect(result?.p).toBeCloseTo(0.0981, 4);
  });

  fixtureTest<
    { group1: [number, number][]; group2: [number, number][] },
    { O1: number; E1: number; V: number; chi2: number; p: number }
  >("F17_log_rank", ({ group1, group2 }, expected) => {
    const found = logRank(durationsOf(group1), durationsOf(group2));
    expect({
      ...{ O1: found?.observed, E1: toFourDecimals(found?.expected ?? 0), V: toFourDecimals(found?.variance ?? 0) },
      ...{ chi2: toFourDecimals(found?.chiSquare ?? 0), p: toFourDecimals(found?.p ?? 0) },
    }).toEqual(expected);
  });

  test("says nothing of an empty group or when nothing ended", () => {
    expect(logRank([], durationsOf(two))).toBeNull();
    expect(logRank(durationsOf([[3, 0]]), durationsOf([[4, 0]]))).toBeNull();
  });

  test("finds the same whichever group comes first", () => {
    const group = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0, 1)), { minLength: 1 });
    fc.assert(
      fc.property(group, group, (a, b) => {
        const there = logRank(durationsOf(a), durationsOf(b));
        const back = logRank(durationsOf(b), durationsOf(a));
        expect(there?.chiSquare ?? -1).toBeCloseTo(back?.chiSquare ?? -1, 7);
      }),
    );
  });
});

describe("cohortConversion", () => {
  const passages = (
    [
      ...[
        [0, 5],
        [2, 20],
        [4, null],
        [6, 9],
        [8, 21],
      ],
      ...[
        [10, 15],
        [12, null],
        [20, 22],
        [25, null],
        [28, 29],
      ],
    ] as [number, number | null][]
  ).map(([entered, left]) => ({ entered, left }));

  test("counts matured entries and exits in time, not everybody who ever got through", () => {
    const { converted, immature } = cohortConversion(passages, 30, 14);
    expect(converted).toMatchObject({ k: 4, n: 7 });
    expect([converted.rate, converted.lo, converted.hi].map((share) => toFourDecimals(share ?? -1))).toEqual([
      0.5714, 0.2505, 0.8418,
    ]);
    expect(immature).toBe(3);
  });

  fixtureTest<{ entry_exit_day: [number, number | null][]; now: number; horizon_days: number }, Record<string, number>>(
    "F13_cohort_conversion",
    (given, expected) => {
      const all = given.entry_exit_day.map(([entered, left]) => ({ entered, left }));
      const { converted, immature } = cohortConversion(all, given.now, given.horizon_days);
      expect({ converted: converted.k, matured: converted.n, immature_excluded: immature }).toMatchObject({
        ...{ converted: expected.converted, matured: expected.matured },
        immature_excluded: expected.immature_excluded,
      });
      expect(toFourDecimals(converted.rate ?? -1)).toBe(expected.rate);
      expect(toFourDecimals(converted.rate ?? -1)).not.toBe(expected.naive_rate);
    },
  );

  test("has no rate without matured entries", () => {
    expect(cohortConversion([{ entered: 29, left: 30 }], 30, 14)).toMatchObject({ converted: { n: 0, rate: null } });
  });
});

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
