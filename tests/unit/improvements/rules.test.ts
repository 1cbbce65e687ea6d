import { describe, expect, test } from "vitest";
import { measureOf, planMove, windowsOf } from "@/lib/improvements/rules";

describe("whether an improvement helped", () => {
  test("the worked example F89 counts as proven when the share falls", () => {
    const found = measureOf({ k: 28, n: 80 }, { k: 14, n: 80 });
    expect(found.verdict).toBe("proven");
    expect(found.difference?.difference).toBeCloseTo(0.175, 4);
    expect(found.difference?.lo).toBeCloseTo(0.0385, 4);
    expect(found.difference?.hi).toBeCloseTo(0.3035, 4);
  });
  test("an interval that holds 0 is not proven, one beyond it is worse", () => {
    expect(measureOf({ k: 20, n: 80 }, { k: 16, n: 80 }).verdict).toBe("not_proven");
    expect(measureOf({ k: 14, n: 80 }, { k: 28, n: 80 }).verdict).toBe("worse");
  });
  test("below twenty on either side, without data, and before it is done nothing is said", () => {
    expect(measureOf({ k: 19, n: 19 }, { k: 0, n: 200 }).verdict).toBe("too_few");
    expect(measureOf({ k: 0, n: 0 }, { k: 0, n: 0 })).toMatchObject({ verdict: "too_few", difference: null });
    expect(measureOf({ k: 30, n: 60 }, null)).toMatchObject({ verdict: "not_done", after: null });
  });
});

test("the windows before and after are as long, and the one after ends with now", () => {
  const day = 86_400_000;
  const at = (days: number) => new Date(days * day);
  expect(windowsOf({ startedAt: at(100), doneAt: at(120), windowDays: 30 }, at(130))).toEqual({
    before: { from: at(70), until: at(100) },
    after: { from: at(120), until: at(130) },
  });
  expect(windowsOf({ startedAt: at(100), doneAt: at(120), windowDays: 30 }, at(500)).after?.until).toEqual(at(150));
  expect(windowsOf({ startedAt: null, doneAt: null, windowDays: 30 }, at(130)).after).toBeNull();
});

describe("the states of an improvement", () => {
  const owned = { state: "proposed", ownerId: "a" };
  test("follow each other, and what ended stays ended", () => {
    expect(planMove(owned, "accepted", "")).toMatchObject({ ok: true });
    expect(planMove(owned, "done", "")).toMatchObject({ reason: "no_such_move" });
    expect(planMove({ ...owned, state: "done" }, "rejected", "x")).toMatchObject({ reason: "no_such_move" });
  });
  test("it is accepted with an owner and rejected with a reason", () => {
    expect(planMove({ ...owned, ownerId: null }, "accepted", "")).toMatchObject({ reason: "owner_needed" });
    expect(planMove(owned, "rejected", "")).toMatchObject({ reason: "note_needed" });
  });
});
