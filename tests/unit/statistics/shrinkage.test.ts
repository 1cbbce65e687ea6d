import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustForMany, findings } from "@/lib/statistics/benjamini-hochberg";
import { isSound, kappaOf } from "@/lib/statistics/kappa";
import { pooledTest } from "@/lib/statistics/pooled-test";
import { chanceToReach, priorOf, shrink } from "@/lib/statistics/shrinkage";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const agents = [
  { k: 30, n: 100 },
  { k: 66, n: 120 },
  { k: 49, n: 70 },
  { k: 1, n: 5 },
  { k: 12, n: 40 },
];

function priorFor(counts: { k: number; n: number }[]) {
  const prior = priorOf(counts);
  if (!prior) throw new Error("Two groups make a prior.");
  return prior;
}

describe("priorOf", () => {
  test("learns the mean and the strength of a family", () => {
    const prior = priorFor(agents);
    expect([prior.mu, prior.chiSquare, prior.rho ?? 0, prior.strength].map(toFourDecimals)).toEqual([
      0.4716, 35.637, 0.1325, 6.5445,
    ]);
  });

  test("pools fully when the rates spread less than chance", () => {
    const prior = priorFor([
      { k: 8, n: 10 },
      { k: 7, n: 10 },
      { k: 9, n: 10 },
    ]);
    expect([prior.mu, prior.chiSquare, prior.rho ?? 0, prior.strength].map(toFourDecimals)).toEqual([
      0.8, 1.25, -0.0417, 1000,
    ]);
  });

  test("pools fully when all or none succeed, and when every group has one trial", () => {
    expect(
      priorFor([
        { k: 3, n: 3 },
        { k: 5, n: 5 },
      ]),
    ).toMatchObject({ mu: 1, strength: 1000 });
    expect(
      priorFor([
        { k: 0, n: 3 },
        { k: 0, n: 5 },
      ]),
    ).toMatchObject({ mu: 0, strength: 1000 });
    expect(
      priorFor([
        { k: 0, n: 1 },
        { k: 1, n: 1 },
      ]),
    ).toMatchObject({ rho: null, strength: 1000 });
  });

  test("is not made of one group", () => {
    expect(
      priorOf([
        { k: 3, n: 9 },
        { k: 0, n: 0 },
      ]),
    ).toBeNull();
    expect(() => priorOf([{ k: 3, n: 2 }])).toThrow(RangeError);
  });

  type Row = { agent: string; raw: number; eb: number; lo90: number; hi90: number; "P_ge_0.5": number };
  fixtureTest<{ agent_k_n: [string, number, number][] }, { M: number; alpha: number; beta: number; rows: Row[] }>(
    "F34_empirical_bayes",
    (given, expected) => {
      const counts = given.agent_k_n.map(([, k, n]) => ({ k, n }));
      const prior = priorFor(counts);
      expect(toFourDecimals(prior.strength)).toBe(expected.M);
      expect(toFourDecimals(prior.mu * prior.strength)).toBe(expected.alpha);
      expect(toFourDecimals((1 - prior.mu) * prior.strength)).toBe(expected.beta);
      const rows = counts.map((count) => {
        const { rate, lo90, hi90 } = shrink(count, prior);
        return [count.k / count.n, rate, lo90, hi90, chanceToReach(0.5, count, prior)].map(toFourDecimals);
      });
      expect(rows).toEqual(expected.rows.map((row) => [row.raw, row.eb, row.lo90, row.hi90, row["P_ge_0.5"]]));
    },
  );
  fixtureTest<{ k_n: [number, number][] }, { mu: number; X2: number; rho: number; M: number }>(
    "F34b_underdispersed",
    (given, expected) => {
      const prior = priorFor(given.k_n.map(([k, n]) => ({ k, n })));
      expect([prior.mu, prior.chiSquare, prior.rho ?? 0, prior.strength].map(toFourDecimals)).toEqual([
        expected.mu,
        expected.X2,
        expected.rho,
        expected.M,
      ]);
    },
  );
});

describe("shrink", () => {
  test("pulls one success in five towards the family", () => {
    const prior = priorFor(agents);
    const dov = shrink({ k: 1, n: 5 }, prior);
    expect([dov.rate, dov.lo90, dov.hi90].map(toFourDecimals)).toEqual([0.354, 0.1471, 0.5908]);
    expect(chanceToReach(0.5, { k: 1, n: 5 }, prior)).toBeCloseTo(0.1497, 4);
    expect(chanceToReach(0.5, { k: 66, n: 120 }, prior)).toBeCloseTo(0.8503, 4);
    expect(agents.map((count) => toFourDecimals(shrink(count, prior).rate))).toEqual([
      0.3105, 0.5459, 0.6805, 0.354, 0.3241,
    ]);
  });

  test("lies between the own rate and the family's, inside its own interval", () => {
    const count = fc.integer({ min: 1, max: 5_000 }).chain((n) => fc.nat(n).map((k) => ({ k, n })));
    fc.assert(
      fc.property(fc.array(count, { minLength: 2, maxLength: 8 }), (counts) => {
        const prior = priorFor(counts);
        expect(prior.strength >= 2 && prior.strength <= 1000).toBe(true);
        for (const one of counts) {
          const { rate, lo90, hi90 } = shrink(one, prior);
          expect(rate).toBeGreaterThanOrEqual(Math.min(one.k / one.n, prior.mu) - 1e-12);
          expect(rate).toBeLessThanOrEqual(Math.max(one.k / one.n, prior.mu) + 1e-12);
          expect(lo90).toBeLessThanOrEqual(hi90);
          expect(lo90 >= 0 && hi90 <= 1).toBe(true);
        }
      }),
    );
  });

  test("is the same whatever the order of the family", () => {
    const [there, back] = [priorFor(agents), priorFor([...agents].reverse())];
    expect(there.strength).toBeCloseTo(back.strength, 9);
  });
});

describe("adjustForMany", () => {
  test("lets the worked example reach .05 exactly", () => {
    const values = [0.001, 0.012, 0.03, 0.04, 0.2];
    expect(adjustForMany(values).map(toFourDecimals)).toEqual([0.005, 0.03, 0.05, 0.05, 0.2]);
    expect(findings(values, 0.05)).toEqual([true, true, true, true, false]);
  });

  test("never lowers a p value, keeps their order, and does not care how they came", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(values, (given) => {
        const adjusted = adjustForMany(given);
        for (const [index, p] of given.entries()) {
          expect(adjusted[index] ?? 0).toBeGreaterThanOrEqual(p - 1e-12);
          expect(adjusted[index] ?? 2).toBeLessThanOrEqual(1);
        }
        expect(adjustForMany([...given].reverse())).toEqual([...adjusted].reverse());
      }),
    );
    expect(() => adjustForMany([1.2])).toThrow(RangeError);
  });

  fixtureTest<{ p: number[]; q: number }, { adjusted: number[]; reject: boolean[] }>("F90_bh", (given, expected) => {
    expect(adjustForMany(given.p).map(toFourDecimals)).toEqual(expected.adjusted);
    expect(findings(given.p, given.q)).toEqual(expected.reject);
  });
});

describe("pooledTest", () => {
  test("tests 28 of 80 against 14 of 80", () => {
    const result = pooledTest({ k: 28, n: 80 }, { k: 14, n: 80 });
    expect([result?.z ?? 0, result?.p ?? 0].map(toFourDecimals)).toEqual([2.5155, 0.0119]);
  });

  test("says nothing without data or where nothing varies", () => {
    expect(pooledTest({ k: 0, n: 0 }, { k: 1, n: 2 })).toBeNull();
    expect(pooledTest({ k: 2, n: 2 }, { k: 3, n: 3 })).toBeNull();
  });
});

describe("kappaOf", () => {
  test("measures agreement beyond chance", () => {
    const result = kappaOf({ bothYes: 40, firstOnly: 5, secondOnly: 10, bothNo: 45 });
    expect([result?.observed, result?.expected, result?.kappa].map((x) => toFourDecimals(x ?? 0))).toEqual([
      0.85, 0.5, 0.7,
    ]);
    expect(result && isSound(result)).toBe(true);
  });

  test("says nothing without data and where both know one word only", () => {
    expect(kappaOf({ bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 })).toBeNull();
    expect(kappaOf({ bothYes: 9, firstOnly: 0, secondOnly: 0, bothNo: 0 })).toBeNull();
    expect(() => kappaOf({ bothYes: -1, firstOnly: 0, secondOnly: 0, bothNo: 2 })).toThrow(RangeError);
  });

  test("stays within -1 and 1 and does not care who was first, or which word is yes", () => {
    const cell = fc.nat(1_000);
    fc.assert(
      fc.property(cell, cell, cell, cell, (bothYes, firstOnly, secondOnly, bothNo) => {
        const kappa = kappaOf({ bothYes, firstOnly, secondOnly, bothNo })?.kappa;
        if (kappa === undefined) return;
        expect(kappa >= -1 - 1e-9 && kappa <= 1 + 1e-9).toBe(true);
        const swapped = kappaOf({ bothYes, firstOnly: secondOnly, secondOnly: firstOnly, bothNo })?.kappa;
        const relabelled = kappaOf({ bothYes: bothNo, firstOnly: secondOnly, secondOnly: firstOnly, bothNo: bothYes });
        expect(swapped).toBeCloseTo(kappa, 9);
        expect(relabelled?.kappa).toBeCloseTo(kappa, 9);
      }),
    );
  });

  type Table = { both_yes: number; r1yes_r2no: number; r1no_r2yes: number; both_no: number };
  fixtureTest<Table, { po: number; pe: number; kappa: number }>("F40b_cohen_kappa", (given, expected) => {
    const result = kappaOf({
      bothYes: given.both_yes,
      firstOnly: given.r1yes_r2no,
      secondOnly: given.r1no_r2yes,
      bothNo: given.both_no,
    });
    expect(result).toMatchObject({
      observed: expect.closeTo(expected.po, 4),
      expected: expect.closeTo(expected.pe, 4),
      kappa: expect.closeTo(expected.kappa, 4),
    });
  });
});
