import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effectOfEnablement, type PersonBeforeAfter } from "@/lib/experience/enablement-effect";
import { priorityOf, rankMoments } from "@/lib/experience/priority";
import { standingOfTheme } from "@/lib/experience/theme-lift";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const person = (name: string, k1: number, n1: number, k2: number, n2: number): PersonBeforeAfter => ({
  person: name,
  before: { k: k1, n: n1 },
  after: { k: k2, n: n2 },
});
const team = (name: string, size: number, row: (i: number) => [number, number, number, number]) =>
  Array.from({ length: size }, (_, i) => person(`${name} ${i}`, ...row(i)));

describe("effectOfEnablement", () => {
  test("calls the worked example not proven and says how many ratings it would take", () => {
    const effect = effectOfEnablement([person("Ann", 60, 100, 78, 100)], [person("Ben", 62, 100, 66, 100)], "by_lot");
    expect(effect).toMatchObject({
      status: "estimated",
      verdict: "not_proven",
      reason: "interval_includes_zero",
      errorBetween: "ratings",
      ratingsNeeded: 350,
      effect: expect.closeTo(0.14, 4),
      standardError: expect.closeTo(0.0934, 4),
      lo: expect.closeTo(-0.043, 4),
      hi: expect.closeTo(0.323, 4),
      p: expect.closeTo(0.1337, 4),
    });
  });

  test("calls a large effect proven, and one the wrong way proven worse", () => {
    const [better, same] = [[person("Ann", 180, 300, 246, 300)], [person("Ben", 183, 300, 189, 300)]];
    expect(effectOfEnablement(better, same, "low_scores")).toMatchObject({ verdict: "proven", ratingsNeeded: null });
    expect(effectOfEnablement(same, better, "by_lot")).toMatchObject({ verdict: "proven_worse" });
  });

  test("does not believe people picked because they were low against people who were not", () => {
    const [low, high] = [[person("Ann", 150, 300, 246, 300)], [person("Ben", 240, 300, 243, 300)]];
    expect(effectOfEnablement(low, high, "low_scores")).toMatchObject({
      verdict: "not_proven",
      reason: "controls_not_equally_low",
    });
    expect(effectOfEnablement(low, high, "staggered_start")).toMatchObject({ verdict: "proven" });
  });

  test("says nothing below thirty ratings in a cell or where nothing varies", () => {
    const few = effectOfEnablement([person("Ann", 10, 29, 20, 40)], [person("Ben", 10, 40, 10, 40)], "by_lot");
    expect(few).toEqual({ status: "cannot_estimate", reason: "too_few_ratings", fewestRatings: 29 });
    const flat = effectOfEnablement([person("Ann", 40, 40, 40, 40)], [person("Ben", 40, 40, 40, 40)], "by_lot");
    expect(flat).toMatchObject({ status: "cannot_estimate", reason: "no_variation" });
  });

  test("takes the error between people from ten people on, and then doubts what one person did", () => {
    const enabled = team("enabled", 5, (i) => (i === 0 ? [10, 60, 60, 60] : [40, 60, 40, 60]));
    const others = team("others", 5, (i) => [38 + i, 60, 38 + i, 60]);
    const [clustered, plain] = [
      effectOfEnablement(enabled, others, "by_lot"),
      effectOfEnablement(enabled, others.slice(0, 4), "by_lot"),
    ];
    expect(plain).toMatchObject({ errorBetween: "ratings", verdict: "proven" });
    expect(clustered).toMatchObject({ errorBetween: "people", verdict: "not_proven" });
  });
});

describe("rankMoments", () => {
  const moments = [
    { key: "handover call", weight: 0.34, shrunken: 0.71, n: 120, volume: 400 },
    { key: "first reply", weight: 0.25, shrunken: 0.88, n: 300, volume: 900 },
    { key: "price explanation", weight: 0.41, shrunken: 0.8, n: 60, volume: 150 },
  ];

  test("puts the handover call first", () => {
    const { ranked } = rankMoments(moments, 0.85);
    expect(ranked.map(({ key, priority }) => [key, toFourDecimals(priority)])).toEqual([
      ["handover call", 19.04],
      ["price explanation", 3.075],
      ["first reply", 0],
    ]);
  });

  test("does not rank below twenty ratings or without weight", () => {
    const thin = [{ ...moments[0], key: "thin", weight: 1, shrunken: 0, n: 19, volume: 9 }];
    const blank = [{ key: "blank", weight: null, shrunken: 0.1, n: 90, volume: 9 }];
    expect(rankMoments([...thin, ...blank, ...moments], 0.85)).toMatchObject({
      ranked: [{ key: "handover call" }, { key: "price explanation" }, { key: "first reply" }],
      unranked: ["blank", "thin"],
    });
  });

  test("ranks the same whatever the order they came in", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(moments, { minLength: 3 }), (shuffled) => {
        expect(rankMoments(shuffled, 0.85)).toEqual(rankMoments(moments, 0.85));
      }),
    );
  });

  type Given = { "name,weight,eb_positive,volume": [string, number, number, number][]; target: number };
  fixtureTest<Given, [string, number][]>("F39_priority", (given, expected) => {
    const found = given["name,weight,eb_positive,volume"].map(([name, weight, shrunken, volume]) => [
      name,
      toFourDecimals(priorityOf(weight, shrunken, volume, given.target)),
    ]);
    expect(found).toEqual(expected);
  });
});

describe("standingOfTheme", () => {
  test("finds a theme of every eighth comment three times as negative as all", () => {
    const standing = standingOfTheme({ comments: 200, negative: 50, themed: 24, themedNegative: 18 });
    expect(standing.prevalence.rate).toBeCloseTo(0.12, 4);
    expect(standing.negative).toMatchObject({ rate: 0.75, lo: expect.closeTo(0.551, 4), hi: expect.closeTo(0.88, 4) });
    expect(standing.lift).toBeCloseTo(3, 4);
  });

  test("knows no lift without comments or without negative ones, and refuses what is no part", () => {
    expect(standingOfTheme({ comments: 0, negative: 0, themed: 0, themedNegative: 0 }).lift).toBeNull();
    expect(standingOfTheme({ comments: 9, negative: 0, themed: 3, themedNegative: 0 }).lift).toBeNull();
    expect(standingOfTheme({ comments: 9, negative: 3, themed: 0, themedNegative: 0 }).lift).toBeNull();
    expect(() => standingOfTheme({ comments: 9, negative: 1, themed: 5, themedNegative: 2 })).toThrow(RangeError);
    expect(() => standingOfTheme({ comments: 9, negative: 1, themed: 10, themedNegative: 1 })).toThrow(RangeError);
  });

  type Given = Record<"comments" | "negative" | "theme_comments" | "theme_negative", number>;
  type Out = { prevalence: number; neg_rate_theme: number; neg_rate_all: number; lift: number; wilson_theme: number[] };
  fixtureTest<Given, Out>("F40_theme_lift", (given, expected) => {
    const { prevalence, negative, negativeOfAll, lift } = standingOfTheme({
      comments: given.comments,
      negative: given.negative,
      themed: given.theme_comments,
      themedNegative: given.theme_negative,
    });
    const round = (value: number | null) => toFourDecimals(value ?? Number.NaN);
    expect([prevalence.rate, negative.rate, negativeOfAll.rate, lift].map(round)).toEqual([
      expected.prevalence,
      expected.neg_rate_theme,
      expected.neg_rate_all,
      expected.lift,
    ]);
    expect([negative.rate, negative.lo, negative.hi].map(round)).toEqual(expected.wilson_theme);
  });
});
