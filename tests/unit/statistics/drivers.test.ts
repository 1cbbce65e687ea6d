import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  explain,
  explainedVariance,
  linearDrivers,
  type OutcomeCell,
  standardisedSlopes,
} from "@/lib/statistics/linear-drivers";
import { entry, solve, symmetricEigen, toMatrix } from "@/lib/statistics/matrix";
import { seededRandom } from "@/lib/statistics/random";
import { relativeWeights } from "@/lib/statistics/relative-weights";
import { shapley } from "@/lib/statistics/shapley";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const correlations = (between: number[][], outcome: number[]) =>
  toMatrix([...between.map((row, i) => [...row, outcome[i] ?? 0]), [...outcome, 1]]);
const between = [
  [1, 0.5, 0.3],
  [0.5, 1, 0.4],
  [0.3, 0.4, 1],
];
const worked = correlations(between, [0.5, 0.6, 0.4]);
const names = ["responsiveness", "clarity", "follow through"];

/** Ratings in which the outcome leans on the first predictor most, the third says nothing. */
function ratings(count: number, seed: number): OutcomeCell[] {
  const random = seededRandom(seed);
  const rating = () => 1 + Math.floor(random() * 5);
  return Array.from({ length: count }, () => {
    const [a, b, c] = [rating(), rating(), rating()];
    return { controls: [], predictors: [a, b, c], outcome: 2 * a + b + rating(), n: 1 };
  });
}

function run(cells: OutcomeCell[], options: { names?: string[]; controls?: number; draws?: number } = {}) {
  const result = linearDrivers(cells, { names, controls: 0, seed: 42, draws: 50, ...options });
  if (result.status !== "estimated") throw new Error(`Cannot estimate: ${result.reason}.`);
  return result;
}

describe("shapley", () => {
  test("gives players what they add when they add it alone", () => {
    const worth = (coalition: number) => 3 * (coalition & 1) + 5 * ((coalition >> 1) & 1);
    expect(shapley(2, worth)).toEqual([3, 5]);
    expect(shapley(0, () => 0)).toEqual([]);
    expect(() => shapley(11, () => 0)).toThrow(RangeError);
  });

  test("sums to the worth of all, ignores who adds nothing, and follows a change of labels", () => {
    const worths = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(worths, (given) => {
        const worth = (coalition: number) => given[coalition & 15] ?? 0;
        const parts = shapley(5, worth);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo((given[15] ?? 0) - (given[0] ?? 0), 6);
        expect(parts[4]).toBeCloseTo(0, 9);
        const swapped = shapley(5, (c) => worth((c & ~3) | ((c & 1) << 1) | ((c >> 1) & 1)));
        expect(swapped[0]).toBeCloseTo(parts[1] ?? 0, 6);
        expect(swapped[1]).toBeCloseTo(parts[0] ?? 0, 6);
      }),
    );
  });
});

describe("explain", () => {
  test("splits the worked example by Shapley", () => {
    const result = explain(worked, [0, 1, 2]);
    expect(result?.method).toBe("shapley");
    expect(result?.rSquared).toBeCloseTo(0.4348, 4);
    expect(result?.weights.map(toFourDecimals)).toEqual([0.1335, 0.2244, 0.077]);
    expect(standardisedSlopes(worked, [0, 1, 2])?.map(toFourDecimals)).toEqual([0.2452, 0.4129, 0.1613]);
  });

  test("splits the worked example by Johnson", () => {
    const result = explain(worked, [0, 1, 2], [], "johnson");
    expect(result?.weights.map(toFourDecimals)).toEqual([0.1345, 0.2217, 0.0787]);
    expect(result?.rSquared).toBeCloseTo(0.4348, 4);
  });

  test("leaves to the controls what they explain first", () => {
    const result = explain(worked, [1, 2], [0]);
    expect(result?.rSquaredOfControls).toBeCloseTo(0.25, 9);
    expect(result?.rSquared).toBeCloseTo(explain(worked, [0, 1, 2])?.rSquared ?? 0, 9);
    expect(explain(worked, [1, 2], [0], "johnson")?.rSquared).toBeCloseTo(result?.rSquared ?? 0, 9);
  });

  test("sums to R2 by either method and follows a change of labels", () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    const people = fc.array(fc.tuple(value, value, value, value), { minLength: 8, maxLength: 20 });
    fc.assert(
      fc.property(people, (given) => {
        const noise = seededRandom(1);
        const rows = given.map((row) => row.map((x) => x + noise()));
        const covariance = toMatrix(
          [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => mean(rows, i, j) - mean(rows, i) * mean(rows, j))),
        );
        for (const method of ["shapley", "johnson"] as const) {
          const result = explain(covariance, [0, 1, 2], [], method);
          const turned = explain(covariance, [2, 0, 1], [], method);
          if (!result || !turned) continue;
          const whole = explainedVariance(covariance, [0, 1, 2]) / entry(covariance, 3, 3);
          expect(result.rSquared).toBeCloseTo(whole, 6);
          expect(result.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(whole, 6);
          expect(result.weights.every((weight) => weight > -1e-9)).toBe(true);
          for (const [place, player] of [2, 0, 1].entries()) {
            expect(turned.weights[place]).toBeCloseTo(result.weights[player] ?? 0, 6);
          }
        }
      }),
    );
  });

  test("says nothing of an outcome that never varies", () => {
    expect(explain(correlations(between, [0, 0, 0]), [0, 1, 2])?.weights).toEqual([0, 0, 0]);
    expect(
      explain(
        toMatrix([
          [1, 0],
          [0, 0],
        ]),
        [0],
      ),
    ).toBeNull();
    expect(
      relativeWeights(
        toMatrix([
          [1, 1],
          [1, 1],
        ]),
        [0.5, 0.5],
      ),
    ).toBeNull();
  });

  type Given = { Rxx: number[][]; rxy: number[] };
  fixtureTest<Given, { R2: number; beta: number[]; shapley: number[]; share: number[] }>(
    "F38_shapley_r2",
    ({ Rxx, rxy }, expected) => {
      const result = explain(correlations(Rxx, rxy), [0, 1, 2]);
      const total = result?.rSquared ?? Number.NaN;
      expect(toFourDecimals(total)).toBe(expected.R2);
      expect(standardisedSlopes(correlations(Rxx, rxy), [0, 1, 2])?.map(toFourDecimals)).toEqual(expected.beta);
      expect(result?.weights.map(toFourDecimals)).toEqual(expected.shapley);
      expect(result?.weights.map((weight) => toFourDecimals(weight / total))).toEqual(expected.share);
    },
  );
  fixtureTest<unknown, { eps: number[]; sum: number; share: number[] }>(
    "F38b_johnson_relative_weights",
    (_, expected) => {
      const weights = relativeWeights(toMatrix(between), [0.5, 0.6, 0.4]) ?? [];
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expect(weights.map(toFourDecimals)).toEqual(expected.eps);
      expect(toFourDecimals(total)).toBe(expected.sum);
      expect(weights.map((weight) => toFourDecimals(weight / total))).toEqual(expected.share);
    },
  );
});

describe("the matrices", () => {
  test("solve what is positive definite and nothing else", () => {
    const definite = [
      [4, 2],
      [2, 3],
    ];
    const flat = [
      [1, 1],
      [1, 1],
    ];
    const x = solve(toMatrix(definite), [2, 5]);
    expect([x?.[0], x?.[1]]).toEqual([expect.closeTo(-0.5, 9), expect.closeTo(2, 9)]);
    expect(solve(toMatrix(flat), [1, 1])).toBeNull();
    expect(() => toMatrix([[1, 2]])).toThrow(RangeError);
  });

  test("turn into eigenvectors that give the matrix back", () => {
    const { values, vectors } = symmetricEigen(toMatrix(between));
    for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 3; j += 1) {
        const back = values.reduce((sum, x, axis) => sum + entry(vectors, i, axis) * x * entry(vectors, j, axis), 0);
        expect(back).toBeCloseTo(between[i]?.[j] ?? Number.NaN, 12);
      }
    }
  });
});

describe("linearDrivers", () => {
  test("finds the predictor that carries most, inside its interval", () => {
    const { drivers, rSquared, n } = run(ratings(400, 3), { draws: 200 });
    expect(n).toBe(400);
    expect(drivers.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(rSquared, 9);
    expect(drivers.map(({ share }) => share ?? 0).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    const [first, second, third] = drivers;
    expect((first?.share ?? 0) > (second?.share ?? 0) && (second?.share ?? 0) > (third?.share ?? 0)).toBe(true);
    for (const { share, interval } of drivers) {
      expect((interval?.lo ?? 1) <= (share ?? 0) && (share ?? 1) <= (interval?.hi ?? 0)).toBe(true);
    }
    expect(third?.interval?.hi).toBeLessThan(0.1);
  });

  test("is the same to the byte when rerun, and whatever the order of its rows", () => {
    const cells = ratings(200, 5);
    const whole = JSON.stringify(run(cells));
    expect(JSON.stringify(run(cells))).toBe(whole);
    expect(JSON.stringify(run([...cells].reverse()))).toBe(whole);
    const merged = cells.concat(cells).map((cell) => ({ ...cell, n: 0.5 }));
    expect(run(merged).rSquared).toBe(run(cells).rSquared);
    const other = linearDrivers(cells, { names, controls: 0, seed: 43, draws: 50 });
    expect(JSON.stringify(other)).not.toBe(whole);
  });

  test("does not move when a constant is added or a unit changes", () => {
    const cells = ratings(200, 5);
    const moved = cells.map((cell) => ({
      ...cell,
      predictors: cell.predictors.map((x, i) => (i === 0 ? x * 1_000 + 1e6 : x - 7)),
      outcome: cell.outcome * 3 - 100,
    }));
    const [there, back] = [run(cells), run(moved)];
    for (const [index, driver] of there.drivers.entries()) {
      expect(back.drivers[index]?.weight).toBeCloseTo(driver.weight, 9);
      expect(back.drivers[index]?.interval?.lo).toBeCloseTo(driver.interval?.lo ?? 0, 9);
    }
  });

  test("drops a repeated and a constant column and says so", () => {
    const cells = ratings(200, 5).map((cell) => ({
      ...cell,
      predictors: [...cell.predictors, (cell.predictors[0] ?? 0) * 2, 0.1],
    }));
    const result = run(cells, { names: [...names, "speed", "always the same"] });
    expect(result.drivers.map(({ name }) => name)).toEqual(names);
    expect(result.dropped).toEqual([
      { name: "always the same", reason: "constant" },
      { name: "speed", reason: "repeated" },
    ]);
    expect(result.rSquared).toBeCloseTo(run(ratings(200, 5)).rSquared, 9);
  });

  test("takes Johnson's weights beyond ten predictors", () => {
    const random = seededRandom(9);
    const cells = Array.from({ length: 300 }, () => {
      const predictors = Array.from({ length: 11 }, () => random());
      return { controls: [], predictors, outcome: predictors.reduce((sum, x) => sum + x, random()), n: 1 };
    });
    const result = run(cells, { names: Array.from({ length: 11 }, (_, i) => `moment ${i}`), draws: 20 });
    expect(result.method).toBe("johnson");
    expect(result.drivers.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(result.rSquared, 9);
  });

  test("enters the controls first", () => {
    const cells = ratings(200, 5).map(({ predictors: [a = 0, ...rest], ...cell }) => ({
      ...cell,
      controls: [a],
      predictors: rest,
    }));
    const result = run(cells, { names: names.slice(1), controls: 1 });
    expect(result.rSquared).toBeCloseTo(run(ratings(200, 5)).rSquared, 9);
    expect(result.drivers.reduce((sum, { weight }) => sum + weight, result.rSquaredOfControls)).toBeCloseTo(
      result.rSquared,
      9,
    );
  });

  test("cannot estimate from too few ratings or where nothing varies", () => {
    const options = { names, controls: 0, seed: 1, draws: 5 };
    expect(linearDrivers(ratings(29, 1), options)).toEqual({ status: "cannot_estimate", n: 29, reason: "too_few" });
    const flat = ratings(40, 1).map((cell) => ({ ...cell, outcome: 0.1 }));
    expect(linearDrivers(flat, options)).toEqual({ status: "cannot_estimate", n: 40, reason: "no_variation" });
    const still = ratings(40, 1).map((cell) => ({ ...cell, predictors: [0.1, 0.2, 0.3] }));
    expect(linearDrivers(still, options)).toMatchObject({ reason: "no_variation" });
    expect(() => linearDrivers([{ controls: [], predictors: [1], outcome: 1, n: 1 }], options)).toThrow(RangeError);
    expect(() => linearDrivers([{ controls: [], predictors: [1, 2, 3], outcome: 1, n: -1 }], options)).toThrow(
      RangeError,
    );
  });
});

function mean(rows: number[][], i: number, j?: number): number {
  return rows.reduce((sum, row) => sum + (row[i] ?? 0) * (j === undefined ? 1 : (row[j] ?? 0)), 0) / rows.length;
}
