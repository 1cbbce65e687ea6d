import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameLikeness } from "@/lib/customers/likeness";

const name = fc.string({ unit: fc.constantFrom(..."abc דנלé"), maxLength: 12 });

describe("nameLikeness", () => {
  test.each([
    ["MARTHA", "MARHTA", 0.9611],
    ["DWAYNE", "DUANE", 0.84],
    ["DIXON", "DICKSONX", 0.8133],
    ["JELLYFISH", "SMELLYFISH", 0.8963],
  ])("compares %s with %s as the literature does", (a, b, expected) => {
    expect(nameLikeness(a, b)).toBeCloseTo(expected, 4);
  });

  test("does not mind order, case, accents, niqqud and final letters", () => {
    expect(nameLikeness("Dana Levi", "LEVI, Dána")).toBe(1);
    expect(nameLikeness("כֹּהֵן דנה", "דנה כהנ")).toBe(1);
  });

  test("tells a slip of the pen from another name", () => {
    expect(nameLikeness("Dana Levi", "Dana Levy")).toBeGreaterThan(0.9);
    expect(nameLikeness("Dana Levi", "Yossi Mizrahi")).toBeLessThan(0.6);
  });

  test("finds no likeness to an empty name", () => {
    expect([nameLikeness("", "Dana"), nameLikeness("Dana", " - "), nameLikeness("", "")]).toEqual([0, 0, 0]);
  });

  test("is the same both ways, within 0 and 1, and 1 with itself", () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const likeness = nameLikeness(a, b);
        expect(likeness).toBe(nameLikeness(b, a));
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        if (a.trim() !== "") expect(nameLikeness(a, a)).toBe(1);
      }),
      { numRuns: 1000 },
    );
  });
});
