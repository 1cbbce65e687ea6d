import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  basisPointsOf,
  currencyExponent,
  formatMoney,
  minorFromDecimal,
  multiplyRounded,
  sayMoney,
  sumMoney,
} from "@/lib/money";
import { fixtureTest } from "./domain-fixtures";

const plain = (text: string) => text.replace(/[\u200e\u200f\u061c]/g, "").replace(/\u00a0/g, " ");

describe("money", () => {
  test("rounds half away from zero, on both sides of it", () => {
    expect(basisPointsOf(149_700, 1250)).toBe(18_713);
    expect([multiplyRounded(5, 1, 2), multiplyRounded(-5, 1, 2), multiplyRounded(5, -1, 2)]).toEqual([3, -3, -3]);
    expect([multiplyRounded(4, 1, 3), multiplyRounded(-4, 1, 3), multiplyRounded(-1, 1, 3)]).toEqual([1, -1, 0]);
  });

  test("is said without empty decimals, and with those that count", () => {
    expect(sayMoney({ minor: 61_240_000, currency: "USD" }, "en")).toBe("$612,400");
    expect(sayMoney({ minor: 61_240_050, currency: "USD" }, "en")).toBe("$612,400.50");
    expect(sayMoney({ minor: 5_000, currency: "JPY" }, "en")).toBe("¥5,000");
    expect(sayMoney({ minor: 5_000, currency: "KWD" }, "en")).toContain("5");
  });

  test("is exact where floating point is not", () => {
    expect(multiplyRounded(9_007_199_254_740_991, 10_000, 10_000)).toBe(9_007_199_254_740_991);
    expect(() => multiplyRounded(9_007_199_254_740_991, 2, 1)).toThrow(RangeError);
    expect(() => multiplyRounded(1.5, 1, 1)).toThrow(RangeError);
    expect(() => multiplyRounded(1, 1, 0)).toThrow(RangeError);
  });

  test("never strays more than half a unit from the exact amount", () => {
    const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(whole, whole, fc.integer({ min: 1, max: 100_000 }), (minor, numerator, denominator) => {
        const rounded = multiplyRounded(minor, numerator, denominator);
        const off = BigInt(rounded) * BigInt(denominator) - BigInt(minor) * BigInt(numerator);
        expect(Math.abs(Number(off)) * 2).toBeLessThanOrEqual(denominator);
        expect(multiplyRounded(-minor, numerator, denominator) + rounded).toBe(0);
      }),
    );
  });

  test("knows the decimals of a currency", () => {
    expect(["USD", "ILS", "JPY", "KWD"].map(currencyExponent)).toEqual([2, 2, 0, 3]);
    expect(() => currencyExponent("dollars")).toThrow(RangeError);
  });

  test("writes amounts as the locale does", () => {
    expect(plain(formatMoney({ minor: 1_234_550, currency: "USD" }, "en"))).toBe("$12,345.50");
    expect(plain(formatMoney({ minor: 1_234_550, currency: "ILS" }, "he"))).toBe("12,345.50 ₪");
    expect(plain(formatMoney({ minor: 1200, currency: "JPY" }, "en"))).toBe("¥1,200");
  });

  test("adds amounts of one currency only", () => {
    const [a, b] = [
      { minor: 130_987, currency: "USD" },
      { minor: 84_000, currency: "USD" },
    ];
    expect(sumMoney([a, b], "USD")).toEqual({ minor: 214_987, currency: "USD" });
    expect(sumMoney([], "ILS")).toEqual({ minor: 0, currency: "ILS" });
    expect(() => sumMoney([a, { minor: 1, currency: "ILS" }], "USD")).toThrow(RangeError);
  });

  test.each([
    ["1200.5", "USD", 120_050],
    ["0.005", "USD", 1],
    ["0.0049", "USD", 0],
    ["-0.005", "USD", -1],
    ["-0.001", "USD", 0],
    ["7.", "USD", 700],
    [" +12 ", "JPY", 12],
    ["12.5", "JPY", 13],
    ["1.2345", "KWD", 1235],
    ["1,200", "USD", null],
    [".5", "USD", null],
    ["1e3", "USD", null],
    ["", "USD", null],
    ["99999999999999999", "USD", null],
  ])("reads %j as %s: %s", (text, currency, minor) => {
    expect(minorFromDecimal(text, currency)).toBe(minor);
  });

  type Line = { gross: number; discount: number; net: number };
  fixtureTest<Record<string, [number, number, number][]>, { lines: Line[] }>(
    "F50_net_price_minor_units",
    (given, expected) => {
      const lines = Object.values(given)
        .flat()
        .map(([quantity, unit, basisPoints]) => {
          const gross = quantity * unit;
          const discount = basisPointsOf(gross, basisPoints);
          return { gross, discount, net: gross - discount };
        });
      expect(lines).toEqual(expected.lines);
    },
  );
});
