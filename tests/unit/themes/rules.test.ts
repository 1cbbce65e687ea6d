import { describe, expect, test } from "vitest";
import { standingOfTheme } from "@/lib/experience/theme-lift";
import { agreementOfAll, agreementsOf, keyOf, lintCodebook, type Marks, sampleSize } from "@/lib/themes/rules";

const theme = { themeId: "a", name: "Price", nameHe: "מחיר" };
const repeat = (count: number, first: string[], second: string[]): Marks[] =>
  Array.from({ length: count }, (_, each) => ({ responseId: `${first}${second}${each}`, first, second }));
const example = [...repeat(40, ["a"], ["a"]), ...repeat(5, ["a"], []), ...repeat(10, [], ["a"]), ...repeat(45, [], [])];

describe("two people who tag the same comments", () => {
  test("the worked example F40b: observed .85, expected .5, kappa 0.7", () => {
    const [found] = agreementsOf(example, [theme]);
    expect(found).toMatchObject({ bothYes: 40, firstOnly: 5, secondOnly: 10, bothNo: 45, isSound: true });
    expect(found?.kappa?.n).toBe(100);
    expect(found?.kappa?.observed).toBeCloseTo(0.85, 4);
    expect(found?.kappa?.expected).toBeCloseTo(0.5, 4);
    expect(found?.kappa?.kappa).toBeCloseTo(0.7, 4);
  });
  test("who is first makes no difference to kappa", () => {
    const turned = example.map(({ responseId, first, second }) => ({ responseId, first: second, second: first }));
    expect(agreementsOf(turned, [theme])[0]?.kappa?.kappa).toBeCloseTo(0.7, 4);
  });
  test("over all themes only those that somebody saw count", () => {
    const all = agreementsOf(example, [theme, { themeId: "b", name: "Speed", nameHe: "מהירות" }]);
    expect(all[1]?.kappa).toBeNull();
    expect(agreementOfAll(all).kappa?.kappa).toBeCloseTo(0.7, 4);
  });
  test("without marks nothing is said", () => expect(agreementOfAll(agreementsOf([], [theme])).kappa).toBeNull());
  test("a tenth of the comments is read twice, at least one, at most all", () => {
    expect([
      sampleSize(100, 0.1),
      sampleSize(3, 0.1),
      sampleSize(0, 0.1),
      sampleSize(101, 0.1),
      sampleSize(9000, 0.1),
    ]).toEqual([10, 1, 0, 11, 200]);
  });
});

test("the worked example F40: prevalence 0.12, negative 0.75 [0.5510, 0.8800], lift 3", () => {
  const found = standingOfTheme({ comments: 200, negative: 50, themed: 24, themedNegative: 18 });
  expect(found.prevalence.rate).toBeCloseTo(0.12, 4);
  expect(found.negative.lo).toBeCloseTo(0.551, 4);
  expect(found.negative.hi).toBeCloseTo(0.88, 4);
  expect(found.lift).toBeCloseTo(3, 4);
});

describe("a codebook", () => {
  const plain = { name: "Price", nameHe: "מחיר", key: null, words: ["price*"], wordsHe: [] };
  test("is complete with both names and words that are long enough", () => {
    expect(lintCodebook([plain])).toEqual([]);
    expect(lintCodebook([])).toEqual([{ path: "themes", reason: "no_themes" }]);
    expect(
      lintCodebook([
        { ...plain, nameHe: "" },
        { ...plain, words: ["a*"] },
      ]).map(({ reason }) => reason),
    ).toEqual(["required", "duplicate", "too_short"]);
  });
  test("holds at most thirty themes", () => {
    const many = Array.from({ length: 31 }, (_, each) => ({ ...plain, name: `Theme ${each}` }));
    expect(lintCodebook(many)).toEqual([{ path: "themes", reason: "too_many_themes" }]);
  });
  test("names a new theme by a key of its own", () => {
    expect(keyOf("Price clarity!", new Set())).toBe("price_clarity");
    expect(keyOf("Price clarity", new Set(["price_clarity"]))).toBe("price_clarity_2");
    expect(keyOf("מחיר", new Set())).toBe("theme");
  });
});
