import { describe, expect, test } from "vitest";
import { diffOf, lintStandard, planEdit, planPublish } from "@/lib/standards/rules";
import { CriterionInput } from "@/lib/standards/schema";

const now = new Date("2026-03-02T10:00:00Z");
const later = new Date("2026-03-09T10:00:00Z");
const criterion = (input: Partial<CriterionInput>) =>
  CriterionInput.parse({ name: "Names the next step", weight: 20, kind: "operational", ...input });
const reasons = (...criteria: CriterionInput[]) =>
  lintStandard({ passMark: 0.7, criteria }).map(({ path, reason }) => `${path} ${reason}`);

describe("a draft lacks", () => {
  test("criteria, or any weight", () => {
    expect(reasons()).toEqual(["criteria no_criterion"]);
    expect(reasons(criterion({ weight: 0 }))).toEqual(["criteria no_weight"]);
  });
  test("a name, or has one twice", () =>
    expect(reasons(criterion({ name: "" }), criterion({}), criterion({}))).toEqual([
      "criteria.0.name required",
      "criteria.2.name name_taken",
    ]));
  test("what its kind and rule need", () =>
    expect(
      reasons(
        criterion({ name: "a", rule: "answer_seconds" }),
        criterion({ name: "b", kind: "customer" }),
        criterion({ name: "c", kind: "moment" }),
        criterion({ name: "d", kind: "customer", threshold: 4, rule: "next_step" }),
      ),
    ).toEqual([
      "criteria.0.threshold threshold_needed",
      "criteria.1.threshold threshold_needed",
      "criteria.2.momentId moment_needed",
      "criteria.3.rule rule_not_operational",
    ]));
  test("nothing when it is whole", () => expect(reasons(criterion({ rule: "next_step" }))).toEqual([]));
});

describe("publishing", () => {
  const draft = { status: "draft", issues: [] };
  test("begins now when nobody says otherwise, and never in the past", () => {
    expect(planPublish(draft, undefined, null, now)).toMatchObject({ change: { effectiveFrom: now } });
    expect(planPublish(draft, later, null, now)).toMatchObject({ change: { effectiveFrom: later } });
    expect(planPublish(draft, now, null, later)).toMatchObject({ ok: false, reason: "in_the_past" });
  });
  test("comes after a version that was announced already", () => {
    expect(planPublish(draft, undefined, later, now)).toMatchObject({ change: { effectiveFrom: later } });
    expect(planPublish(draft, now, later, now)).toMatchObject({ reason: "before_announced" });
  });
  test("is refused with what the draft lacks, and for what was published", () => {
    const issues = [{ path: "criteria", reason: "no_criterion" }];
    expect(planPublish({ status: "draft", issues }, undefined, null, now)).toMatchObject({
      reason: "standard_incomplete",
      details: { fields: { criteria: "no_criterion" } },
    });
    expect(planPublish({ status: "published", issues: [] }, undefined, null, now)).toMatchObject({
      reason: "not_a_draft",
    });
    expect(planEdit("published")).toMatchObject({ reason: "not_a_draft" });
  });
});

test("the difference names what was added, removed and changed, and nothing else", () => {
  const before = { passMark: 0.7, criteria: [criterion({ name: "a" }), criterion({ name: "b" })] };
  expect(diffOf(before, before)).toEqual({ passMark: null, added: [], removed: [], changed: [] });
  const after = {
    passMark: 0.8,
    criteria: [criterion({ name: "b", weight: 30, critical: "business" }), criterion({ name: "c" })],
  };
  expect(diffOf(before, after)).toEqual({
    passMark: { before: 0.7, after: 0.8 },
    added: ["c"],
    removed: ["a"],
    changed: [{ name: "b", parts: ["weight", "critical"] }],
  });
});
