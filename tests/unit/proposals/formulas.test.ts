import { describe, expect, test } from "vitest";
import {
  type Compared,
  gapOf,
  isOverlapping,
  jaccardOf,
  kindsOf,
  sellerEffects,
  spreadOf,
} from "@/lib/proposals/conflict";
import {
  authorityBp,
  convert,
  leakageOf,
  monthlyEquivalentOf,
  priceLine,
  priceOf,
  requiredTiers,
  usualPolicy,
  withoutTax,
} from "@/lib/proposals/price";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const once = { termMonths: 1, freeMonths: 0 };
const f50 = [
  { quantity: 3, unitMinor: 49_900, discountBp: 1250 },
  { quantity: 1, unitMinor: 120_000, discountBp: 3000 },
];

describe("the price of a proposal", () => {
  test("F50 rounds the discount of each line half up", () => {
    expect(f50.map(priceLine)).toEqual([
      { gross: 149_700, discount: 18_713, net: 130_987 },
      { gross: 120_000, discount: 36_000, net: 84_000 },
    ]);
    const price = priceOf(f50, once);
    expect(price).toMatchObject({ list: 269_700, net: 214_987, discountBp: 2029, cost: null, marginBp: null });
    expect(toFourDecimals(price?.effectiveDiscount ?? 0)).toBe(0.2029);
  });
  test("F50b compares by the month", () => {
    expect(monthlyEquivalentOf({ oneTime: 240_000, monthly: 9_900, termMonths: 24, freeMonths: 2 })).toEqual({
      total: 457_800,
      monthlyEquivalent: 19_075,
    });
    const lines = [
      { quantity: 1, unitMinor: 240_000, discountBp: 0 },
      { quantity: 1, unitMinor: 9_900, discountBp: 0, recurrence: "monthly" as const },
    ];
    const price = priceOf(lines, { termMonths: 24, freeMonths: 2 });
    expect(price).toMatchObject({ list: 477_600, net: 457_800, monthly: 19_075 });
  });
  test("nothing is said of a list total of zero, and margins know their cost", () => {
    expect(priceOf([{ quantity: 1, unitMinor: 0, discountBp: 0 }], once)).toBeNull();
    const sold = (discountBp: number) =>
      priceOf([{ quantity: 2, unitMinor: 50_000, discountBp, costMinor: 40_000 }], once);
    expect([sold(0)?.marginBp, sold(2000)?.marginBp, sold(10_000)?.marginBp]).toEqual([2000, 0, -10_000]);
  });
  test("a rate turns one currency into another, with the decimals of each", () => {
    expect(convert(10_000, "EUR", "USD", 1_100_000)).toBe(11_000);
    expect(convert(5_000, "JPY", "USD", 6_700)).toBe(3_350);
    expect(convert(3_350, "USD", "JPY", 149_000_000)).toBe(4_992);
  });
  fixtureTest<Record<string, [number, number, number][]>, { lines: object[]; list: number; net: number }>(
    "F50_net_price_minor_units",
    (given, expected) => {
      const lines = (Object.values(given)[0] ?? []).map(([quantity, unitMinor, discountBp]) => ({
        ...{ quantity, unitMinor, discountBp },
      }));
      expect(lines.map(priceLine)).toEqual(expected.lines);
      expect(priceOf(lines, once)).toMatchObject({ list: expected.list, net: expected.net });
    },
  );
  type F50b = { one_time: number; monthly: number; term_months: number; free_months: number };
  fixtureTest<F50b, { tcv: number; monthly_equiv: number }>("F50b_monthly_equivalent", (given, expected) => {
    const found = monthlyEquivalentOf({
      ...{ oneTime: given.one_time, monthly: given.monthly },
      ...{ termMonths: given.term_months, freeMonths: given.free_months },
    });
    expect([found.total, toFourDecimals(found.monthlyEquivalent)]).toEqual([expected.tcv, expected.monthly_equiv]);
  });
});

describe("who has to approve", () => {
  const cases = [
    [24_999, 2000, 3500, ["rep"]],
    [60_000, 1000, 3500, ["rep"]],
    [60_000, 1001, 3500, ["manager"]],
    [60_000, 3001, 3500, ["director"]],
    [150_000, 3001, 1500, ["vp", "finance"]],
    [25_000, 1001, null, ["manager"]],
    [150_000, 0, 3500, ["rep"]],
    [150_000, 1, 3500, ["manager"]],
    [150_000, 2001, 3500, ["director"]],
    [1_000, 0, 1999, ["rep", "finance"]],
    [1_000, 0, 2000, ["rep"]],
  ] as const;
  test.each(cases)("F54 %i at %i bp with a margin of %s: %s", (size, discountBp, marginBp, tiers) => {
    expect(requiredTiers({ size, discountBp, marginBp })).toEqual(tiers);
  });
  test("F54 a seller's own authority shrinks with the size", () =>
    expect([24_999, 25_000, 99_999, 100_000].map((size) => authorityBp(size))).toEqual([2000, 1000, 1000, 0]));
  type F54 = Record<string, [number, number, number][]> & { margin_floor_bp: number };
  fixtureTest<F54, string[][]>("F54_approval", (given, expected) => {
    const rows = Object.values(given).find(Array.isArray) ?? [];
    const found = rows.map(([size, discountBp, marginBp]) =>
      requiredTiers({ size, discountBp, marginBp }, { ...usualPolicy, marginFloorBp: given.margin_floor_bp }),
    );
    expect(found).toEqual(expected);
  });
  test("F55 leakage is what was given beyond authority", () => {
    expect(leakageOf(120_000, 1000, 3000)).toEqual({ netAtAuthority: 108_000, netGiven: 84_000, leakage: 24_000 });
    expect(leakageOf(120_000, 1000, 500).leakage).toBe(0);
  });
  fixtureTest<Record<string, number>, Record<string, number>>("F55_leakage", (given, expected) => {
    expect(leakageOf(given.list ?? 0, given.authority_bp ?? 0, given.given_bp ?? 0)).toEqual({
      ...{ netAtAuthority: expected.net_authority, netGiven: expected.net_given, leakage: expected.leakage },
    });
  });
});

describe("where proposals disagree", () => {
  const a: Compared = {
    ...{ sellerId: "a", monthly: 100_000, scopeTags: ["onsite", "support", "training"], families: ["core"] },
    ...{ discountBp: 0, termMonths: 12, freeMonths: 0, validFrom: "2026-03-01", validTo: "2026-03-31" },
    activeAt: new Date("2026-03-01T10:00:00Z"),
  };
  const b: Compared = { ...a, sellerId: "b", monthly: 70_000, discountBp: 3000 };
  const c: Compared = { ...a, sellerId: "c", monthly: 88_000, scopeTags: ["onsite", "support"] };
  test("F51 three sellers, three prices", () => {
    const { spread, cv } = spreadOf([100_000, 70_000, 88_000]);
    expect([spread, cv].map(toFourDecimals)).toEqual([0.3, 0.1434]);
    const gaps = [gapOf(100_000, 70_000), gapOf(100_000, 88_000), gapOf(70_000, 88_000)];
    expect(gaps.map(toFourDecimals)).toEqual([0.3, 0.12, 0.2045]);
    const overlaps = [jaccardOf(a.scopeTags, b.scopeTags), jaccardOf(a.scopeTags, c.scopeTags)];
    expect(overlaps.map(toFourDecimals)).toEqual([1, 0.6667]);
    expect([kindsOf(a, b), kindsOf(a, c), kindsOf(b, c)]).toEqual([
      ["price", "discount", "parallel"],
      ["price", "solution", "parallel"],
      ["price", "discount", "solution", "parallel"],
    ]);
  });
  test("a gap of exactly three percent, or the same seller a month later, is none", () => {
    expect(kindsOf(a, { ...a, monthly: 97_000 })).toEqual([]);
    expect(kindsOf(a, { ...a, monthly: 96_999 })).toEqual(["price"]);
    expect(kindsOf(a, { ...a, termMonths: 24 })).toEqual(["term"]);
    expect(kindsOf(a, { ...a, sellerId: "b", activeAt: new Date("2026-03-16T10:00:00Z") })).toEqual([]);
  });
  test("D2 they overlap in time, and in half of the scope or in a family", () => {
    expect(isOverlapping(a, { ...b, validFrom: "2026-04-01", validTo: "2026-04-30" })).toBe(false);
    expect(isOverlapping(a, { ...b, validFrom: "2026-03-31", validTo: "2026-04-30" })).toBe(true);
    const other = { ...b, families: ["extras"], scopeTags: ["paint"] };
    expect([isOverlapping(a, other), isOverlapping(a, { ...other, families: ["core"] })]).toEqual([false, true]);
    expect(isOverlapping(a, { ...other, scopeTags: ["onsite", "support", "training", "x", "y", "z"] })).toBe(true);
  });
  type F51 = { net: number[]; scopes: string[][] };
  fixtureTest<F51, Record<string, number> & { pairs_gap: Record<string, number> }>(
    "F51_conflict",
    (given, expected) => {
      const { spread, cv } = spreadOf(given.net);
      const [x = 0, y = 0, z = 0] = given.net;
      const [sx = [], sy = [], sz = []] = given.scopes;
      expect({
        ...{ spread: toFourDecimals(spread), cv_pop: toFourDecimals(cv) },
        ...{ jaccard_AB: toFourDecimals(jaccardOf(sx, sy)), jaccard_AC: toFourDecimals(jaccardOf(sx, sz)) },
        pairs_gap: {
          ...{ AB: toFourDecimals(gapOf(x, y)), AC: toFourDecimals(gapOf(x, z)), BC: toFourDecimals(gapOf(y, z)) },
        },
      }).toEqual(expected);
    },
  );
});

describe("what sellers give away", () => {
  const rows = (
    [
      ["S1", "smb", 0.05],
      ["S1", "smb", 0.07],
      ["S2", "smb", 0.15],
      ["S2", "mid", 0.2],
      ["S3", "mid", 0.12],
      ["S1", "mid", 0.1],
      ["S3", "smb", 0.05],
    ] as const
  ).map(([seller, segment, discount]) => ({ seller, segment, discount }));
  const shown = ({ sellers, segments }: ReturnType<typeof sellerEffects>) => ({
    segments: Object.fromEntries([...segments].map(([key, mean]) => [key, toFourDecimals(mean)])),
    sellers: Object.fromEntries(sellers.map(({ seller, effect }) => [seller, toFourDecimals(effect)])),
  });
  test("F53 is the mean difference from the segment's mean", () => {
    expect(shown(sellerEffects(rows))).toEqual({
      segments: { smb: 0.08, mid: 0.14 },
      sellers: { S1: -0.0267, S2: 0.065, S3: -0.025 },
    });
  });
  test("F53 is shown from twenty proposals on", () => {
    const many = (n: number) =>
      sellerEffects(Array.from({ length: n }, () => ({ seller: "S1", segment: "smb", discount: 0.1 })));
    expect([many(19).sellers[0]?.isShown, many(20).sellers[0]?.isShown]).toEqual([false, true]);
  });
  type F53 = Record<string, [string, string, number][]>;
  fixtureTest<F53, { segment_mean: object; residual: object }>("F53_seller_discount_residual", (given, expected) => {
    const found = (Object.values(given)[0] ?? []).map(([seller, segment, discount]) => ({ seller, segment, discount }));
    expect(shown(sellerEffects(found))).toEqual({ segments: expected.segment_mean, sellers: expected.residual });
  });
});

describe("tax", () => {
  test("offers with it and without it are compared without it, and a margin never counts it", () => {
    expect(withoutTax(118_000, { isTaxIncluded: true, taxBp: 1_800 })).toBe(100_000);
    expect(withoutTax(100_000, { isTaxIncluded: false, taxBp: 1_800 })).toBe(100_000);
    expect(withoutTax(99_999, { isTaxIncluded: true, taxBp: 1_700 })).toBe(85_469);
    const line = { quantity: 1, unitMinor: 118_000, discountBp: 0, costMinor: 80_000 };
    const term = { termMonths: 1, freeMonths: 0 };
    expect(priceOf([line], term, { isTaxIncluded: true, taxBp: 1_800 })?.marginBp).toBe(2_000);
    expect(priceOf([line], term)?.marginBp).toBe(3_220);
  });
});
