import { describe, expect, test } from "vitest";
import { monthsNeeded } from "@/lib/scenario-lab/months";
import {
  bandOf,
  drawArm,
  isEligible,
  planAssignment,
  planChoice,
  planStart,
  planStop,
  segmentOf,
} from "@/lib/scenario-lab/rules";
import { chanceBetter, posteriorOf, stopWith } from "@/lib/statistics/beta-bernoulli";
import { sampleSize } from "@/lib/statistics/sample-size";

const draw = { key: "exp1", method: "hash", share: 0.5, seed: 7, blockSize: 4, first: "A", second: "C" };

describe("strata", () => {
  test("five bands of the chance, with one for what is not known", () =>
    expect([0, 0.19, 0.2, 0.6, 0.999, 1, null].map(bandOf)).toEqual([0, 0, 1, 3, 4, 4, null]));
  test("the customer's own segment, else where the value stands", () =>
    expect([
      segmentOf(" Ent ", 0.1),
      segmentOf("", 0.1),
      segmentOf(null, 0.5),
      segmentOf(null, 0.9),
      segmentOf(null, null),
    ]).toEqual([...["Ent", "value_low", "value_middle", "value_high", "value_unknown"]]));
});

describe("giving a deal its scenario", () => {
  test("is done once, at the decision stage, before it ends", () => {
    expect(planAssignment("active", true, false).ok).toBe(true);
    expect(planAssignment("active", true, true)).toMatchObject({ reason: "scenario_given" });
    expect(planAssignment("active", false, false)).toMatchObject({ reason: "not_decision_stage" });
    for (const status of ["won", "completed", "lost", "merged"])
      expect(planAssignment(status, true, false)).toMatchObject({ reason: "deal_ended" });
  });
  test("is the policy's unless a person says why not", () => {
    expect(planChoice(undefined, "B", "")).toMatchObject({ change: { scenario: "B", source: "policy" } });
    expect(planChoice("B", "B", "")).toMatchObject({ change: { source: "policy" } });
    expect(planChoice("C", "B", "")).toMatchObject({ reason: "override_reason" });
    expect(planChoice("C", "B", "They asked for it")).toMatchObject({ change: { scenario: "C", source: "person" } });
    expect(planChoice("C", null, "")).toMatchObject({ change: { source: "person" } });
    expect(planChoice(undefined, null, "")).toMatchObject({ reason: "scenario_needed" });
  });
});

describe("drawing", () => {
  test("F65c by the hash of experiment and deal", () => {
    const units = [1001, 1002, 1003, 1004, 1005, 1006].map((each) => `opp_${each}`);
    expect(units.map((unit, place) => drawArm(draw, unit, place + 1))).toEqual(["A", "C", "A", "A", "C", "C"]);
  });
  test("F65d in seeded blocks, in balance after every whole one", () => {
    const blocks = { ...draw, method: "blocks" };
    const arms = Array.from({ length: 8 }, (_, place) => drawArm(blocks, "any", place + 1));
    expect(arms).toEqual(["C", "A", "C", "A", "C", "A", "A", "C"]);
  });
  test("takes only deals that are likely enough to be won", () => {
    expect([isEligible({ minPClose: null }, null), isEligible({ minPClose: 0.6 }, 0.6)]).toEqual([true, true]);
    expect([isEligible({ minPClose: 0.6 }, 0.59), isEligible({ minPClose: 0.6 }, null)]).toEqual([false, false]);
  });
});

describe("an experiment", () => {
  test("F65 tells how many deals each arm needs, and how long that takes", () => {
    expect(sampleSize(0.2, 0.26).perArm).toBe(772);
    expect(monthsNeeded(772, 90)).toBeCloseTo(51.47, 2);
    expect(monthsNeeded(772, 0)).toBeNull();
  });
  test("F65b ends by the rule that was fixed: likely enough, with enough finished in both arms", () => {
    expect(posteriorOf({ k: 18, n: 60 }).mean).toBeCloseTo(0.3065, 4);
    expect(posteriorOf({ k: 27, n: 60 }).mean).toBeCloseTo(0.4516, 4);
    expect(chanceBetter({ k: 18, n: 60 }, { k: 27, n: 60 })).toBeCloseTo(0.9539, 4);
    const [a, b] = [
      { k: 18, n: 60 },
      { k: 27, n: 60 },
    ];
    expect(stopWith(a, b)).toBe("second");
    expect(stopWith(b, a)).toBe("first");
    expect(stopWith(a, b, { perArm: 61, chance: 0.95 })).toBeNull();
    expect(stopWith(a, b, { perArm: 50, chance: 0.96 })).toBeNull();
  });
  test("starts from a draft while no other runs, stops with its winner or with a reason", () => {
    expect(planStart("draft", false).ok).toBe(true);
    expect(planStart("draft", true)).toMatchObject({ reason: "experiment_runs" });
    expect(planStart("running", false)).toMatchObject({ reason: "experiment_started" });
    expect(planStop("running", "C", "")).toMatchObject({ change: { winner: "C" } });
    expect(planStop("running", null, "")).toMatchObject({ reason: "stop_note" });
    expect(planStop("running", null, "Too few deals")).toMatchObject({ change: { winner: null } });
    expect(planStop("stopped", "C", "x")).toMatchObject({ reason: "experiment_not_running" });
  });
});
