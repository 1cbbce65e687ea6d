import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Duration, kaplanMeier, survivalAt, survivalQuantile } from "@/lib/statistics/survival";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

function durationsOf(rows: [number, string][]): Duration[] {
  return rows.map(([time, outcome]) => ({ time, hasEnded: outcome !== "C" }));
}

const stays = durationsOf([
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
]);

function curveOf(durations: Duration[]) {
  const curve = kaplanMeier(durations);
  if (!curve) throw new Error("There is a curve.");
  return curve;
}

describe("kaplanMeier", () => {
  test("follows the worked example", () => {
    const curve = curveOf(stays);
    expect(curve.map((point) => [point.time, point.atRisk, toFourDecimals(point.survival)])).toEqual([
      [3, 10, 0.9],
      [5, 9, 0.7],
      [8, 6, 0.5833],
      [10, 5, 0.4667],
      [12, 4, 0.35],
      [15, 2, 0.175],
    ]);
    expect(curve.map((point) => toFourDecimals(point.standardError ?? Number.NaN))).toEqual([
      0.0949, 0.1449, 0.161, 0.1658, 0.1602, 0.1474,
    ]);
    expect(curve[3]?.lo).toBeCloseTo(0.1496, 4);
    expect(curve[3]?.hi).toBeCloseTo(0.7366, 4);
    expect(curve[5]?.cumulativeHazard).toBeCloseTo(1.4389, 4);
  });

  test("does not depend on the order of the durations", () => {
    expect(kaplanMeier([...stays].reverse())).toEqual(kaplanMeier(stays));
  });

  test("has no curve without durations", () => {
    expect(kaplanMeier([])).toBeNull();
  });

  test("stays at 1 without a median when everything is censored", () => {
    const curve = curveOf(durationsOf([[4, "C"]]));
    expect(curve).toEqual([]);
    expect(survivalAt(curve, 100)).toBe(1);
    expect(survivalQuantile(curve, 0.5)).toBeNull();
  });

  test("falls to 0 without an interval after one end and no censoring", () => {
    const curve = curveOf(durationsOf([[4, "A"]]));
    expect(curve).toMatchObject([{ time: 4, survival: 0, standardError: null, lo: null, hi: null, hazard: 1 }]);
    expect(survivalQuantile(curve, 0.5)).toBe(4);
  });

  test("equals the plain share still going when nothing is censored", () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: -1, max: 60 }), (list, at) => {
        const curve = curveOf(list.map((time) => ({ time, hasEnded: true })));
        expect(survivalAt(curve, at)).toBeCloseTo(list.filter((time) => time > at).length / list.length, 9);
      }),
    );
  });

  test("never rises and stays inside its interval", () => {
    const durations = fc.array(fc.record({ time: fc.integer({ min: 0, max: 30 }), hasEnded: fc.boolean() }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(durations, (list) => {
        let before = 1;
        for (const point of curveOf(list)) {
          expect(point.survival).toBeLessThan(before);
          expect(point.lo ?? 0).toBeLessThanOrEqual(point.survival);
          expect(point.hi ?? 1).toBeGreaterThanOrEqual(point.survival);
          before = point.survival;
        }
      }),
    );
  });

  fixtureTest<{ days_outcome: [number, string][] }, Record<string, number>[]>(
    "F14_kaplan_meier_time_in_stage",
    (given, expected) => {
      const points = curveOf(durationsOf(given.days_outcome)).map((point) => ({
        t: point.time,
        at_risk: point.atRisk,
        exits: point.ended,
        S: toFourDecimals(point.survival),
        se_greenwood: toFourDecimals(point.standardError ?? Number.NaN),
        lo: toFourDecimals(point.lo ?? Number.NaN),
        hi: toFourDecimals(point.hi ?? Number.NaN),
        hazard: toFourDecimals(point.hazard),
        cumhaz_NA: toFourDecimals(point.cumulativeHazard),
      }));
      expect(points).toEqual(expected);
    },
  );
});

describe("survivalQuantile", () => {
  test.each([
    [0.25, 5],
    [0.5, 10],
    [0.8, 15],
    [0.9, null],
  ])("finds q %f of the worked example at %s", (q, expected) => {
    expect(survivalQuantile(curveOf(stays), q)).toBe(expected);
  });

  test("refuses what is no quantile", () => {
    expect(() => survivalQuantile(curveOf(stays), 2)).toThrow(RangeError);
  });

  fixtureTest<{ q: number[] }, (number | null)[]>("F14b_quantiles", (given, expected) => {
    expect(given.q.map((q) => survivalQuantile(curveOf(stays), q))).toEqual(expected);
  });
});
