import { describe, expect, test } from "vitest";
import { caseDue, opensCase, ownerOf, planClose, planStep, stepsDue } from "@/lib/recovery-cases/rules";

const week = { 1: [[540, 1080]], 2: [[540, 1080]], 3: [[540, 1080]], 4: [[540, 1080]], 5: [[540, 1080]] } as const;
const calendar = { timeZone: "UTC", hours: week as never, holidays: [] };
const said = {
  source: "customer",
  class: "negative",
  countsForClass: true,
  ces: null,
  isLate: false,
  isDecided: false,
};

describe("which answers open a case", () => {
  test("a negative word that counts, or a hard contact", () => {
    expect(opensCase(said)).toBe(true);
    expect(opensCase({ ...said, class: "neutral", ces: 2 })).toBe(true);
    expect(opensCase({ ...said, class: null, countsForClass: false, ces: 1 })).toBe(true);
    expect(opensCase({ ...said, class: "neutral", ces: 3 })).toBe(false);
  });
  test("never a member's view, a late answer or a second one", () => {
    expect(opensCase({ ...said, source: "staff", ces: 1 })).toBe(false);
    expect(opensCase({ ...said, isLate: true, ces: 1 })).toBe(false);
    expect(opensCase({ ...said, isDecided: true, ces: 1 })).toBe(false);
  });
});

describe("the clock of a case", () => {
  test("runs one business day on the wall, over a weekend too", () => {
    expect(caseDue(calendar, new Date("2026-03-02T10:30:00Z"))).toEqual(new Date("2026-03-03T10:30:00Z"));
    expect(caseDue(calendar, new Date("2026-03-06T10:30:00Z"))).toEqual(new Date("2026-03-09T10:30:00Z"));
  });
  test("never ends before there was time to put it right, and its steps follow each other", () => {
    for (const at of ["2026-03-07T02:00:00Z", "2026-03-02T17:59:00Z", "2026-03-06T23:00:00Z"]) {
      const due = stepsDue(calendar, new Date(at));
      expect(due.call_and_apologise < due.put_right).toBe(true);
      expect(due.put_right <= due.customer_told).toBe(true);
    }
  });
});

describe("who owns a case", () => {
  const people = [
    { id: "agent", isActive: true, roles: ["sales"] },
    { id: "named", isActive: true, roles: ["design"] },
    { id: "gone", isActive: false, roles: ["sales"] },
  ];
  test("the person named for the moment, else the agent of the moment's role, else the OSC", () => {
    expect(ownerOf("osc", null, people, "agent")).toBe("osc");
    expect(ownerOf("osc", { responsibleId: "named", responsibleRole: null }, people, "agent")).toBe("named");
    expect(ownerOf("osc", { responsibleId: "gone", responsibleRole: "sales" }, people, "agent")).toBe("agent");
    expect(ownerOf("osc", { responsibleId: null, responsibleRole: "design" }, people, "agent")).toBe("osc");
    expect(ownerOf("osc", { responsibleId: null, responsibleRole: "sales" }, people, "gone")).toBe("osc");
  });
});

describe("the steps of a case", () => {
  const step = (name: string, isDone: boolean) => ({ id: name, name, doneAt: isDone ? new Date(0) : null });
  const steps = [step("call_and_apologise", true), step("put_right", false), step("customer_told", false)];
  const ready = [step("call_and_apologise", true), step("put_right", true), step("customer_told", false)];
  test("the customer is told last, and in words", () => {
    expect(planStep("open", steps, "customer_told", "x")).toMatchObject({ reason: "customer_told_last" });
    expect(planStep("playing", ready, "customer_told", "")).toMatchObject({ reason: "note_needed" });
    expect(planStep("playing", ready, "customer_told", "We changed it.")).toMatchObject({ ok: true });
  });
  test("nothing closes before she was told, and what is closed stays closed", () => {
    expect(planClose("playing", ready)).toMatchObject({ reason: "customer_not_told" });
    expect(
      planClose(
        "playing",
        ready.map((each) => ({ ...each, doneAt: new Date(0) })),
      ),
    ).toMatchObject({ ok: true });
    expect(planClose("false_alarm", [])).toMatchObject({ reason: "case_closed" });
    expect(planStep("lost", steps, "put_right", "")).toMatchObject({ reason: "case_closed" });
  });
});
