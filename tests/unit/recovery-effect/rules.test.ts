import { describe, expect, test } from "vitest";
import { plays } from "@/lib/journeys/plays";
import { computeRecovery } from "@/lib/recovery-effect/kind";
import { armOf, judgeComparison, mayCompare, type Standing } from "@/lib/recovery-effect/rules";
import { assignByHash } from "@/lib/statistics/assignment";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const light: Standing = { severity: "normal", isOtherHigh: false, hasOpenCase: false, isProtected: false };
const customers = Array.from({ length: 1000 }, (_, place) => `customer-${place}`);
const heldOut = (standing: Standing, percent = 20) =>
  customers.filter((id) => armOf("w", id, percent, standing) === "holdout").length;

describe("who may be left without a play", () => {
  test("nobody while the share is 0", () => {
    expect(customers.map((id) => armOf("w", id, 0, light)).every((arm) => arm === null)).toBe(true);
  });

  test("about the share of the light ones, the same ones every time, by the hash of their workspace and id", () => {
    expect(heldOut(light)).toBeGreaterThan(160);
    expect(heldOut(light)).toBeLessThan(240);
    for (const id of customers.slice(0, 50)) {
      const { u } = assignByHash("recovery-w", id, 0.2);
      expect(armOf("w", id, 20, light)).toBe(u < 0.2 ? "holdout" : "play");
    }
  });

  test("a smaller share holds out some of the same customers and no others", () => {
    for (const id of customers)
      if (armOf("w", id, 10, light) === "holdout") expect(armOf("w", id, 20, light)).toBe("holdout");
  });

  test("never a complaint, compliance, safety, an open case, or anything grave", () => {
    const grave: Partial<Standing>[] = [
      { severity: "high" },
      { isOtherHigh: true },
      { hasOpenCase: true },
      { isProtected: true },
    ];
    for (const each of grave) {
      expect(mayCompare({ ...light, ...each })).toBe(false);
      expect(customers.every((id) => armOf("w", id, 20, { ...light, ...each }) === null)).toBe(true);
    }
  });

  test("no trigger that a customer would feel as a wrong is light", () => {
    const normal = Object.entries(plays).filter(([, { severity }]) => severity === "normal");
    expect(normal.map(([trigger]) => trigger)).toEqual(["T2", "T3", "T4", "T6"]);
  });
});

describe("what the plays add", () => {
  const judged = (play: [number, number], holdout: [number, number]) =>
    judgeComparison({ k: play[0], n: play[1] }, { k: holdout[0], n: holdout[1] }).verdict;

  test("28 of 80 against 14 of 80 is 17.5 points more, one for every 5.7 plays", () => {
    const { effect, verdict } = judgeComparison({ k: 28, n: 80 }, { k: 14, n: 80 });
    expect(verdict).toBe("helps");
    expect(effect?.difference).toBeCloseTo(0.175, 4);
    expect(effect?.lo).toBeCloseTo(0.0385, 4);
    expect(effect?.hi).toBeCloseTo(0.3035, 4);
    expect(effect?.z).toBeCloseTo(2.5155, 4);
    expect(effect?.p).toBeCloseTo(0.0119, 4);
    expect(effect?.numberNeeded).toBeCloseTo(5.7143, 4);
  });

  fixtureTest<{ play: string; holdout: string }, Record<string, number>>("F20_recovery_play", (given, expected) => {
    const countOf = (text: string) => {
      const [k = 0, n = 0] = (/(\d+)\/(\d+)/.exec(text) ?? []).slice(1).map(Number);
      return { k, n };
    };
    const { effect } = judgeComparison(countOf(given.play), countOf(given.holdout));
    const { difference = 0, lo = 0, hi = 0, z, p, numberNeeded } = effect ?? {};
    const found = { diff: difference, lo, hi, z: z ?? 0, p: p ?? 0, NNT: numberNeeded ?? 0 };
    expect(Object.fromEntries(Object.entries(found).map(([key, value]) => [key, toFourDecimals(value)]))).toEqual(
      expected,
    );
  });

  test("nobody held out, too few, chance and harm each have their own word", () => {
    expect(judged([10, 80], [0, 0])).toBe("no_holdout");
    expect(judged([0, 0], [0, 0])).toBe("no_holdout");
    expect(judged([19, 19], [0, 80])).toBe("too_few");
    expect(judged([80, 80], [0, 19])).toBe("too_few");
    expect(judged([28, 80], [26, 80])).toBe("not_proven");
    expect(judged([14, 80], [28, 80])).toBe("harms");
  });

  test("no data is no rate, and never 0 %", () => {
    const none = { k: 0, n: 0 };
    const input = { immature: 0, byTrigger: [], byCause: [], play: none, holdout: none };
    const found = computeRecovery(input, {
      parameters: { horizonDays: 14, windowDays: 365 },
      config: { percent: 0, since: null },
    });
    expect(found.comparison).toMatchObject({ play: { rate: null }, holdout: { rate: null }, effect: null });
  });
});
