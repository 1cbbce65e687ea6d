import { describe, expect, test } from "vitest";
import { budgetOf, isPresale, planDay, planWhose, reservedOf, sumBudgets, windowOf } from "@/lib/csm-hours/rules";
import { LogCsmHours } from "@/lib/csm-hours/schema";

const id = "0198c0de-0000-7000-8000-000000000001";

describe("a budget", () => {
  test("is four weeks of capacity less what was used, and never below nothing", () => {
    expect(budgetOf(600, 900)).toEqual({ capacity: 2_400, used: 900, reserved: 0, free: 1_500 });
    expect(budgetOf(60, 900)).toEqual({ capacity: 240, used: 900, reserved: 0, free: 0 });
    expect(budgetOf(null, 900)).toEqual({ capacity: null, used: 900, reserved: 0, free: null });
  });

  test("of all together is of those whose capacity is known, with the free share", () => {
    const all = [budgetOf(600, 900), budgetOf(400, 100), budgetOf(null, 300)];
    expect(sumBudgets(all)).toEqual({ capacity: 4_000, used: 1_000, reserved: 0, free: 3_000, slack: 0.75 });
    expect(sumBudgets([budgetOf(null, 30)])).toEqual({ capacity: null, used: 0, reserved: 0, free: null, slack: null });
    expect(sumBudgets([budgetOf(0, 0)]).slack).toBe(0);
    expect(sumBudgets([]).slack).toBe(null);
  });

  test("is less by what handoffs hold: of one person hers, of the department everybody's", () => {
    expect([reservedOf(11, 60), reservedOf(4, 300), reservedOf(0.5, 0)]).toEqual([600, 0, 30]);
    expect(budgetOf(600, 900, 600)).toEqual({ capacity: 2_400, used: 900, reserved: 600, free: 900 });
    expect(budgetOf(60, 100, 600).free).toBe(0);
    const all = [budgetOf(600, 900, 600), budgetOf(400, 100)];
    expect(sumBudgets(all, 300)).toEqual({ capacity: 4_000, used: 1_000, reserved: 900, free: 2_100, slack: 0.525 });
    expect(sumBudgets([budgetOf(60, 100)], 300)).toMatchObject({ reserved: 300, free: 0, slack: 0 });
  });

  test("counts the four weeks that end today", () => {
    expect(windowOf("2026-03-02")).toEqual({ from: "2026-02-03", to: "2026-03-02" });
  });
});

describe("an entry", () => {
  test("lies before the sale until the day on which the deal was won", () => {
    expect(isPresale("2026-03-02", null)).toBe(true);
    expect(isPresale("2026-03-01", "2026-03-02")).toBe(true);
    expect(isPresale("2026-03-02", "2026-03-02")).toBe(false);
  });

  test("is not of the future, nor older than a year", () => {
    expect(planDay("2026-03-02", "2026-03-02").ok).toBe(true);
    expect(planDay("2026-03-03", "2026-03-02")).toMatchObject({ reason: "in_the_future" });
    expect(planDay("2025-03-01", "2026-03-02").ok).toBe(true);
    expect(planDay("2025-02-28", "2026-03-02")).toMatchObject({ reason: "too_long_ago" });
  });

  test("is one's own, or logged by whoever may step in, and always of customer success", () => {
    const csm = { memberId: "a", mayAct: true, mayOverride: false };
    expect(planWhose(csm, { id: "a", isCsm: true }).ok).toBe(true);
    expect(planWhose(csm, { id: "b", isCsm: true })).toMatchObject({ reason: "own_hours_only" });
    expect(planWhose(csm, { id: "a", isCsm: false })).toMatchObject({ reason: "not_csm" });
    const manager = { memberId: "m", mayAct: false, mayOverride: true };
    expect(planWhose(manager, { id: "b", isCsm: true }).ok).toBe(true);
    expect(planWhose(manager, { id: "m", isCsm: false })).toMatchObject({ reason: "not_csm" });
  });

  test.each([
    ["no day", { journeyId: id, minutes: 30, spentOn: "2026-02-30" }],
    ["no minutes", { journeyId: id, minutes: 0, spentOn: "2026-03-02" }],
    ["more than a day", { journeyId: id, minutes: 1_441, spentOn: "2026-03-02" }],
    ["no deal", { minutes: 30, spentOn: "2026-03-02" }],
    ["half a minute", { journeyId: id, minutes: 0.5, spentOn: "2026-03-02" }],
  ])("is not accepted with %s", (_, input) => {
    expect(LogCsmHours.safeParse(input).success).toBe(false);
  });
});
