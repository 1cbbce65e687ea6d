import { describe, expect, test } from "vitest";
import { daysBetween, planDay, planEdit, planEnd, planMilestone, planStart } from "@/lib/onboardings/rules";
import { milestoneStates } from "@/lib/onboardings/schema";
import { usualMilestones } from "@/lib/onboardings/usual-plan";

describe("an onboarding", () => {
  test("begins once, for what was won", () => {
    expect(planStart("won", false).ok && planStart("completed", false).ok).toBe(true);
    expect(planStart("active", false)).toMatchObject({ ok: false, reason: "not_won" });
    expect(planStart("won", true)).toMatchObject({ ok: false, reason: "onboarding_exists" });
  });
  test("is done only when no milestone is open, and cancelled only with a reason", () => {
    expect(planEnd("open", "done", 0, "")).toEqual({ ok: true, change: { state: "done" } });
    expect(planEnd("open", "done", 1, "")).toMatchObject({ reason: "milestones_open" });
    expect(planEnd("open", "cancelled", 3, "")).toMatchObject({ reason: "note_needed" });
    expect(planEnd("open", "cancelled", 3, "They left").ok).toBe(true);
    expect(planEnd("done", "cancelled", 0, "x")).toMatchObject({ reason: "onboarding_ended" });
  });
});

describe("a milestone", () => {
  test("that ended stays as it is", () => {
    for (const from of ["done", "missed", "cancelled"])
      for (const to of milestoneStates)
        expect(planMilestone("open", from, to, "why")).toMatchObject({ ok: false, reason: "milestone_state" });
  });
  test("is begun, done, missed or cancelled; the last two say why", () => {
    expect(planMilestone("open", "planned", "in_progress", "").ok).toBe(true);
    expect(planMilestone("open", "in_progress", "done", "").ok).toBe(true);
    expect(planMilestone("open", "planned", "missed", "")).toMatchObject({ reason: "note_needed" });
    expect(planMilestone("open", "planned", "cancelled", "No need").ok).toBe(true);
    expect(planMilestone("done", "planned", "done", "")).toMatchObject({ reason: "onboarding_ended" });
    expect(planMilestone("open", "in_progress", "planned", "")).toMatchObject({ reason: "milestone_state" });
  });
  test("is rewritten only while it is open", () => {
    expect(planEdit("open", "planned").ok && planEdit("open", "in_progress").ok).toBe(true);
    expect(planEdit("open", "done").ok || planEdit("cancelled", "planned").ok).toBe(false);
  });
});

describe("a day that has come", () => {
  test("lies neither in the future nor before the win", () => {
    expect(planDay("2026-03-02", "2026-03-02", "2026-03-02", "on").ok).toBe(true);
    expect(planDay("2026-03-03", "2026-03-02", null, "on")).toMatchObject({ reason: "in_the_future" });
    expect(planDay("2026-03-01", "2026-03-02", "2026-03-02", "on")).toMatchObject({ reason: "before_the_win" });
  });
  test("days between two days are whole and signed", () => {
    expect(daysBetween("2026-02-27", "2026-03-02")).toBe(3);
    expect(daysBetween("2026-03-02", "2026-02-27")).toBe(-3);
  });
});

test("the usual plan has its kickoff within 14 days, first value within 45 and the review within 90, all of which the customer sees", () => {
  const found = Object.fromEntries(usualMilestones.map(({ name, dueDays }) => [name, (dueDays / 5) * 7]));
  expect(found.Kickoff).toBeLessThanOrEqual(14);
  expect(found["First value noticed"]).toBeLessThanOrEqual(45);
  expect(found["Review together"]).toBeLessThanOrEqual(90);
  expect(usualMilestones.filter(({ isCustomerVisible }) => !isCustomerVisible)).toHaveLength(1);
  expect(usualMilestones.every(({ nameHe }) => nameHe)).toBe(true);
});
