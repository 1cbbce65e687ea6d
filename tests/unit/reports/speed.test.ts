import { describe, expect, test } from "vitest";
import type { BusinessCalendar } from "@/lib/calendar/business-calendar";
import { type Arrival, answeredLead, groupLeads, ownerAt, speedLine } from "@/lib/reports/speed";
import { toFourDecimals } from "../domain-fixtures";

const always: BusinessCalendar = {
  timeZone: "UTC",
  hours: {
    0: [[0, 1440]],
    1: [[0, 1440]],
    2: [[0, 1440]],
    3: [[0, 1440]],
    4: [[0, 1440]],
    5: [[0, 1440]],
    6: [[0, 1440]],
  },
  holidays: [],
};
const office: BusinessCalendar = {
  timeZone: "America/New_York",
  hours: { 0: [], 1: [[540, 1080]], 2: [[540, 1080]], 3: [[540, 1080]], 4: [[540, 1080]], 5: [[540, 1080]], 6: [] },
  holidays: [],
};

const now = new Date("2026-03-02T20:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

function lead(age: number, response: number | null, more: Partial<Arrival> = {}) {
  const arrivedAt = ago(age);
  const firstResponseAt = response === null ? null : new Date(arrivedAt.getTime() + response * 60_000);
  return answeredLead(
    {
      journeyId: `${age}`,
      arrivedAt,
      firstResponseAt,
      oscId: "dana",
      origin: "web",
      bookedAt: null,
      assignments: [],
      ...more,
    },
    () => always,
    5,
    now,
  );
}

const worked = [
  lead(500, 2),
  lead(480, 4),
  lead(300, 5),
  lead(200, 9),
  lead(100, 61),
  lead(40, null),
  lead(3, null),
  lead(90, 3),
];

describe("speed to lead", () => {
  test("answers F02 of the domain: 4 of 7 due leads, one pending", () => {
    const { met, pending, needsMore } = speedLine(worked, 5);
    expect([met.k, met.n, pending, needsMore]).toEqual([4, 7, 1, 13]);
    expect([met.rate, met.lo, met.hi].map((value) => toFourDecimals(value ?? -1))).toEqual([0.5714, 0.2505, 0.8418]);
  });

  test("takes the medians of those who were answered", () => {
    expect(speedLine(worked, 5).medianStaffedMinutes).toBe(4.5);
    expect(speedLine([lead(3, null)], 5)).toMatchObject({ medianStaffedMinutes: null, met: { rate: null } });
  });

  test("counts the staffed hours of the consultant, not the weekend (F01)", () => {
    const arrivedAt = new Date("2025-03-07T22:50:00Z");
    const firstResponseAt = new Date("2025-03-10T13:05:00Z");
    const answered = answeredLead(
      { journeyId: "1", arrivedAt, firstResponseAt, oscId: "dana", origin: "web", bookedAt: null, assignments: [] },
      () => office,
      5,
      now,
    );
    expect([answered.elapsedMinutes, answered.staffedMinutes, answered.state]).toEqual([3735, 15, "missed"]);
  });

  test("belongs to the consultant who had the lead when the answer was due", () => {
    const assignments = [
      { memberId: "dana", from: ago(500) },
      { memberId: "mara", from: ago(100) },
    ];
    expect(ownerAt({ oscId: "mara", assignments }, ago(300))).toBe("dana");
    expect(ownerAt({ oscId: "mara", assignments }, ago(600))).toBe("dana");
    expect(lead(500, 450, { oscId: "mara", assignments }).ownerId).toBe("dana");
    expect(
      lead(101, null, {
        oscId: "mara",
        assignments: [
          { memberId: "dana", from: ago(101) },
          { memberId: "mara", from: ago(98) },
        ],
      }).ownerId,
    ).toBe("mara");
  });

  test("groups leads by a key without losing any", () => {
    const groups = groupLeads(worked, ({ state }) => state);
    expect([...groups.values()].reduce((sum, { length }) => sum + length, 0)).toBe(worked.length);
    expect(groups.get("pending")).toHaveLength(1);
  });
});
