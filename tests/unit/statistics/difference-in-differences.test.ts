import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BeforeAfter,
  differenceInDifferences,
  pool,
  ratingsToProve,
} from "@/lib/statistics/difference-in-differences";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const change = (k1: number, n1: number, k2: number, n2: number): BeforeAfter => ({
  before: { k: k1, n: n1 },
  after: { k: k2, n: n2 },
});
const treated = change(60, 100, 78, 100);
const control = change(62, 100, 66, 100);

describe("differenceInDifferences", () => {
  test("measures the worked example, which proves nothing", () => {
    const found = differenceInDifferences([treated], [control]);
    expect(found && Object.values(found).map(toFourDecimals)).toEqual([0.14, 0.0934, -0.043, 0.323, 1.4996, 0.1337]);
  });

  test("does not care how ratings are split among people unless people are what varies", () => {
    const split = [change(20, 50, 38, 50), change(40, 50, 40, 50)];
    expect(pool(split)).toEqual(treated);
    expect(differenceInDifferences(split, [control])).toEqual(differenceInDifferences([treated], [control]));
    const clustered = differenceInDifferences(split, [control], true);
    // Residuals of +-0.09 on either side, two people: 2 x 0.09 ^ 2 x 2, and the control's own error by rating.
    const expected = Math.sqrt(4 * 0.09 ** 2 + 0.2356 / 100 + 0.2244 / 100);
    expect(clustered?.standardError).toBeCloseTo(expected, 9);
  });

  test("falls back to ratings when every person changed alike", () => {
    const alike = [change(30, 50, 39, 50), change(30, 50, 39, 50)];
    const plain = differenceInDifferences([treated], [control]);
    expect(differenceInDifferences(alike, [control], true)?.standardError).toBeCloseTo(plain?.standardError ?? 0, 12);
  });

  test("says nothing without data or where nothing varies", () => {
    expect(differenceInDifferences([change(0, 0, 5, 9)], [control])).toBeNull();
    expect(differenceInDifferences([change(9, 9, 9, 9)], [change(0, 9, 0, 9)])).toBeNull();
    expect(() => differenceInDifferences([change(3, 2, 1, 2)], [control])).toThrow(RangeError);
  });

  test("contains its effect, turns round with its sides, and mirrors with success and failure", () => {
    const count = fc.integer({ min: 1, max: 500 }).chain((n) => fc.nat(n).map((k) => ({ k, n })));
    const cell = fc.record({ before: count, after: count });
    const flip = ({ before, after }: BeforeAfter) => change(before.n - before.k, before.n, after.n - after.k, after.n);
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const there = differenceInDifferences([a], [b]);
        if (!there) return;
        expect(there.lo <= there.effect && there.effect <= there.hi && there.p >= 0 && there.p <= 1).toBe(true);
        expect(differenceInDifferences([b], [a])?.lo).toBeCloseTo(-there.hi, 9);
        expect(differenceInDifferences([flip(a)], [flip(b)])?.effect).toBeCloseTo(-there.effect, 9);
      }),
    );
  });

  fixtureTest<unknown, Record<"did" | "se" | "lo" | "hi" | "z" | "p", number>>("F41_did_enablement", (_, expected) => {
    const found = differenceInDifferences([treated], [control]);
    const { did, se, lo, hi, z, p } = expected;
    expect(found && Object.values(found).map(toFourDecimals)).toEqual([did, se, lo, hi, z, p]);
  });
});

describe("ratingsToProve", () => {
  test("asks for 350 ratings a cell to prove fourteen points", () => {
    const spread = 0.24 + 0.1716 + 0.2356 + 0.2244;
    expect(ratingsToProve(treated, control)).toBe(Math.ceil((2.8015852 ** 2 * spread) / 0.14 ** 2));
    expect(ratingsToProve(treated, control)).toBe(350);
  });

  test("knows no number for no effect or no data", () => {
    expect(ratingsToProve(treated, treated)).toBeNull();
    expect(ratingsToProve(change(0, 0, 1, 2), control)).toBeNull();
  });
});
