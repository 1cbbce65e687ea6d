import { describe, expect, test } from "vitest";
import { planAssignment, planTaskEnd } from "@/lib/tasks/rules";

const hub = { id: "hub", isHub: true };
const design = { id: "design", isHub: false };
const osc = { id: "dana", spokeId: "hub", roles: ["osc"] };
const designer = { id: "noa", spokeId: "design", roles: ["design"] };
const anybody = { reach: "any", ownSpokeId: "hub" } as const;

describe("planAssignment", () => {
  test("a department's work never lands on the OSC", () => {
    expect(planAssignment(design, osc, anybody)).toMatchObject({ ok: false, reason: "osc_coordinates" });
    expect(planAssignment(design, { ...osc, spokeId: "design" }, anybody).ok).toBe(false);
  });

  test("the OSC's own work is hers", () => {
    expect(planAssignment(hub, osc, anybody)).toMatchObject({ ok: true, change: { ownerId: "dana" } });
  });

  test("a task may wait in its department for somebody", () => {
    expect(planAssignment(design, null, anybody)).toMatchObject({ ok: true, change: { ownerId: null } });
  });

  test("the owner belongs to the department", () => {
    expect(planAssignment(hub, designer, anybody)).toMatchObject({ ok: false, reason: "other_spoke" });
  });

  test("a department hands work to the hub and to itself, not to others", () => {
    const author = { reach: "hub", ownSpokeId: "sales" } as const;
    expect(planAssignment(design, null, author)).toMatchObject({ ok: false, reason: "hub_only" });
    expect(planAssignment(hub, osc, author).ok).toBe(true);
    expect(planAssignment({ id: "sales", isHub: false }, null, author).ok).toBe(true);
  });
});

describe("planTaskEnd", () => {
  test("what is done stays done", () => {
    expect(planTaskEnd({ state: "done", kind: "todo" }, "cancelled")).toMatchObject({
      ok: false,
      reason: "task_closed",
    });
  });

  test("a host says what became of an appointment; ticking it off says nothing", () => {
    expect(planTaskEnd({ state: "open", kind: "unconfirmed_outcome" }, "done")).toMatchObject({
      ok: false,
      reason: "outcome_needed",
    });
  });
});
