import { describe, expect, test } from "vitest";
import { planAppointment, planConfirmation, planOutcome, planReschedule } from "@/lib/appointments/rules";

const start = new Date("2026-03-05T15:00:00Z");
const before = new Date("2026-03-05T14:59:00Z");
const after = new Date("2026-03-05T15:10:00Z");
const set = { state: "set", startAt: start, hostId: "marcus", setById: "dana" };
const host = { memberId: "marcus", isManager: false };
const setter = { memberId: "dana", isManager: false };

describe("planOutcome", () => {
  test("the host says that it took place", () => {
    expect(planOutcome(set, host, "kept", after)).toMatchObject({ ok: true, change: { state: "kept" } });
  });

  test("nobody says so before it began", () => {
    expect(planOutcome(set, host, "kept", before)).toMatchObject({ ok: false, reason: "not_yet" });
    expect(planOutcome(set, host, "no_show", before)).toMatchObject({ ok: false, reason: "not_yet" });
  });

  test("whoever set it never marks it, not even as a manager", () => {
    expect(planOutcome(set, setter, "kept", after)).toMatchObject({ ok: false, reason: "self_marking" });
    expect(planOutcome(set, { ...setter, isManager: true }, "kept", after)).toMatchObject({ ok: false });
  });

  test("whoever set it and hosts it says what happened", () => {
    expect(planOutcome({ ...set, hostId: "dana" }, setter, "kept", after).ok).toBe(true);
  });

  test("another manager may say it, another colleague may not", () => {
    expect(planOutcome(set, { memberId: "max", isManager: true }, "no_show", after).ok).toBe(true);
    expect(planOutcome(set, { memberId: "otto", isManager: false }, "kept", after)).toMatchObject({
      ok: false,
      reason: "host_only",
    });
  });

  test("it is said once", () => {
    expect(planOutcome({ ...set, state: "kept" }, host, "no_show", after)).toMatchObject({
      ok: false,
      reason: "appointment_closed",
    });
  });
});

describe("the time of an appointment", () => {
  test("lies ahead, and the age of the lead is kept in days", () => {
    const arrived = new Date("2026-03-01T15:00:00Z");
    const now = new Date("2026-03-03T03:00:00Z");
    expect(planAppointment(start, arrived, now)).toMatchObject({ ok: true, change: { leadAgeDays: 1.5 } });
    expect(planAppointment(start, arrived, after)).toMatchObject({ ok: false, reason: "in_the_past" });
  });

  test("moves while it stands, and after a no-show, which stays one", () => {
    const next = new Date("2026-03-10T15:00:00Z");
    expect(planReschedule(set, next, before)).toMatchObject({ ok: true, change: { state: "rescheduled" } });
    expect(planReschedule({ ...set, state: "no_show" }, next, after)).toMatchObject({
      ok: true,
      change: { state: "no_show" },
    });
    expect(planReschedule({ ...set, state: "kept" }, next, after).ok).toBe(false);
  });

  test("is confirmed once", () => {
    expect(planConfirmation(set).ok).toBe(true);
    expect(planConfirmation({ ...set, state: "confirmed" })).toMatchObject({ ok: false, reason: "already_confirmed" });
  });
});
