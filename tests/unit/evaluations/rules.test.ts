import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  criterionOfMoment,
  factsOnLog,
  findingByRule,
  findingOfObservation,
  findingsByRule,
  type JudgedCriterion,
  type LoggedContact,
  mergeFindings,
  planJudgement,
  scoreOf,
} from "@/lib/evaluations/rules";

const criterion = (id: string, weight: number, more: Partial<JudgedCriterion> = {}): JudgedCriterion => ({
  id,
  weight,
  kind: "operational",
  rule: null,
  threshold: null,
  critical: null,
  momentId: null,
  ...more,
});

const call: LoggedContact = {
  medium: "phone",
  direction: "inbound",
  isTwoWay: true,
  isAutomated: false,
  hadToRepeat: false,
};

describe("scoreOf", () => {
  const criteria = [10, 20, 30, 25, 15].map((weight, index) =>
    criterion(String(index), weight, { critical: index === 4 ? "compliance" : null }),
  );
  const found = (...passed: number[]) =>
    passed.map((each, index) => ({
      criterionId: String(index),
      result: each === 1 ? ("passed" as const) : ("missed" as const),
      judgedBy: "qa" as const,
      measure: null,
    }));

  test("F32 of five criteria, four passed, the standard is met at exactly .70", () => {
    expect(scoreOf(criteria, found(1, 1, 0, 1, 1), 0.7)).toEqual({
      ...{ raw: 0.7, meets: true, isCriticalSafe: true },
      ...{ judged: 5, total: 5 },
    });
  });

  test("F32b a missed critical criterion fails the interaction", () => {
    const score = scoreOf(criteria, found(1, 1, 0, 1, 0), 0.5);
    expect([score.raw?.toFixed(4), score.meets, score.isCriticalSafe]).toEqual(["0.5500", false, false]);
  });

  test("says whether the standard is met only when everything was judged, or a critical criterion was missed", () => {
    expect(scoreOf(criteria, found(1, 1), 0.7)).toMatchObject({ raw: 1, meets: null, judged: 2, total: 5 });
    const critical = [{ criterionId: "4", result: "missed" as const, judgedBy: "qa" as const, measure: null }];
    expect(scoreOf(criteria, critical, 0.7)).toMatchObject({ meets: false, judged: 1 });
  });

  test("stays within 0 and 1 whatever was found", () => {
    const results = fc.array(fc.constantFrom("passed", "missed", "not_applicable"), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(results, (each) => {
        const findings = each.map((result, index) => ({
          ...{ criterionId: String(index), judgedBy: "qa" as const, measure: null },
          result: result as "passed",
        }));
        const { raw } = scoreOf(criteria, findings, 0.7);
        return raw === null ? each.every((result) => result === "not_applicable") : raw >= 0 && raw <= 1;
      }),
    );
  });
});

describe("what is known by rule", () => {
  test("of a held call: the next step, whether they had to repeat, and the seconds when the telephone told", () => {
    expect(factsOnLog({ ...call, answerSeconds: 14 }, true)).toEqual({
      ...{ answer_minutes: null, answer_seconds: 14 },
      ...{ next_step: 0, no_repeat: 0 },
    });
    expect(factsOnLog({ ...call, hadToRepeat: true }, false)).toEqual({
      answer_minutes: null,
      next_step: 1,
      no_repeat: 1,
    });
  });

  test("of a call of ours the seconds do not apply", () =>
    expect(factsOnLog({ ...call, direction: "outbound" }, true).answer_seconds).toBeNull());

  test("of a message that waits, of a machine and of a note: nothing", () => {
    expect(factsOnLog({ ...call, medium: "email", isTwoWay: false }, true)).toEqual({});
    expect(factsOnLog({ ...call, isTwoWay: false, direction: "outbound", isAutomated: true }, true)).toEqual({});
    expect(factsOnLog({ ...call, medium: "note", direction: "internal", isTwoWay: false }, true)).toEqual({});
  });

  test("passes at the threshold, misses above it, and does not apply without a measure", () => {
    expect([findingByRule(20, 20), findingByRule(21, 20), findingByRule(0, null), findingByRule(1, null)]).toEqual([
      ...["passed", "missed"],
      ...["passed", "missed"],
    ]);
    expect(findingByRule(null, 20)).toBe("not_applicable");
  });

  test("decides only criteria that have the rule, and none that a person judges", () => {
    const criteria = [
      criterion("answer", 50, { rule: "answer_seconds", threshold: 20 }),
      criterion("next", 30, { rule: "next_step" }),
      criterion("words", 20, { kind: "moment" }),
    ];
    expect(findingsByRule(criteria, { answer_seconds: 30 })).toEqual([
      { criterionId: "answer", result: "missed", judgedBy: "rule", measure: 30 },
    ]);
  });
});

describe("a judgement", () => {
  test("takes the place of what stood, criterion by criterion", () => {
    const criteria = [criterion("a", 1), criterion("b", 1)];
    const standing = { criterionId: "a", result: "missed" as const, judgedBy: "rule" as const, measure: 1 };
    const found = { criterionId: "b", result: "passed" as const, judgedBy: "qa" as const, measure: null };
    expect(mergeFindings(criteria, [standing], [found])).toEqual([standing, found]);
    const anew = { ...standing, result: "passed" as const };
    expect(mergeFindings(criteria, [standing, found], [anew])).toEqual([anew, found]);
    expect(mergeFindings([criterion("b", 1)], [standing], [found])).toEqual([found]);
  });

  test("P4 is never one's own, and never of a machine", () => {
    expect(planJudgement({ agentId: "me", isAutomated: false }, "me")).toMatchObject({ reason: "own_interaction" });
    expect(planJudgement({ agentId: "me", isAutomated: true }, "you")).toMatchObject({ reason: "automated" });
    expect(planJudgement({ agentId: "me", isAutomated: false }, "you").ok).toBe(true);
    expect(planJudgement({ agentId: null, isAutomated: false }, null).ok).toBe(true);
  });

  test("an observation decides the one criterion that stands for its moment, and none when several do", () => {
    const one = criterion("a", 1, { kind: "moment", momentId: "m" });
    expect(criterionOfMoment([one, criterion("b", 1)], "m")).toBe(one);
    expect(criterionOfMoment([one, { ...one, id: "b" }], "m")).toBeNull();
    expect(["done_well", "done", "missed", "not_applicable"].map(findingOfObservation)).toEqual([
      ...["passed", "passed"],
      ...["missed", "not_applicable"],
    ]);
  });
});
