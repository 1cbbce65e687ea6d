import { describe, expect, test } from "vitest";
import { lintRules, placeDeal, planPublish, simulate } from "@/lib/scenarios/rules";
import type { Deal, Rule } from "@/lib/scenarios/schema";
import { fixtureTest } from "../domain-fixtures";

const rules: Rule[] = [
  {
    conditions: [
      { field: "complexity", is: "at_least", value: 0.7 },
      { field: "value", is: "at_least", value: 0.6 },
    ],
    scenario: "C",
  },
  { conditions: [{ field: "value", is: "at_least", value: 0.6 }], scenario: "B" },
  {
    conditions: [
      { field: "new_customer", is: "equal", value: true },
      { field: "relationship", is: "at_least", value: 0.7 },
    ],
    scenario: "B",
  },
  { conditions: [], scenario: "A" },
];

const dealOf = (complexity: number | null, value: number | null, relationship: number | null, newCustomer: boolean) =>
  ({ complexity, value, relationship, newCustomer, inaccessibility: null, template: "home" }) satisfies Deal;
const deals = [
  dealOf(0.8, 0.7, 0.2, false),
  dealOf(0.3, 0.6, 0.2, false),
  dealOf(0.3, 0.1, 0.7, true),
  dealOf(0.69, 0.1, 0.9, false),
];

describe("the first rule that holds", () => {
  type Given = { deals: { c: number; v: number; r: number; new_customer: boolean }[] };
  fixtureTest<Given, [number, string][]>("F66_policy", (given, expected) => {
    const placed = given.deals.map(({ c, v, r, new_customer }) => placeDeal(rules, dealOf(c, v, r, new_customer)));
    expect(placed.map(({ rule, scenario }) => [rule, scenario])).toEqual(expected);
  });

  test("takes the deal", () => {
    expect(deals.map((deal) => placeDeal(rules, deal)).map(({ rule, scenario }) => `${rule}${scenario}`)).toEqual([
      "1C",
      "2B",
      "3B",
      "4A",
    ]);
  });

  test("leaves a deal undecided by what is not stored of it, with its name", () => {
    expect(placeDeal(rules, dealOf(null, 0.7, null, false))).toEqual({
      rule: null,
      scenario: null,
      missing: ["complexity"],
    });
  });

  test("passes over a rule that fails by what is known, whatever is not", () => {
    expect(placeDeal(rules, dealOf(null, 0.1, null, false))).toMatchObject({ rule: 4 });
  });
});

describe("a policy", () => {
  test("is not published without a last rule that takes every deal", () => {
    expect(planPublish("draft", rules.slice(0, 3))).toMatchObject({
      ok: false,
      reason: "policy_incomplete",
      details: { fields: { rules: "no_catch_all" } },
    });
    expect(planPublish("draft", [])).toMatchObject({ ok: false });
    expect(planPublish("draft", rules)).toMatchObject({ ok: true });
    expect(planPublish("published", rules)).toMatchObject({ ok: false, reason: "not_a_draft" });
  });

  test("has no rule that hides those after it", () => {
    expect(lintRules([{ conditions: [], scenario: "A" }, ...rules])).toEqual([
      { path: "rules.0", reason: "hides_the_rest" },
    ]);
  });

  const costs = { hoursB: 4, hoursC: 11, freeHours: 20 };

  test("is tried on deals that ended", () => {
    const found = simulate({ rules, ...costs }, [...deals, dealOf(null, 0.9, null, true)], {
      days: 90,
      isPartial: false,
    });
    expect(found).toEqual({
      days: 90,
      deals: 5,
      byRule: [1, 1, 1, 1],
      byScenario: { A: 1, B: 2, C: 1 },
      undecided: 1,
      missing: [{ field: "complexity", deals: 1 }],
      isPartial: false,
      hoursNeeded: 19,
      freeHours: 20,
    });
  });

  test("counts what falls through unfinished rules", () => {
    const found = simulate({ rules: rules.slice(0, 3), ...costs }, deals, { days: 90, isPartial: false });
    expect(found).toMatchObject({ byRule: [1, 1, 1], undecided: 1, missing: [{ field: "catch_all", deals: 1 }] });
  });
});
