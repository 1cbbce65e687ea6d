import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  classify,
  disconfirmationOf,
  isStrictlyPositive,
  summariseVoices,
  type Voice,
} from "@/lib/experience/classification";
import { customerConsistency } from "@/lib/experience/customer-consistency";
import { effortOf, netPromotersOf, satisfactionOf } from "@/lib/experience/scores";
import { type CriterionResult, scoreStandard } from "@/lib/experience/standard-score";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const voice = (expectation: number | null, outcome: number | null, disconfirmation: number | null = null): Voice => ({
  expectation,
  outcome,
  disconfirmation,
});
const pairs: [number | null, number][] = [
  [3, 5],
  [4, 4],
  [5, 4],
  [5, 3],
  [2, 2],
  [3, 3],
  [null, 4],
  [1, 3],
];

describe("classify", () => {
  test("classes the eight pairs of the worked example", () => {
    expect(pairs.map(([e, o]) => classify(voice(e, o)))).toEqual([
      "positive",
      "positive",
      "neutral",
      "negative",
      "negative",
      "positive",
      "positive",
      "positive",
    ]);
    const summary = summariseVoices(pairs.map(([e, o]) => voice(e, o)));
    expect(summary.classes).toEqual({ positive: 5, neutral: 1, negative: 2 });
    expect(summary.meanDisconfirmation).toBeCloseTo(0.1429, 4);
    expect(summary.metOrExceeded).toMatchObject({ k: 5, n: 7, rate: expect.closeTo(0.7143, 4) });
    expect([summary.positive.rate, summary.strict.rate]).toEqual([0.625, 0.375]);
  });

  test.each([
    [-2, null, "negative"],
    [-1, null, "neutral"],
    [0, null, "positive"],
    [2, null, "positive"],
    [2, 2, "negative"],
    [0, 3, "positive"],
    [-1, 5, "neutral"],
    [-2, 5, "negative"],
  ])("classes the direct item %i with outcome %s as %s", (item, outcome, expected) => {
    expect(classify(voice(null, outcome, item))).toBe(expected);
  });

  test("lets the direct item speak before the difference, and is silent without any answer", () => {
    expect(disconfirmationOf(voice(5, 3, 0))).toBe(0);
    expect(classify(voice(5, null))).toBeNull();
    expect(classify(voice(null, 3))).toBe("neutral");
    expect(isStrictlyPositive(voice(null, null, 2))).toBe(false);
    expect(summariseVoices([voice(4, null)])).toMatchObject({
      n: 0,
      meanDisconfirmation: null,
      positive: { rate: null },
    });
  });

  test.each([[voice(null, 6)], [voice(0, 3)], [voice(null, 3, -3)], [voice(null, 3.5)]])(
    "refuses a score off its scale",
    (bad) => {
      expect(() => classify(bad)).toThrow(RangeError);
    },
  );

  test("never gets worse as the outcome gets better, nor better as more was expected", () => {
    const rank = { negative: 0, neutral: 1, positive: 2 };
    const score = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(score, score, (e, o) => {
        const of = (expectation: number, outcome: number) => rank[classify(voice(expectation, outcome)) ?? "neutral"];
        expect(of(e, o + 1)).toBeGreaterThanOrEqual(of(e, o));
        expect(of(e + 1, o)).toBeLessThanOrEqual(of(e, o));
      }),
    );
  });

  type Out = { d_class: [number | null, string][] } & Record<
    "mean_D" | "met_or_exceeded_share" | "positive_share" | "positive_share_strict",
    number
  >;
  fixtureTest<{ expectation_outcome: [number | null, number][] }, Out>("F31_disconfirmation", (given, expected) => {
    const voices = given.expectation_outcome.map(([e, o]) => voice(e, o));
    const summary = summariseVoices(voices);
    expect(voices.map((one) => [disconfirmationOf(one), classify(one)])).toEqual(expected.d_class);
    const { meanDisconfirmation, metOrExceeded, positive, strict } = summary;
    expect(
      [meanDisconfirmation, metOrExceeded.rate, positive.rate, strict.rate].map((x) => toFourDecimals(x ?? 0)),
    ).toEqual([
      expected.mean_D,
      expected.met_or_exceeded_share,
      expected.positive_share,
      expected.positive_share_strict,
    ]);
  });
});

describe("the scores", () => {
  const csat = [5, 4, 4, 3, 5, 2, 4, 5, 1, 4];
  const ces = [7, 6, 5, 5, 4, 3, 6, 7, 2, 5];
  const nps = [10, 9, 9, 8, 7, 6, 10, 3, 9, 8, 10, 5];

  test("agree with the worked example", () => {
    expect(satisfactionOf(csat)).toMatchObject({ k: 7, n: 10, rate: 0.7 });
    expect(effortOf(ces)).toMatchObject({ mean: 5, easy: { rate: 0.7 } });
    const result = netPromotersOf(nps);
    expect([result?.score, result?.standardError, result?.lo, result?.hi].map((x) => toFourDecimals(x ?? 0))).toEqual([
      25, 23.9357, -21.9131, 71.9131,
    ]);
  });

  test("are null without answers and refuse what is off the scale", () => {
    expect(satisfactionOf([]).rate).toBeNull();
    expect(effortOf([])).toMatchObject({ mean: null, easy: { rate: null } });
    expect(netPromotersOf([])).toBeNull();
    expect(() => satisfactionOf([6])).toThrow(RangeError);
    expect(() => effortOf([0])).toThrow(RangeError);
    expect(() => netPromotersOf([10.5])).toThrow(RangeError);
  });

  test("keep the net score and its interval within -100 and 100", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1 }), (scores) => {
        const result = netPromotersOf(scores);
        expect(result && -100 <= result.lo && result.lo <= result.score && result.score <= result.hi).toBe(true);
        expect(result?.hi).toBeLessThanOrEqual(100);
      }),
    );
  });

  type Out = Record<"csat_pct" | "ces_mean" | "ces_pct" | "nps" | "nps_se" | "nps_lo" | "nps_hi", number>;
  fixtureTest<Record<"csat_1_5" | "ces_1_7" | "nps_0_10", number[]>, Out>("F30_csat_ces_nps", (given, expected) => {
    const effort = effortOf(given.ces_1_7);
    const net = netPromotersOf(given.nps_0_10);
    const found = [
      satisfactionOf(given.csat_1_5).rate,
      effort.mean,
      effort.easy.rate,
      net?.score,
      net?.standardError,
      net?.lo,
      net?.hi,
    ];
    expect(found.map((x) => toFourDecimals(x ?? 0))).toEqual(Object.values(expected));
  });
});

describe("scoreStandard", () => {
  const criteria = (results: number[]): CriterionResult[] =>
    [10, 20, 30, 25, 15].map((weight, i) => ({
      weight,
      result: results[i] ? "passed" : "missed",
      isCritical: i === 4,
    }));

  test("meets at exactly the pass mark, and never without the critical criterion", () => {
    expect(scoreStandard(criteria([1, 1, 0, 1, 1]), 0.7)).toEqual({ raw: 0.7, isCriticalSafe: true, meets: true });
    expect(scoreStandard(criteria([1, 1, 0, 1, 0]), 0.5)).toEqual({ raw: 0.55, isCriticalSafe: false, meets: false });
  });

  test("leaves out what does not apply", () => {
    const [first, ...rest] = criteria([1, 1, 0, 1, 1]);
    if (!first) throw new Error("There are five criteria.");
    expect(scoreStandard([{ ...first, result: "not_applicable" }, ...rest], 0.7)?.raw).toBeCloseTo(60 / 90, 12);
    expect(scoreStandard([{ ...first, result: "not_applicable" }], 0.7)).toBeNull();
    expect(scoreStandard([], 0.7)).toBeNull();
    expect(scoreStandard([{ weight: 0, result: "missed", isCritical: true }], 0)?.meets).toBe(false);
    expect(() => scoreStandard([{ ...first, weight: 1.5 }], 0.7)).toThrow(RangeError);
  });

  type Given = { "criteria(name,weight,pass,critical)": [string, number, number, number][]; pass_mark: number };
  fixtureTest<Given, { raw: number; critical_ok: boolean; meets: boolean }>("F32_standard_score", (given, expected) => {
    const results = given["criteria(name,weight,pass,critical)"].map(
      ([, weight, pass, critical]): CriterionResult => ({
        weight,
        result: pass ? "passed" : "missed",
        isCritical: critical === 1,
      }),
    );
    const score = scoreStandard(results, given.pass_mark);
    expect(score).toEqual({ raw: expected.raw, isCriticalSafe: expected.critical_ok, meets: expected.meets });
  });
  fixtureTest<unknown, { raw: number; critical_ok: boolean; meets: boolean }>("F32b_critical_fail", (_, expected) => {
    const score = scoreStandard(criteria([1, 1, 0, 1, 0]), 0.7);
    expect(score).toEqual({ raw: expected.raw, isCriticalSafe: expected.critical_ok, meets: expected.meets });
  });
});

describe("customerConsistency", () => {
  const customer = (positives: number[]) =>
    positives.map((positive, i) => ({ channel: `channel ${i}`, isPositive: positive === 1 }));
  const worked = [[1, 1], [1, 0, 1], [1, 1, 1], [1], [0, 0], [1, 1]];

  test("finds three of five customers served well in every channel", () => {
    expect(customerConsistency(worked.map(customer))).toMatchObject({ k: 3, n: 5, rate: 0.6 });
  });

  test("counts a channel once, and as positive only if every rating in it was", () => {
    const phone = { channel: "phone", isPositive: true };
    const mail = { channel: "mail", isPositive: true };
    expect(customerConsistency([[phone, phone]]).rate).toBeNull();
    expect(customerConsistency([[phone, mail, { ...mail, isPositive: false }]])).toMatchObject({ k: 0, n: 1 });
    expect(customerConsistency([]).rate).toBeNull();
  });

  type Out = { multi_channel_customers: number; all_positive: number; rate: number };
  fixtureTest<{ per_customer_channel_positive: number[][] }, Out>("F35b_customer_consistency", (given, expected) => {
    expect(customerConsistency(given.per_customer_channel_positive.map(customer))).toMatchObject({
      k: expected.all_positive,
      n: expected.multi_channel_customers,
      rate: expected.rate,
    });
  });
});
