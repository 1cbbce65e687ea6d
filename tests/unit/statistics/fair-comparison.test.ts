import { describe, expect, test } from "vitest";
import { inverseProbability, isBalanced, standardisedDifference } from "@/lib/statistics/inverse-probability";
import { mantelHaenszel } from "@/lib/statistics/mantel-haenszel";
import { stratifiedDifference } from "@/lib/statistics/stratified-difference";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

type Row = [string, number, number, number, number];
const strataOf = (rows: readonly Row[]) =>
  rows.map(([, x1, n1, x0, n0]) => ({ treated: { k: x1, n: n1 }, control: { k: x0, n: n0 } }));
const worked: Row[] = [
  ["smb", 10, 20, 80, 200],
  ["mid", 20, 40, 36, 80],
  ["ent", 30, 100, 5, 25],
];

describe("the Mantel-Haenszel risk difference", () => {
  fixtureTest<Record<string, Row[]>, Record<string, number>>("F64_mantel_haenszel_rd", (given, expected) => {
    const found = mantelHaenszel(strataOf(given["stratum,C_won,C_n,A_won,A_n"] ?? []));
    expect({
      rd_mh: toFourDecimals(found?.difference ?? 0),
      se_sato: toFourDecimals(found?.standardError ?? 0),
      lo: toFourDecimals(found?.lo ?? 0),
      hi: toFourDecimals(found?.hi ?? 0),
      crude_rd: toFourDecimals(found?.crude ?? 0),
      per_stratum: found?.strata.map((each) => toFourDecimals(each ?? 0)),
    }).toEqual(expected);
  });

  test("like with like turns the crude difference round", () => {
    const found = mantelHaenszel(strataOf(worked));
    expect(found?.crude).toBeCloseTo(-0.0217, 4);
    expect(found?.difference).toBeCloseTo(0.0794, 4);
    expect(found?.standardError).toBeCloseTo(0.059, 4);
    expect(found?.lo).toBeCloseTo(-0.0362, 4);
    expect(found?.hi).toBeCloseTo(0.1951, 4);
  });

  test("a stratum with an empty group changes nothing and says nothing of its own", () => {
    const found = mantelHaenszel([...strataOf(worked), { treated: { k: 3, n: 9 }, control: { k: 0, n: 0 } }]);
    expect(found?.difference).toBeCloseTo(0.0794, 4);
    expect(found?.crude).toBeCloseTo(-0.0217, 4);
    expect(found?.strata[3]).toBeNull();
  });

  test("nothing to compare is null, and no share is an error", () => {
    expect(mantelHaenszel([])).toBeNull();
    expect(() => mantelHaenszel([{ treated: { k: 3, n: 2 }, control: { k: 0, n: 1 } }])).toThrow(RangeError);
  });
});

type Days = [string, number, number, number, number, number, number];
const daysOf = (rows: readonly Days[]) =>
  rows.map(([, n1, m1, s1, n0, m0, s0]) => ({
    treated: { n: n1, mean: m1, deviation: s1 },
    control: { n: n0, mean: m0, deviation: s0 },
  }));
const days: Days[] = [
  ["smb", 20, 14, 6, 35, 19, 8],
  ["mid", 18, 21, 7, 30, 27, 9],
  ["ent", 12, 33, 10, 15, 45, 12],
];

describe("the difference of days over strata", () => {
  fixtureTest<Record<string, Days[]>, { diff: number; se: number }>("F64b_stratified_days", (given, expected) => {
    const found = stratifiedDifference(daysOf(given["stratum,nC,meanC,sdC,nA,meanA,sdA"] ?? []));
    expect({ diff: toFourDecimals(found?.difference ?? 0), se: toFourDecimals(found?.standardError ?? 0) }).toEqual(
      expected,
    );
  });

  test("weighs strata by how surely they say it", () => {
    const found = stratifiedDifference(daysOf(days));
    expect(found?.difference).toBeCloseTo(-6.1144, 4);
    expect(found?.standardError).toBeCloseTo(1.3924, 4);
  });

  test("one value alone says nothing", () => {
    expect(stratifiedDifference(daysOf([["one", 1, 3, 0, 9, 4, 2]]))).toBeNull();
    expect(() => stratifiedDifference(daysOf([["bad", 5, 3, -1, 9, 4, 2]]))).toThrow(RangeError);
  });
});

type Unit = [number, number, number];
const unitsOf = (rows: readonly Unit[]) =>
  rows.map(([treated, outcome, propensity]) => ({ isTreated: treated === 1, outcome, propensity }));
const units: Unit[] = [
  [1, 1, 0.8],
  [1, 1, 0.6],
  [1, 0, 0.5],
  [0, 1, 0.4],
  [0, 0, 0.5],
  [0, 0, 0.2],
  [1, 1, 0.3],
  [0, 1, 0.7],
];

describe("the weighted effect", () => {
  fixtureTest<Record<string, Unit[]>, object>("F64c_ipw_hajek", (given, expected) => {
    const found = inverseProbability(unitsOf(given["treated,outcome,propensity"] ?? []));
    expect({
      mu1: toFourDecimals(found?.treated ?? 0),
      mu0: toFourDecimals(found?.control ?? 0),
      ate: toFourDecimals(found?.effect ?? 0),
      naive: toFourDecimals(found?.naive ?? 0),
    }).toEqual(expected);
  });

  test("is smaller than the naive one when the likely were treated", () => {
    const found = inverseProbability(unitsOf(units));
    expect(found?.treated).toBeCloseTo(0.7576, 4);
    expect(found?.control).toBeCloseTo(0.6061, 4);
    expect(found?.effect).toBeCloseTo(0.1515, 4);
    expect(found?.naive).toBeCloseTo(0.25, 4);
    expect(found?.trimmed).toBe(0);
    // Weights 1.25, 1.6667, 2, 3.3333: 8.25 squared by 19.4514.
    expect(found?.effectiveTreated).toBeCloseTo(8.25 ** 2 / (1.25 ** 2 + (5 / 3) ** 2 + 4 + (10 / 3) ** 2), 9);
  });

  test("moves extreme propensities to .05 and .95 and says how many", () => {
    const found = inverseProbability(unitsOf([...units, [1, 1, 0.001], [0, 0, 1]]));
    expect(found?.trimmed).toBe(2);
    expect(found?.effectiveTreated).toBeLessThan(5);
  });

  test("is null without both groups; a propensity is a share", () => {
    expect(inverseProbability(unitsOf([[1, 1, 0.5]]))).toBeNull();
    expect(() => inverseProbability(unitsOf([[1, 1, 1.5]]))).toThrow(RangeError);
  });
});

describe("the balance of two groups", () => {
  fixtureTest<Record<"mean1" | "sd1" | "mean0" | "sd0", number>, number>("F64d_smd", (given, expected) => {
    const found = standardisedDifference(
      { mean: given.mean1, deviation: given.sd1 },
      { mean: given.mean0, deviation: given.sd0 },
    );
    expect(toFourDecimals(found ?? 0)).toBe(expected);
  });

  test("warns above a tenth of a standard deviation", () => {
    const found = standardisedDifference({ mean: 0.62, deviation: 0.2 }, { mean: 0.5, deviation: 0.24 });
    expect(found).toBeCloseTo(0.5432, 4);
    expect(isBalanced(found ?? 0)).toBe(false);
    expect(isBalanced(-0.1)).toBe(true);
    expect(standardisedDifference({ mean: 1, deviation: 0 }, { mean: 1, deviation: 0 })).toBeNull();
  });
});
