import { describe, expect, test } from "vitest";
import { advise, gatesOf, scoreScenarios } from "@/lib/scenarios/advisor";
import { blendEvidence, moneyViewOf } from "@/lib/scenarios/evidence";
import { AdviseInput, type Terms } from "@/lib/scenarios/schema";
import type { Inputs, Scenario } from "@/lib/scenarios/vocabulary";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const complex: Inputs = {
  complexity: 0.8,
  inaccessibility: 0.5,
  relationship: 0.6,
  valuePct: 0.7,
  pClose: 0.6,
  csmSlack: 0.3,
  kpiClose: 0.5,
  kpiOnboard: 0.8,
};
const simple: Inputs = {
  complexity: 0.1,
  inaccessibility: 0.1,
  relationship: 0.1,
  valuePct: 0.2,
  pClose: 0.9,
  csmSlack: 0,
  kpiClose: 0.3,
  kpiOnboard: 0.3,
};

const inputsOf = (given: Record<string, number>): Inputs => ({
  complexity: given.complexity ?? -1,
  inaccessibility: given.inaccessibility ?? -1,
  relationship: given.relationship ?? -1,
  valuePct: given.value_pct ?? -1,
  pClose: given.p_close ?? -1,
  csmSlack: given.csm_slack ?? -1,
  kpiClose: given.kpi_close ?? -1,
  kpiOnboard: given.kpi_onboard ?? -1,
});
const written = ({ csmCost, ...terms }: Terms) =>
  Object.fromEntries(Object.entries({ ...terms, csm_cost: csmCost }).map(([name, of]) => [name, toFourDecimals(of)]));

describe("the scores of the scenarios", () => {
  for (const key of ["F60_advisor_case1", "F60_advisor_case2"]) {
    fixtureTest<Record<string, number>, Record<Scenario, Record<string, number>>>(key, (given, expected) => {
      const scores = scoreScenarios(inputsOf(given));
      for (const scenario of ["A", "B", "C"] as const) expect(written(scores[scenario])).toEqual(expected[scenario]);
    });
  }

  test("every term of the worked example", () => {
    const { A, B, C } = scoreScenarios(complex);
    expect(written(A)).toEqual({ close: 0, relationship: 0, onboarding: 0, csm_cost: 0, score: 0 });
    expect(written(B)).toEqual({
      close: 0.48,
      relationship: 0.24,
      onboarding: 0.156,
      csm_cost: -0.2275,
      score: 0.6485,
    });
    expect(written(C)).toEqual({ close: 0.336, relationship: 0.3, onboarding: 0.52, csm_cost: -0.455, score: 0.701 });
  });

  test("a company that searches its market weighs the relation half more, an established one half", () => {
    expect(scoreScenarios(complex, undefined, "searching").C.relationship).toBeCloseTo(0.45, 9);
    expect(scoreScenarios(complex, undefined, "established").C.relationship).toBeCloseTo(0.15, 9);
  });

  test("an input outside 0 to 1 is named", () => {
    expect(() => scoreScenarios({ ...complex, pClose: 1.2 })).toThrowError(
      expect.objectContaining({ code: "invalid", details: { fields: { pClose: "out_of_range" } } }),
    );
    expect(AdviseInput.safeParse({ ...complex, csmSlack: -0.1 }).success).toBe(false);
    expect(AdviseInput.safeParse({ ...complex, more: 1 }).success).toBe(false);
  });
});

describe("the choice", () => {
  test("is C for the complex deal and A for the simple one", () => {
    expect(advise(complex)).toMatchObject({ choice: "C", between: ["C"] });
    expect(advise(simple)).toMatchObject({ choice: "A", between: ["A"] });
  });

  test("is a close call when the best two are less than .05 apart, and not at .05", () => {
    const near = { ...complex, kpiOnboard: 0.77 };
    const { margin, choice, between } = advise(near);
    expect(margin).toBeLessThan(0.05);
    expect(choice).toBe("close call: either");
    expect(between).toEqual(["C", "B"]);
    const weights = { close: 0, relationship: 0.25, onboarding: 0, csmCost: 0 };
    expect(advise({ ...complex, relationship: 1 }, { weights })).toMatchObject({ choice: "C" });
  });

  test("never falls on a scenario that a gate closes", () => {
    expect(advise({ ...complex, pClose: 0.59 }).choice).toBe("B");
    const capacity = { hasNamedCsm: true, freeHours: 5, hours: { B: 4, C: 11 } };
    expect(advise(complex, { capacity })).toMatchObject({ choice: "B", gates: { C: { failed: ["csm_hours"] } } });
    expect(advise(complex, { capacity: { ...capacity, hasNamedCsm: false } })).toMatchObject({
      choice: "A",
      margin: null,
    });
  });

  test("leaves unchecked what nobody said", () => {
    expect(gatesOf(0.6)).toEqual({
      A: { isFeasible: true, failed: [], unchecked: [] },
      B: { isFeasible: true, failed: [], unchecked: ["named_csm", "csm_hours"] },
      C: { isFeasible: true, failed: [], unchecked: ["named_csm", "csm_hours"] },
    });
  });
});

describe("what a scenario is worth", () => {
  type Effects = Record<"B" | "C", { dp: number; days_saved: number; hours: number }>;
  fixtureTest<{ margin: number; value_per_day: number; csm_cost_h: number } & Effects, Record<Scenario, number>>(
    "F60b_expected_value",
    (given, expected) => {
      const money = { marginMinor: given.margin, valuePerDayMinor: given.value_per_day, hourMinor: given.csm_cost_h };
      for (const scenario of ["B", "C"] as const) {
        const { dp, days_saved, hours } = given[scenario];
        expect(moneyViewOf(money, { pCloseGain: dp, daysSaved: days_saved, hours })).toBe(expected[scenario]);
      }
    },
  );

  const money = { marginMinor: 4_000_000, valuePerDayMinor: 15_000, hourMinor: 9_000 };

  test("in minor units, whole", () => {
    expect(moneyViewOf(money, { pCloseGain: 0.05, daysSaved: 2, hours: 4 })).toBe(194_000);
    expect(moneyViewOf(money, { pCloseGain: 0.04, daysSaved: 9, hours: 11 })).toBe(196_000);
    expect(moneyViewOf(money, { pCloseGain: 0, daysSaved: 0, hours: 0 })).toBe(0);
  });

  test("half a minor unit goes away from zero", () => {
    const one = { marginMinor: 1, valuePerDayMinor: 0, hourMinor: 0 };
    expect(moneyViewOf(one, { pCloseGain: 0.5, daysSaved: 0, hours: 0 })).toBe(1);
    expect(moneyViewOf(one, { pCloseGain: -0.5, daysSaved: 0, hours: 0 })).toBe(-1);
  });

  test("refuses what is no amount", () => {
    expect(() => moneyViewOf({ ...money, hourMinor: 0.5 }, { pCloseGain: 0, daysSaved: 0, hours: 0 })).toThrowError(
      expect.objectContaining({ code: "invalid", details: { fields: { hourMinor: "not_whole" } } }),
    );
  });

  fixtureTest<{ observed: number; n: number; prior: number; k: number }, number>(
    "F60c_shrunk_effect",
    ({ observed, n, prior, k }, expected) =>
      expect(toFourDecimals(blendEvidence(observed, n, prior, k))).toBe(expected),
  );

  test("evidence draws a belief with it as it grows", () => {
    expect(blendEvidence(0.1, 60, 0.04)).toBeCloseTo(0.0625, 9);
    expect(blendEvidence(0.1, 0, 0.04)).toBeCloseTo(0.04, 9);
    expect(() => blendEvidence(0.1, -1, 0.04)).toThrowError(expect.objectContaining({ code: "invalid" }));
  });
});
