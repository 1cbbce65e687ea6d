import { describe, expect, test } from "vitest";
import { planEnd, planPromise, planRenegotiation } from "@/lib/promises/rules";

const due = new Date("2026-03-05T12:00:00Z");
const before = new Date("2026-03-04T12:00:00Z");
const after = new Date("2026-03-06T12:00:00Z");
const nextWeek = new Date("2026-03-12T12:00:00Z");
const open = { state: "open", dueAt: due, renegotiated: 0 };

describe("a promise", () => {
  test("is about something ahead of us", () => {
    expect(planPromise(due, before).ok).toBe(true);
    expect(planPromise(due, due)).toMatchObject({ ok: false, reason: "in_the_past" });
  });

  test("ends once", () => {
    expect(planEnd(open, "kept")).toMatchObject({ ok: true, change: { state: "kept" } });
    expect(planEnd({ ...open, state: "broken" }, "kept")).toMatchObject({ ok: false, reason: "promise_closed" });
  });

  test("renegotiated before it is due stays unbroken and is counted", () => {
    expect(planRenegotiation(open, nextWeek, before)).toMatchObject({
      ok: true,
      change: { kind: "moved", renegotiated: 1 },
    });
  });

  test("renegotiated after it was due was broken, and the new date is a new promise", () => {
    expect(planRenegotiation(open, nextWeek, after)).toMatchObject({ ok: true, change: { kind: "replaced" } });
  });

  test("is not renegotiated into the past or to the same date", () => {
    expect(planRenegotiation(open, before, after)).toMatchObject({ ok: false, reason: "in_the_past" });
    expect(planRenegotiation(open, due, before)).toMatchObject({ ok: false, reason: "same_date" });
  });
});
