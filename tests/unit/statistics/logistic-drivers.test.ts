import { describe, expect, test } from "vitest";
import { fitLogistic } from "@/lib/statistics/logistic";
import { logisticDrivers, type TrialCell } from "@/lib/statistics/logistic-drivers";
import { seededRandom } from "@/lib/statistics/random";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const cell = (predictors: readonly number[], n: number, k: number): TrialCell => ({ controls: [], predictors, n, k });
const worked = [cell([0, 0], 40, 8), cell([1, 0], 30, 12), cell([0, 1], 30, 15), cell([1, 1], 50, 35)];
const names = ["fast reply", "next step named"];

function run(cells: TrialCell[], options: { names?: string[]; controls?: number; draws?: number; seed?: number } = {}) {
  const result = logisticDrivers(cells, { names, controls: 0, seed: 42, draws: 100, ...options });
  if (result.status !== "estimated") throw new Error(`Cannot estimate: ${result.reason}.`);
  return result;
}

describe("logisticDrivers", () => {
  test("splits the worked example", () => {
    const result = run(worked, { draws: 200 });
    expect([result.nullLogLikelihood, result.logLikelihood, result.intercept].map(toFourDecimals)).toEqual([
      -103.6385, -91.5611, -1.3469,
    ]);
    expect(toFourDecimals(result.rSquared)).toBe(0.1165);
    const of = (key: "beta" | "oddsRatio" | "alone" | "weight" | "share") =>
      result.drivers.map((driver) => toFourDecimals(driver[key] ?? Number.NaN));
    expect(of("beta")).toEqual([0.9058, 1.3128]);
    expect(of("oddsRatio")).toEqual([2.4739, 3.7166]);
    expect(of("alone")).toEqual([0.0492, 0.0852]);
    expect(of("weight")).toEqual([0.0402, 0.0763]);
    expect(of("share")).toEqual([0.3453, 0.6547]);
    for (const { share, interval, oddsRatio, oddsLo, oddsHi } of result.drivers) {
      expect((interval?.lo ?? 1) < (share ?? 0) && (share ?? 1) < (interval?.hi ?? 0)).toBe(true);
      expect(oddsLo < oddsRatio && oddsRatio < oddsHi && oddsLo > 1).toBe(true);
    }
  });

  test("is the same to the byte when rerun, whatever the order of the cells and however they are split", () => {
    const whole = JSON.stringify(run(worked));
    expect(JSON.stringify(run(worked))).toBe(whole);
    expect(JSON.stringify(run([...worked].reverse()))).toBe(whole);
    expect(JSON.stringify(run([...worked.slice(1), cell([0, 0], 10, 8), cell([0, 0], 30, 0)]))).toBe(whole);
    expect(JSON.stringify(run(worked, { seed: 7 }))).not.toBe(whole);
  });

  test("follows a change of labels, and does not move with a constant or a unit", () => {
    const turned = run(worked.map(({ predictors: [a = 0, b = 0], n, k }) => cell([b * 250 - 1_000, a + 5], n, k)));
    const straight = run(worked);
    expect(turned.drivers[0]?.weight).toBeCloseTo(straight.drivers[1]?.weight ?? 0, 9);
    expect(turned.drivers[1]?.weight).toBeCloseTo(straight.drivers[0]?.weight ?? 0, 9);
    expect((turned.drivers[0]?.beta ?? 0) * 250).toBeCloseTo(straight.drivers[1]?.beta ?? 0, 6);
    const lost = run(worked.map(({ predictors, n, k }) => cell(predictors, n, n - k)));
    expect(lost.drivers[0]?.weight).toBeCloseTo(straight.drivers[0]?.weight ?? 0, 9);
    expect(lost.drivers[0]?.beta).toBeCloseTo(-(straight.drivers[0]?.beta ?? 0), 6);
  });

  test("sums to McFadden's R2 beyond the controls, which are entered first", () => {
    const cells = trials(4, 600, 11).map(({ predictors: [a = 0, ...rest], n, k }) => ({
      controls: [a],
      predictors: rest,
      n,
      k,
    }));
    const result = run(cells, { names: ["b", "c", "d"], controls: 1 });
    const sum = result.drivers.reduce((total, { weight }) => total + weight, result.rSquaredOfControls);
    expect(sum).toBeCloseTo(result.rSquared, 9);
    expect(result.rSquaredOfControls).toBeGreaterThan(0);
    expect(result.drivers.every(({ weight }) => weight >= 0)).toBe(true);
  });

  test("drops a repeated column and says so", () => {
    const result = run(
      worked.map(({ predictors: [a = 0, b = 0], n, k }) => cell([a, b, 1 - a, 3], n, k)),
      { names: [...names, "slow reply", "always"] },
    );
    expect(result.dropped).toEqual([
      { name: "always", reason: "constant" },
      { name: "slow reply", reason: "repeated" },
    ]);
    expect(result.rSquared).toBeCloseTo(run(worked).rSquared, 12);
  });

  test.each([
    ["too_few", [cell([0, 1], 50, 20), cell([1, 0], 49, 20)]],
    ["too_few_events", [cell([0, 0], 200, 5), cell([1, 0], 200, 9), cell([0, 1], 99, 4)]],
    ["no_variation", [cell([0, 0], 200, 50)]],
    ["no_variation", [cell([0, 0], 200, 0), cell([1, 0], 200, 0), cell([0, 1], 20, 0)]],
    ["separation", [cell([0, 0], 100, 0), cell([1, 0], 100, 50), cell([0, 1], 100, 0), cell([1, 1], 100, 50)]],
    ["separation", [cell([0, 0], 100, 0), cell([1, 1], 100, 100), cell([0, 1], 60, 0)]],
  ])("cannot estimate: %s", (reason, cells) => {
    const result = logisticDrivers(cells, { names, controls: 0, seed: 1, draws: 5 });
    expect(result).toMatchObject({ status: "cannot_estimate", reason });
  });

  test("cannot estimate more than ten predictors, and refuses what is no share", () => {
    const eleven = Array.from({ length: 11 }, (_, i) => `moment ${i}`);
    const cells = [
      cell(
        eleven.map(() => 0),
        100,
        50,
      ),
      cell(
        eleven.map(() => 1),
        100,
        60,
      ),
    ];
    expect(logisticDrivers(cells, { names: eleven, controls: 0, seed: 1, draws: 5 })).toMatchObject({
      reason: "too_many_predictors",
    });
    expect(() => run([cell([0, 0], 5, 6)])).toThrow(RangeError);
    expect(() => run([cell([0], 500, 6)])).toThrow(RangeError);
  });

  test("redraws eight predictors of 200,000 outcomes 200 times in seconds", () => {
    const labels = Array.from({ length: 8 }, (_, i) => `moment ${i}`);
    const start = performance.now();
    const result = run(trials(8, 200_000, 3), { names: labels, draws: 200 });
    expect(result.drivers).toHaveLength(8);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  type Cells = { "cells((fast_reply,named_next_step),n,won)": [[number, number], number, number][] };
  type Out = Record<"ll_null" | "ll_full" | "mcfadden_full" | "mcfadden_x1" | "mcfadden_x2", number> &
    Record<"beta" | "odds_ratio" | "shapley" | "share", number[]>;
  fixtureTest<Cells, Out>("F38c_won_lost_logistic_shapley", (given, expected) => {
    const cells = given["cells((fast_reply,named_next_step),n,won)"].map(([values, n, k]) => cell(values, n, k));
    const { drivers, ...result } = run(cells, { draws: 5 });
    expect([result.nullLogLikelihood, result.logLikelihood, result.rSquared].map(toFourDecimals)).toEqual([
      expected.ll_null,
      expected.ll_full,
      expected.mcfadden_full,
    ]);
    expect([result.intercept, ...drivers.map(({ beta }) => beta)].map(toFourDecimals)).toEqual(expected.beta);
    expect(drivers.map(({ oddsRatio }) => toFourDecimals(oddsRatio))).toEqual(expected.odds_ratio);
    expect(drivers.map(({ alone }) => toFourDecimals(alone))).toEqual([expected.mcfadden_x1, expected.mcfadden_x2]);
    expect(drivers.map(({ weight }) => toFourDecimals(weight))).toEqual(expected.shapley);
    expect(drivers.map(({ share }) => toFourDecimals(share ?? 0))).toEqual(expected.share);
  });
});

describe("fitLogistic", () => {
  test("finds the same maximum from a far start", () => {
    const design = {
      columns: 2,
      values: Float64Array.from([1, 0, 1, 1]),
      k: Float64Array.from([8, 27]),
      n: Float64Array.from([40, 50]),
    };
    const near = fitLogistic(design);
    const far = fitLogistic(design, Float64Array.from([3, -4]));
    expect(near?.beta[0]).toBeCloseTo(Math.log(8 / 32), 6);
    expect(near?.beta[1]).toBeCloseTo(Math.log(27 / 23) - Math.log(8 / 32), 6);
    expect(far?.logLikelihood).toBeCloseTo(near?.logLikelihood ?? 0, 8);
  });
});

/** Yes-or-no predictors, each of which lifts the odds a little more than the one before. */
function trials(predictors: number, count: number, seed: number): TrialCell[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const values = Array.from({ length: predictors }, () => (random() < 0.5 ? 0 : 1));
    const eta = values.reduce((sum: number, x, i) => sum + x * 0.15 * (i + 1), -0.5 * predictors);
    return cell(values, 1, random() < 1 / (1 + Math.exp(-eta)) ? 1 : 0);
  });
}
