import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cohortConversion } from "@/lib/statistics/cohort";
import { cumulativeIncidence, type EndCount } from "@/lib/statistics/competing-ends";
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
