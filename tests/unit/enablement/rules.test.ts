import { describe, expect, test } from "vitest";
import { comparableOf, judgeEffect } from "@/lib/enablement/effect";
import {
  coverRoles,
  type PersonRating,
  planBegin,
  planComplete,
  planOverdue,
  planVerify,
  planWaive,
  proposeAssignments,
} from "@/lib/enablement/rules";
import { assignmentStates } from "@/lib/enablement/schema";

const now = new Date("2026-03-02T09:00:00Z");

describe("an assignment", () => {
  test.each(assignmentStates)("that is %s moves only where it may", (state) => {
    const allowed = {
      begin: planBegin(state).ok,
      complete: planComplete(state).ok,
      waive: planWaive(state).ok,
      verify: planVerify({ state, memberId: "ann" }, "ben").ok,
      overdue: planOverdue({ state, dueAt: now }, now).ok,
    };
    const isWaiting = ["assigned", "in_progress", "overdue"].includes(state);
    expect(allowed).toEqual({
      begin: state === "assigned",
      complete: isWaiting,
      waive: isWaiting,
      verify: state === "completed",
      overdue: state === "assigned" || state === "in_progress",
    });
  });

  test("is verified by somebody else, and overdue at its second, not before", () => {
    expect(planVerify({ state: "completed", memberId: "ann" }, "ann")).toMatchObject({ reason: "own_assignment" });
    const early = new Date(now.getTime() - 1);
    expect(planOverdue({ state: "assigned", dueAt: now }, early).ok).toBe(false);
  });
});

describe("coverage by critical role", () => {
  const holders = [
    { memberId: "ann", name: "Ann", roles: ["cs"] },
    { memberId: "ben", name: "Ben", roles: ["cs", "sales"] },
    { memberId: "cal", name: "Cal", roles: ["cs"] },
  ];
  const items = [
    { id: "call", role: "cs" },
    { id: "plan", role: "cs" },
  ] as const;

  test("counts whoever finished everything of her role, and names who lacks what", () => {
    const held = [
      { itemId: "call", memberId: "ann", state: "verified" },
      { itemId: "plan", memberId: "ann", state: "completed" },
      { itemId: "call", memberId: "ben", state: "completed" },
      { itemId: "plan", memberId: "ben", state: "waived" },
      { itemId: "call", memberId: "cal", state: "overdue" },
    ] as const;
    const [cs] = coverRoles(["cs"], { holders, items, held });
    expect(cs?.enabled).toMatchObject({ k: 2, n: 3 });
    expect(cs?.missing).toEqual([{ memberId: "cal", name: "Cal", itemIds: ["call", "plan"] }]);
  });

  test("says when nobody holds a role, when nothing was written for it, and never 0 % of nobody", () => {
    const [design, sales] = coverRoles(["design", "sales"], { holders, items, held: [] });
    expect(design).toMatchObject({ finding: "nobody_holds_it", enabled: { n: 0, rate: null } });
    expect(sales).toMatchObject({ finding: "no_items" });
  });
});

describe("what to train first", () => {
  const rated = (memberId: string, k: number, n: number, rest: Partial<PersonRating> = {}): PersonRating => ({
    ...{ type: "handover", memberId, name: memberId, teamId: "cs", teamName: "Customer success", teamNameHe: "" },
    ...{ k, n, ...rest },
  });
  const drivers = [{ momentId: "m1", type: "handover", weight: 0.34 }];
  const items = [{ id: "call", momentId: "m1" }];
  const known = { items, held: [], target: 0.85 };

  test("is driver x shortfall x volume of the person, largest first; who reaches the target or did it is left out, who has it before her is marked", () => {
    const ratings = [rated("ann", 30, 100), rated("ben", 66, 120), rated("cal", 49, 70), rated("eve", 99, 100)];
    const proposals = proposeAssignments(drivers, { ...known, ratings });
    expect(proposals.map(({ name }) => name)).toEqual(["ann", "ben", "cal"]);
    const [first] = proposals;
    expect(first?.priority).toBeCloseTo(0.34 * (0.85 - (first?.shrunken ?? 0)) * 100, 10);
    const held = [{ itemId: "call", memberId: "ann", state: "assigned" as const }];
    const marked = proposeAssignments(drivers, { ...known, held, ratings });
    expect(marked.map(({ name, isGiven }) => [name, isGiven])).toEqual([
      ["ann", true],
      ["ben", false],
      ["cal", false],
    ]);
    for (const state of ["completed", "verified", "waived"] as const) {
      const done = [{ itemId: "call", memberId: "ann", state }];
      expect(proposeAssignments(drivers, { ...known, held: done, ratings }).map(({ name }) => name)).toEqual([
        "ben",
        "cal",
      ]);
    }
  });

  test("ranks nobody below twenty ratings, but a department whose people have them together", () => {
    const ratings = [rated("ann", 4, 12), rated("ben", 5, 12), rated("dov", 1, 5, { teamId: "sales" })];
    const proposals = proposeAssignments(drivers, { ...known, ratings });
    expect(proposals).toMatchObject([
      { scope: "team", name: "Customer success", memberIds: ["ann", "ben"], k: 9, n: 24 },
    ]);
    expect(proposeAssignments(drivers, { ...known, ratings: ratings.slice(2) })).toEqual([]);
  });

  test("says so when nothing was written yet for the moment that needs it", () => {
    const [proposal] = proposeAssignments(drivers, { ...known, items: [], ratings: [rated("ann", 30, 100)] });
    expect(proposal).toMatchObject({ itemId: null, momentId: "m1", memberIds: ["ann"] });
  });
});

describe("F41 whether it worked", () => {
  const person = (name: string, bk: number, bn: number, ak: number, an: number) => ({
    ...{ person: name, before: { k: bk, n: bn }, after: { k: ak, n: an } },
  });
  const round = (value: number) => Number(value.toFixed(4));

  test("is not proven with the figures of the worked example, and says how many ratings would do", () => {
    const { effect, enabled, others } = judgeEffect({
      itemId: "call",
      selection: "low_scores",
      enabled: [person("ann", 60, 100, 78, 100)],
      others: [person("ben", 62, 100, 66, 100)],
    });
    if (effect.status !== "estimated") throw new Error("not estimated");
    expect([effect.effect, effect.standardError, effect.lo, effect.hi, effect.p].map(round)).toEqual([
      0.14, 0.0934, -0.043, 0.323, 0.1337,
    ]);
    expect(effect).toMatchObject({ verdict: "not_proven", reason: "interval_includes_zero", errorBetween: "ratings" });
    expect(effect.ratingsNeeded).toBeGreaterThan(100);
    expect([enabled.before.k, enabled.after.k, others.before.k, others.after.k]).toEqual([60, 78, 62, 66]);
  });

  test("compares people picked because they were low with others as low, within ten points; by lot with everybody", () => {
    const input = {
      enabled: [person("ann", 60, 100, 78, 100)],
      others: [person("ben", 62, 100, 66, 100), person("top", 95, 100, 95, 100), person("edge", 70, 100, 70, 100)],
    };
    const names = (selection: "low_scores" | "by_lot") =>
      comparableOf({ ...input, selection }).map((each) => each.person);
    expect(names("low_scores")).toEqual(["ben", "edge"]);
    expect(names("by_lot")).toEqual(["ben", "top", "edge"]);
  });
});
