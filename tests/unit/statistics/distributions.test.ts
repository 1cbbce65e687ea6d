import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaBelow, betaQuantile } from "@/lib/statistics/beta";
import { chanceOfAtLeast, chanceOfAtMost } from "@/lib/statistics/binomial";
import { chiSquareTail, homogeneity } from "@/lib/statistics/chi-square";
import { drawBinomial, drawHypergeometric, redraw } from "@/lib/statistics/draws";
import { logGamma, upperGamma } from "@/lib/statistics/gamma";
import { twoSidedP } from "@/lib/statistics/normal";
import { seededRandom } from "@/lib/statistics/random";

describe("seededRandom", () => {
  test("starts from seed 42 as every mulberry32 does", () => {
    const random = seededRandom(42);
    expect([random(), random(), random(), random(), random()].map((u) => Number(u.toFixed(4)))).toEqual([
      0.6011, 0.4483, 0.8525, 0.6697, 0.1748,
    ]);
  });

  test("repeats itself from the same seed and stays below 1", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [first, second] = [seededRandom(seed), seededRandom(seed)];
        for (let i = 0; i < 20; i += 1) {
          const u = first();
          expect(u).toBe(second());
          expect(u >= 0 && u < 1).toBe(true);
        }
      }),
    );
  });
});

describe("the distributions", () => {
  test.each([
    [0.5, 0.5723649429247],
    [1, 0],
    [10, 12.8018274800815],
    [170_000.5, 1_877_405.050663796],
  ])("know the logarithm of gamma at %f", (x, expected) => {
    expect(logGamma(x) / (expected || 1)).toBeCloseTo(expected === 0 ? 0 : 1, 11);
  });

  test.each([
    [3.841458820694124, 1, 0.05],
    [11.5717, 4, 0.02083],
    [40, 3, 1.0655e-8],
  ])("give chi-square %f on %i degrees its tail", (value, degrees, tail) => {
    expect(chiSquareTail(value, degrees) / tail).toBeCloseTo(1, 3);
  });

  test("give the normal distribution its two-sided p", () => {
    expect(twoSidedP(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(twoSidedP(-1.4996)).toBeCloseTo(0.1337, 4);
    expect(twoSidedP(0)).toBe(1);
  });

  test("refuse what has no answer", () => {
    expect(() => logGamma(0)).toThrow(RangeError);
    expect(() => upperGamma(1, -1)).toThrow(RangeError);
    expect(() => betaBelow(1.1, 1, 1)).toThrow(RangeError);
    expect(() => betaQuantile(-0.1, 1, 1)).toThrow(RangeError);
  });

  test("find the beta quantile below which the share lies", () => {
    const shape = fc.double({ min: 0.05, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, q) => {
        const x = betaQuantile(q, a, b);
        if (x > 1e-9 && x < 1 - 1e-9) expect(betaBelow(x, a, b)).toBeCloseTo(q, 5);
      }),
    );
  });

  test("find it also where it is close to an end", () => {
    expect(betaBelow(betaQuantile(0.3121, 0.0778, 149.9), 0.0778, 149.9)).toBeCloseTo(0.3121, 9);
    expect(betaBelow(betaQuantile(0.5207, 115.98, 0.05), 115.98, 0.05)).toBeCloseTo(0.5207, 7);
    expect(betaQuantile(0.01, 0.01, 5)).toBeLessThan(1e-60);
  });

  test("put all weight on one end when a shape is 0", () => {
    expect([betaQuantile(0.3, 0, 5), betaQuantile(0.3, 5, 0)]).toEqual([0, 1]);
    expect([betaBelow(0.4, 0, 5), betaBelow(0.4, 5, 0)]).toEqual([1, 0]);
  });

  test("sum the binomial chances on both sides to 1 and the chance of k", () => {
    expect(chanceOfAtMost(3, 8, 0.85)).toBeCloseTo(0.0029, 4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, p) => {
        const k = Math.floor(n / 2);
        expect(chanceOfAtMost(k, n, p) + chanceOfAtLeast(k + 1, n, p)).toBeCloseTo(1, 9);
        expect(chanceOfAtMost(n, n, p)).toBe(1);
        expect(chanceOfAtLeast(0, n, p)).toBe(1);
      }),
    );
  });
});

describe("the draws", () => {
  const average = (draw: () => number) => Array.from({ length: 4_000 }, draw).reduce((sum, x) => sum + x, 0) / 4_000;

  test.each([
    [8, 0.3],
    [500, 0.02],
    [1_000_000, 0.71],
  ])("of %i trials of chance %f average what is expected and spread as expected", (n, p) => {
    const random = seededRandom(7);
    const sd = Math.sqrt(n * p * (1 - p));
    expect(Math.abs(average(() => drawBinomial(random, n, p)) - n * p) / sd).toBeLessThan(0.08);
    const spread = average(() => (drawBinomial(random, n, p) - n * p) ** 2);
    expect(Math.sqrt(spread) / sd).toBeCloseTo(1, 1);
  });

  test("without putting back average what is expected", () => {
    const random = seededRandom(7);
    expect(average(() => drawHypergeometric(random, 20, 300, 1_000))).toBeCloseTo(6, 0);
    expect(drawHypergeometric(random, 5, 5, 5)).toBe(5);
    expect(drawHypergeometric(random, 5, 0, 50)).toBe(0);
  });

  test("stay within their bounds", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(500), fc.nat(500), fc.nat(500), (seed, a, b, c) => {
        const random = seededRandom(seed);
        const all = a + b + c;
        const marked = drawHypergeometric(random, a, b, all);
        expect(marked >= Math.max(0, a + b - all) && marked <= Math.min(a, b)).toBe(true);
        const k = drawBinomial(random, a, b / Math.max(1, b + c));
        expect(k >= 0 && k <= a).toBe(true);
      }),
    );
  });

  test("keep the sum of redrawn counts", () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(2_000), { minLength: 1, maxLength: 30 }), (seed, counts) => {
        const into = new Float64Array(counts.length);
        redraw(seededRandom(seed), counts, into);
        expect(into.reduce((sum, x) => sum + x, 0)).toBe(counts.reduce((sum, x) => sum + x, 0));
        expect(counts.every((count, index) => count > 0 || into[index] === 0)).toBe(true);
      }),
    );
  });
});

describe("homogeneity", () => {
  const four = [
    { k: 170, n: 200 },
    { k: 120, n: 160 },
    { k: 66, n: 80 },
    { k: 45, n: 50 },
  ];

  test("tests four channels by the curve", () => {
    const result = homogeneity(four, 1);
    expect(result).toMatchObject({ degrees: 3, by: "curve" });
    expect(result?.chiSquare).toBeCloseTo(8.6429, 4);
    expect(result?.p).toBeCloseTo(0.0344, 4);
  });

  test("simulates p where a cell expects fewer than five, the same for the same seed", () => {
    const thin = [
      { k: 1, n: 25 },
      { k: 8, n: 25 },
      { k: 0, n: 20 },
    ];
    const result = homogeneity(thin, 5);
    expect(result?.by).toBe("simulation");
    expect(result).toEqual(homogeneity(thin, 5));
    expect(homogeneity([...thin].reverse(), 5)?.p).toBe(result?.p);
    expect(result?.p).toBeGreaterThan(0.0005);
    expect(result?.p).toBeLessThan(0.01);
  });

  test("says nothing of one group and finds no difference where nothing varies", () => {
    expect(homogeneity([{ k: 1, n: 2 }], 1)).toBeNull();
    expect(
      homogeneity(
        [
          { k: 0, n: 2 },
          { k: 0, n: 0 },
        ],
        1,
      ),
    ).toBeNull();
    expect(
      homogeneity(
        [
          { k: 2, n: 2 },
          { k: 9, n: 9 },
        ],
        1,
      ),
    ).toMatchObject({ chiSquare: 0, p: 1 });
    expect(() => homogeneity([{ k: 3, n: 2 }], 1)).toThrow(RangeError);
  });

  test("does not care which group comes first", () => {
    expect(homogeneity([...four].reverse(), 1)?.chiSquare).toBeCloseTo(8.6429, 4);
  });
});
