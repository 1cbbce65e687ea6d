import { describe, expect, test } from "vitest";
import { type Candidate, planAssignment } from "@/lib/journeys/assign";

const candidate = (memberId: string, part: Partial<Candidate> = {}): Candidate => ({
  memberId,
  languages: ["en"],
  isOnShift: true,
  utilisation: 0.5,
  lastPickedAt: null,
  ...part,
});

describe("planAssignment", () => {
  test("stays with the previous OSC, on shift or not", () => {
    expect(planAssignment([candidate("a", { isOnShift: false }), candidate("b")], "a", "en", "lead")).toMatchObject({
      memberId: "a",
      reason: "sticky",
    });
  });
  test("prefers who speaks the language", () => {
    expect(
      planAssignment(
        [candidate("a", { utilisation: 0.1 }), candidate("b", { languages: ["he"], utilisation: 0.8 })],
        null,
        "he",
        "lead",
      ),
    ).toMatchObject({ memberId: "b" });
  });
  test("takes the lowest load of those on shift", () => {
    expect(
      planAssignment(
        [
          candidate("a", { utilisation: 0.7 }),
          candidate("b", { utilisation: 0.2 }),
          candidate("c", { utilisation: 0, isOnShift: false }),
        ],
        null,
        "en",
        "lead",
      ),
    ).toMatchObject({ memberId: "b", reason: "load" });
  });
  test("goes round between equals", () => {
    const earlier = new Date("2026-03-01");
    expect(
      planAssignment(
        [candidate("a", { lastPickedAt: new Date("2026-03-02") }), candidate("b", { lastPickedAt: earlier })],
        null,
        "en",
        "lead",
      ),
    ).toMatchObject({ memberId: "b", reason: "round_robin" });
  });
  test("falls to the coverage group's lead when nobody is on shift or everybody is full", () => {
    expect(planAssignment([candidate("a", { isOnShift: false })], null, "en", "lead")).toMatchObject({
      memberId: "lead",
      reason: "coverage",
    });
    expect(planAssignment([candidate("a", { utilisation: 1 })], null, "en", "lead")).toMatchObject({
      memberId: "lead",
      reason: "coverage",
    });
    expect(planAssignment([], null, "en", "lead")).toMatchObject({ memberId: "lead", reason: "coverage" });
  });
});
