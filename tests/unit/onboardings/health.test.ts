import { describe, expect, test } from "vitest";
import { type HealthFacts, healthOf, healthWeights } from "@/lib/onboardings/health";

const nothing: HealthFacts = {
  milestones: { due: 0, inTime: 0 },
  touchpoints: { due: 0, inTime: 0 },
  offTrack: 0,
  experience: { positive: 0, neutral: 0, negative: 0 },
  firstValueDaysLate: null,
};
const pointsOf = (facts: Partial<HealthFacts>) =>
  Object.fromEntries(healthOf({ ...nothing, ...facts }).terms.map(({ name, points }) => [name, points]));

describe("health of an onboarding", () => {
  test("the weights make a hundred", () =>
    expect(Object.values(healthWeights).reduce((sum, each) => sum + each, 0)).toBe(100));

  test("nothing known is no data, not zero and not a hundred", () => {
    const { score, level, terms } = healthOf(nothing);
    expect([score, level]).toEqual([null, "no_data"]);
    expect(terms.every(({ points, most }) => points === null && most === null)).toBe(true);
    expect(healthOf({ ...nothing, offTrack: 2 }).score).toBeNull();
  });

  test("with every term known each adds its weight times its value", () => {
    const facts = {
      milestones: { due: 4, inTime: 3 },
      touchpoints: { due: 5, inTime: 5 },
      offTrack: 1,
      experience: { positive: 2, neutral: 2, negative: 1 },
      firstValueDaysLate: 6,
    };
    // 35 x .75 + 20 x 1 + 15 x .5 + 15 x .6 + 15 x .8
    expect(pointsOf(facts)).toEqual({
      milestones: 26.25,
      touchpoints: 20,
      off_track: 7.5,
      experience: 9,
      first_value: 12,
    });
    expect(healthOf(facts)).toMatchObject({ score: 74.75, level: "watch" });
  });

  test("a term without data leaves and the others count for the whole", () => {
    const { score, terms } = healthOf({ ...nothing, milestones: { due: 2, inTime: 1 } });
    // 35 and 15 of 50: .5 x 70 + 1 x 30.
    expect(score).toBeCloseTo(65, 9);
    expect(terms.find(({ name }) => name === "milestones")?.most).toBeCloseTo(70, 9);
    expect(terms.find(({ name }) => name === "experience")).toMatchObject({ value: null, points: null, most: null });
  });

  test("the points always add up to the score, which stays within 0 and 100", () => {
    for (const inTime of [0, 1, 3])
      for (const offTrack of [0, 1, 2, 7])
        for (const late of [null, -5, 0, 15, 400]) {
          const facts = { milestones: { due: 3, inTime }, offTrack, firstValueDaysLate: late };
          const { score, terms } = healthOf({ ...nothing, ...facts });
          expect(terms.reduce((sum, { points }) => sum + (points ?? 0), 0)).toBeCloseTo(score ?? -1, 9);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
  });

  test("below 60 is at risk, from 80 on it is on track", () => {
    const level = (inTime: number, due: number) =>
      healthOf({ ...nothing, milestones: { due, inTime }, offTrack: 2, touchpoints: { due: 1, inTime: 1 } }).level;
    expect([level(0, 1), level(1, 1)]).toEqual(["at_risk", "watch"]);
    expect(healthOf({ ...nothing, milestones: { due: 1, inTime: 1 } }).level).toBe("on_track");
  });
});
