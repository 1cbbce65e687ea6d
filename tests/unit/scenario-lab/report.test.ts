import { describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/runs/canonical";
import { comparePair } from "@/lib/scenario-lab/compare";
import { labReport, meanOf, waitOf } from "@/lib/scenario-lab/report";
import type { LabDeal } from "@/lib/scenario-lab/report-schema";
import type { Scenario } from "@/lib/scenarios/vocabulary";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const unknown = {
  pClose: 0.5,
  value: null,
  complexity: null,
  inaccessibility: null,
  relationship: null,
  newCustomer: null,
};
const deal = (scenario: Scenario, rest: Partial<LabDeal> = {}): LabDeal => ({
  ...{ scenario, isDrawn: false, followed: null, segment: "smb", facts: unknown, isWon: false },
  ...{ kickoff: null, firstValue: null, health: null, effort: null, hours: null },
  ...rest,
});
const many = (scenario: Scenario, segment: string, won: number, n: number) =>
  Array.from({ length: n }, (_, each) => deal(scenario, { segment, isWon: each < won }));

/** The deals of the worked example F64. */
const example = [
  ...many("C", "smb", 10, 20),
  ...many("A", "smb", 80, 200),
  ...many("C", "mid", 20, 40),
  ...many("A", "mid", 36, 80),
  ...many("C", "ent", 30, 100),
  ...many("A", "ent", 5, 25),
];

test("hours are the mean of deals that ended, and a deal that has not ended has none to say yet", () => {
  const deals = [deal("C", { hours: 3 }), deal("C", { hours: 0 }), deal("C", { isWon: null, hours: null })];
  const frame = { weeks: 0, since: null, asOf: "2026-03-02T10:00:00.000Z", unassigned: 0 };
  expect(labReport(deals, frame).outcomes[2]?.hours).toMatchObject({ n: 2, mean: 1.5, lo: 0 });
});

test("a deal counts where it was given, and how many crossed over in the handoff is said of those handed over", () => {
  const deals = [deal("C", { followed: "A" }), deal("C", { followed: "C", isWon: true }), deal("C"), deal("A")];
  const frame = { weeks: 0, since: null, asOf: "2026-03-02T10:00:00.000Z", unassigned: 0 };
  const { outcomes } = labReport(deals, frame);
  expect(outcomes.map(({ assigned, handedOver, crossed }) => [assigned, handedOver, crossed])).toEqual([
    [1, 0, 0],
    [0, 0, 0],
    [3, 2, 1],
  ]);
  expect(outcomes[2]?.close).toMatchObject({ k: 1, n: 3 });
});

describe("one scenario against another", () => {
  test("F64: plainly worse, fairly better, and it says that the two disagree", () => {
    const pair = comparePair(example, "C", "A");
    expect(pair.n).toEqual({ treated: 160, control: 305 });
    expect(toFourDecimals(pair.crude?.difference ?? 0)).toBe(-0.0217);
    expect(toFourDecimals(pair.fair?.difference ?? 0)).toBe(0.0794);
    expect(toFourDecimals(pair.fair?.standardError ?? 0)).toBe(0.059);
    expect([pair.fair?.lo, pair.fair?.hi].map((each) => toFourDecimals(each ?? 0))).toEqual([-0.0362, 0.1951]);
    expect(pair.strata.map(({ segment, difference }) => [segment, toFourDecimals(difference ?? 0)])).toEqual([
      ["ent", 0.1],
      ["mid", 0.05],
      ["smb", 0.1],
    ]);
    expect([pair.isTurned, pair.isClear]).toEqual([true, false]);
    expect(pair.needs).toBeGreaterThan(100);
  });

  test("the weighted figure is that of every deal weighed by its stratum, and nothing of it was trimmed", () => {
    const { weighted } = comparePair(example, "C", "A");
    // Sum of stratum rates weighed by stratum sizes 220, 120, 125 of 465.
    const at = (rates: number[]) => [220, 120, 125].reduce((sum, n, each) => sum + (n * (rates[each] ?? 0)) / 465, 0);
    expect(weighted?.treated).toBeCloseTo(at([0.5, 0.5, 0.3]), 9);
    expect(weighted?.control).toBeCloseTo(at([0.4, 0.45, 0.2]), 9);
    expect(weighted?.trimmed).toBe(0);
    expect(weighted?.effectiveTreated).toBeLessThan(160);
  });

  test("the order of the deals changes nothing, to the byte", () => {
    const frame = { weeks: 0, since: null, asOf: "2026-03-02T10:00:00.000Z", unassigned: 0 };
    const turned = [...example].reverse();
    expect(canonicalJson(labReport(turned, frame).pairs[1]?.fair)).toBe(
      canonicalJson(labReport(example, frame).pairs[1]?.fair),
    );
    expect(canonicalJson(labReport(example, frame))).toBe(canonicalJson(labReport([...example], frame)));
  });

  test("what was drawn by lot, and what has not ended, is left to others", () => {
    const more = [...example, deal("C", { isDrawn: true, isWon: true }), deal("C", { isWon: null })];
    expect(comparePair(more, "C", "A").n).toEqual({ treated: 160, control: 305 });
  });

  test("balance warns while groups differ by more than a tenth of a deviation after weighting", () => {
    const facts = (complexity: number) => ({ ...unknown, complexity });
    const uneven = Array.from({ length: 40 }, (_, each) =>
      deal(each < 20 ? "C" : "A", {
        isWon: each % 2 === 0,
        facts: facts(((each % 20) / 20) * 0.5 + (each < 20 ? 0.5 : 0)),
      }),
    );
    const { balance } = comparePair(uneven, "C", "A");
    const found = balance.find(({ name }) => name === "complexity");
    expect(found?.before).toBeGreaterThan(0.1);
    expect(found?.isOff).toBe(true);
    expect(balance.find(({ name }) => name === "value")).toMatchObject({
      n: 0,
      before: null,
      after: null,
      isOff: false,
    });
    // Bands of the chance are strata, so that weighting makes the chance alike.
    const chance = Array.from({ length: 60 }, (_, each) =>
      deal(each % 3 === 0 ? "C" : "A", { isWon: each % 2 === 0, facts: { ...unknown, pClose: each < 30 ? 0.3 : 0.7 } }),
    );
    const tilted = [...chance, ...Array.from({ length: 20 }, () => deal("C", { facts: { ...unknown, pClose: 0.7 } }))];
    const p = comparePair(tilted, "C", "A").balance.find(({ name }) => name === "pClose");
    expect(p?.before).toBeGreaterThan(0.1);
    expect(p?.after).toBeCloseTo(0, 9);
    expect(p?.isOff).toBe(false);
  });

  test("without one of the two nothing is said", () => {
    const pair = comparePair(many("A", "smb", 3, 9), "C", "A");
    expect(pair).toMatchObject({
      crude: null,
      fair: null,
      weighted: null,
      needs: null,
      isTurned: false,
      isClear: false,
    });
  });

  test("F64b: days of those for whom it came, stratum by stratum", () => {
    const days = (scenario: Scenario, segment: string, values: number[]) =>
      values.map((each) => deal(scenario, { segment, isWon: true, kickoff: { days: each, hasCome: true } }));
    const waiting = deal("C", { segment: "smb", isWon: true, kickoff: { days: 900, hasCome: false } });
    const all = [...days("C", "smb", [8, 10, 12]), waiting, ...days("A", "smb", [13, 15, 17])];
    const pair = comparePair(all, "C", "A");
    expect(pair.kickoffDays?.difference).toBeCloseTo(-5, 9);
    expect(pair.kickoffDays?.standardError).toBeCloseTo(Math.sqrt(4 / 3 + 4 / 3), 9);
    expect(pair.firstValueDays).toBeNull();
  });

  type Rows = [segment: string, x1: number, n1: number, x0: number, n0: number][];
  type Expected = { rd_mh: number; se_sato: number; lo: number; hi: number; crude_rd: number };
  fixtureTest<Record<string, Rows>, Expected>("F64_mantel_haenszel_rd", (given, expected) => {
    const rows = given["stratum,C_won,C_n,A_won,A_n"] ?? [];
    const deals = rows.flatMap(([segment, x1, n1, x0, n0]) => [
      ...many("C", segment, x1, n1),
      ...many("A", segment, x0, n0),
    ]);
    const { fair, crude } = comparePair(deals, "C", "A");
    const found = [fair?.difference, fair?.standardError, fair?.lo, fair?.hi, crude?.difference];
    const { rd_mh, se_sato, lo, hi, crude_rd } = expected;
    expect(found.map((each) => toFourDecimals(each ?? 9))).toEqual([rd_mh, se_sato, lo, hi, crude_rd]);
  });
});

describe("what a scenario did", () => {
  test("those for whom it has not come yet are censored, not failures", () => {
    const wait = waitOf([
      { days: 10, hasCome: true },
      { days: 20, hasCome: false },
      { days: 30, hasCome: true },
      { days: 40, hasCome: true },
    ]);
    expect(wait).toMatchObject({ n: 4, come: 3, median: 30, p80: 40 });
    expect(wait.curve.map(({ waiting }) => waiting)).toEqual([0.75, 0.375, 0]);
    expect(waitOf([{ days: 9, hasCome: false }])).toEqual({ n: 1, come: 0, median: null, p80: null, curve: [] });
    expect(waitOf([])).toEqual({ n: 0, come: 0, median: null, p80: null, curve: [] });
  });

  test("a mean needs two values for its interval, which stays within the scale", () => {
    const scale = { lo: 0, hi: 100 };
    expect(meanOf([], scale)).toEqual({ n: 0, mean: null, lo: null, hi: null });
    expect(meanOf([70], scale)).toEqual({ n: 1, mean: 70, lo: null, hi: null });
    const found = meanOf([90, 100], scale);
    expect(found.mean).toBe(95);
    expect(found.lo).toBeCloseTo(95 - (1.959963984540054 * Math.sqrt(50)) / Math.sqrt(2), 9);
    expect(found.hi).toBe(100);
  });

  test("a deal counts by what it was given, pending ones are told apart", () => {
    const frame = { weeks: 0, since: null, asOf: "2026-03-02T10:00:00.000Z", unassigned: 3 };
    const report = labReport(
      [...many("B", "smb", 2, 3), deal("B", { isWon: null }), deal("B", { isDrawn: true, isWon: true })],
      frame,
    );
    expect(report.outcomes[1]).toMatchObject({ scenario: "B", assigned: 5, pending: 1, close: { k: 3, n: 4 } });
    expect(report).toMatchObject({ deals: 5, drawn: 1, unassigned: 3 });
    expect(report.outcomes[0]?.close.rate).toBeNull();
  });
});
