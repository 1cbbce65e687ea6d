import { describe, expect, test } from "vitest";
import { nextMailing, planEdit, planRecipients } from "@/lib/saved-reports/rules";

describe("the next mailing", () => {
  const next = (schedule: Parameters<typeof nextMailing>[0], after: string, zone = "Asia/Jerusalem") =>
    nextMailing(schedule, zone, new Date(after)).toISOString();

  test("is at the wall clock of the zone, also over the change of the clocks", () => {
    const daily = { every: "daily" as const, minute: 480 };
    expect(next(daily, "2026-03-26T05:59:59Z")).toBe("2026-03-26T06:00:00.000Z");
    expect(next(daily, "2026-03-26T06:00:00Z")).toBe("2026-03-27T05:00:00.000Z");
  });

  test("is on its day of the week", () => {
    const weekly = { every: "weekly" as const, weekday: 0, minute: 60 };
    expect(next(weekly, "2026-03-11T10:00:00Z", "UTC")).toBe("2026-03-15T01:00:00.000Z");
    expect(next(weekly, "2026-03-15T01:00:00Z", "UTC")).toBe("2026-03-22T01:00:00.000Z");
  });
});

describe("who may", () => {
  const report = { ownerId: "a", isShared: false };
  test("change a report is its owner, and a manager once it is shared", () => {
    expect(planEdit(report, { memberId: "a", roles: [] }).ok).toBe(true);
    expect(planEdit(report, { memberId: "b", roles: ["manager"] }).ok).toBe(false);
    expect(planEdit({ ...report, isShared: true }, { memberId: "b", roles: ["manager"] }).ok).toBe(true);
    expect(planEdit({ ...report, isShared: true }, { memberId: null, roles: ["osc"] }).ok).toBe(false);
  });

  test("get a report that is hers alone is its owner", () => {
    const known = new Set(["a", "b"]);
    expect(planRecipients(report, ["a", "a"], known)).toMatchObject({ change: ["a"] });
    expect(planRecipients(report, ["b"], known)).toMatchObject({ reason: "not_shared" });
    expect(planRecipients({ ...report, isShared: true }, ["c"], known)).toMatchObject({ reason: "not_a_member" });
  });
});
