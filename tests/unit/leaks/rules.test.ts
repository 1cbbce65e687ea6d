import { describe, expect, test } from "vitest";
import { computeLeaks, type EntryCount } from "@/lib/leaks/compute";
import { isMended, type MeasuredFinding, nextCohortOf, planFollow, planMove, usualParameters } from "@/lib/leaks/rules";
import type { LeaksResult } from "@/lib/leaks/schema";

const config = {
  timeZone: "UTC",
  currency: "USD",
  stages: [{ template: "t", stage: "first", name: "First", templateName: "T", position: 0 }],
};

/** Matured entries of one origin, half of them with each consultant. */
function entries(origin: string, n: number, dropped: number, over: Partial<EntryCount> = {}): EntryCount[] {
  const base = { template: "t", stage: "first", origin, isRecent: false, isMatured: true };
  const rest = n - dropped;
  const all = { n, dropped, advanced: rest, wentOn: rest, won: Math.floor(rest * 0.35) };
  return [{ ...base, osc: "", ...all, ...over }];
}

const leaksOf = (all: EntryCount[], worth = { winsWithValue: 10, valueOfWinsMinor: 18_000_000 }): LeaksResult =>
  computeLeaks({ entries: all, ...worth }, config, usualParameters);
const findingOf = (result: LeaksResult, value: string) => result.findings.find((each) => each.value === value);

describe("a leak is declared by five conditions, all of them", () => {
  test("and says both figures in people and in money", () => {
    const reference = { n: 360, dropped: 90, advanced: 270, wentOn: 200, won: 70 };
    const found = findingOf(leaksOf([...entries("web", 120, 48), ...entries("phone", 360, 90, reference)]), "web");
    expect(found).toMatchObject({ verdict: "leak", missing: [], valueMinor: 11_340_000 });
    expect(found?.size?.losses).toBeCloseTo(18, 9);
    expect(found?.valueAtLeastMinor).toBe(Math.round(4_105_636.48));
  });

  test("fewer than thirty matured entries are too few, however bad they look", () => {
    const found = findingOf(leaksOf([...entries("web", 29, 27), ...entries("phone", 400, 60)]), "web");
    expect(found).toMatchObject({ verdict: "too_few", adjusted: null });
    expect(found?.missing).toContain("a");
  });

  test("those who came too lately to be judged count nowhere", () => {
    const young = entries("web", 200, 150, { isMatured: false });
    const result = leaksOf([...entries("web", 40, 10), ...young, ...entries("phone", 400, 100)]);
    expect(result.stages[0]).toMatchObject({ entries: 440, immature: 200 });
    expect(findingOf(result, "web")).toBeUndefined();
  });

  test("a difference that many comparisons bring up by chance is not proven", () => {
    const alone = leaksOf([...entries("web", 100, 34), ...entries("phone", 400, 90)]);
    expect(findingOf(alone, "web")).toMatchObject({ verdict: "leak" });
    const others = Array.from({ length: 20 }, (_, each) => entries(`other ${each}`, 40, 9)).flat();
    const among = leaksOf([...entries("web", 100, 33), ...others]);
    expect(findingOf(among, "web")).toMatchObject({ verdict: "not_proven", missing: ["c"] });
  });

  test("a difference whose interval includes none is not proven", () => {
    const found = findingOf(leaksOf([...entries("web", 60, 18), ...entries("phone", 400, 90)]), "web");
    expect(found).toMatchObject({ verdict: "not_proven" });
    expect(found?.missing).toEqual(["c", "d"]);
  });

  test("another mix of origins is said to be that before a consultant is named", () => {
    const bad = { n: 100, dropped: 50, advanced: 50, wentOn: 50, won: 10 };
    const good = { n: 100, dropped: 20, advanced: 80, wentOn: 80, won: 20 };
    const of = (osc: string, origin: string, times: number, each: typeof bad) =>
      entries(origin, 0, 0, {
        osc,
        ...(Object.fromEntries(Object.entries(each).map(([k, v]) => [k, v * times])) as typeof bad),
      });
    const result = leaksOf([
      ...of("ann", "fair", 4, bad),
      ...of("ann", "web", 1, good),
      ...of("ben", "fair", 1, bad),
      ...of("ben", "web", 4, good),
    ]);
    expect(findingOf(result, "ann")).toMatchObject({ verdict: "mix", missing: ["mix"], mix: { by: "origin" } });
    expect(findingOf(result, "ann")?.mix?.mixShare).toBeCloseTo(1, 9);
    expect(findingOf(result, "fair")).toMatchObject({ verdict: "leak" });
  });

  test("without entries or without a value nothing is made up", () => {
    const none = leaksOf([], { winsWithValue: 0, valueOfWinsMinor: 0 });
    expect(none).toMatchObject({ findings: [], tests: 0, valuePerWinMinor: null });
    expect(none.stages[0]?.dropped).toMatchObject({ n: 0, rate: null });
    const poor = leaksOf([...entries("web", 120, 60), ...entries("phone", 360, 60)], {
      winsWithValue: 0,
      valueOfWinsMinor: 0,
    });
    expect(findingOf(poor, "web")).toMatchObject({ verdict: "leak", valueMinor: null, valueAtLeastMinor: null });
  });

  test("the order in which entries come changes nothing", () => {
    const all = [...entries("web", 120, 60), ...entries("phone", 360, 60), ...entries("fair", 50, 9)];
    expect(leaksOf([...all].reverse()).findings).toEqual(leaksOf(all).findings);
  });
});

const day = 86_400_000;
const asOf = new Date("2026-03-02T03:17:00Z");
const place = {
  measure: "dropped" as const,
  template: "t",
  stage: "first",
  dimension: "origin" as const,
  value: "web",
};
const leak = { ...place, verdict: "leak" } as MeasuredFinding;
const standing = (state: string, daysAgo: number) => [
  { ...place, id: "1", state, lastAsOf: new Date(asOf.getTime() - daysAgo * day) },
];
const base = { standing: [], past: [], asOf, windowDays: 365 };

describe("what a run means for the leaks that stand", () => {
  test("found once is suspected, found by the next run confirmed, found twice on one day not", () => {
    expect(planFollow([leak], base).suspect).toEqual([leak]);
    expect(planFollow([leak], { ...base, standing: standing("suspected", 1) }).confirm).toHaveLength(1);
    const sameDay = planFollow([leak], { ...base, standing: standing("suspected", 0) });
    expect([sameDay.confirm, sameDay.refresh.length, sameDay.suspect]).toEqual([[], 1, []]);
  });

  test("a suspicion that is not found again goes, a confirmed leak stays", () => {
    expect(planFollow([], { ...base, standing: standing("suspected", 1) }).drop).toEqual(["1"]);
    expect(planFollow([], { ...base, standing: standing("confirmed", 1) })).toMatchObject({ drop: [], refresh: [] });
  });

  test("a change of mix and a group too small to tell are never suspected", () => {
    for (const verdict of ["mix", "not_proven", "too_few"] as const)
      expect(planFollow([{ ...leak, verdict }], base).suspect).toEqual([]);
  });

  test("what somebody rejected or what was mended comes back only after its entries have left the window", () => {
    const past = (state: string, isByHand: boolean, ago: number) => [
      { ...place, state, isByHand, endedAt: new Date(asOf.getTime() - ago * day) },
    ];
    expect(planFollow([leak], { ...base, past: past("rejected", true, 30) }).suspect).toEqual([]);
    expect(planFollow([leak], { ...base, past: past("closed", false, 30) }).suspect).toEqual([]);
    expect(planFollow([leak], { ...base, past: past("rejected", false, 30) }).suspect).toEqual([leak]);
    expect(planFollow([leak], { ...base, past: past("closed", false, 400) }).suspect).toEqual([leak]);
  });

  test("only a confirmed leak with an owner is mended, and a rejection needs a reason", () => {
    expect(planMove({ state: "confirmed", ownerId: "1" }, "being_fixed", "")).toMatchObject({ ok: true });
    expect(planMove({ state: "suspected", ownerId: "1" }, "being_fixed", "")).toMatchObject({ reason: "no_such_move" });
    expect(planMove({ state: "confirmed", ownerId: null }, "being_fixed", "")).toMatchObject({
      reason: "owner_needed",
    });
    expect(planMove({ state: "confirmed", ownerId: "1" }, "rejected", "")).toMatchObject({ reason: "note_needed" });
    expect(planMove({ state: "closed", ownerId: "1" }, "rejected", "So")).toMatchObject({ reason: "no_such_move" });
  });

  test("it is mended when thirty matured entries prove it, and not before", () => {
    expect(isMended(nextCohortOf({ k: 48, n: 120 }, { k: 6, n: 60 }, 0))).toBe(true);
    expect(isMended(nextCohortOf({ k: 48, n: 120 }, { k: 0, n: 29 }, 0))).toBe(false);
    expect(isMended(nextCohortOf({ k: 48, n: 120 }, { k: 20, n: 60 }, 0))).toBe(false);
    expect(isMended(nextCohortOf({ k: 48, n: 120 }, { k: 0, n: 0 }, 40))).toBe(false);
  });
});
