import { describe, expect, test } from "vitest";
import { computeLapses, type LapsesInput, slowFrom } from "@/lib/lapses/compute";
import type { LapseMeasure, LapsesResult } from "@/lib/lapses/schema";
import { kaplanMeierOfCounts } from "@/lib/statistics/survival";

const stage = { template: "t", templateName: "T", stage: "first", name: "First", position: 0, silenceDays: 7 };
const config = { timeZone: "UTC", currency: "USD", stages: [stage] };
const nothing: LapsesInput = { stays: [], standing: [], proposals: [], answered: [] };

const lapsesOf = (input: Partial<LapsesInput>): LapsesResult =>
  computeLapses({ ...nothing, ...input }, config, { windowDays: 90 });
function section(result: LapsesResult, measure: LapseMeasure) {
  const found = result.sections.find((each) => each.measure === measure);
  if (!found) throw new Error(`There is no ${measure}.`);
  return found;
}
const group = (result: LapsesResult, measure: LapseMeasure, key: string) =>
  section(result, measure).groups.find((each) => each.key === key);

const standing = (spoke: string, n: number, over: Partial<LapsesInput["standing"][number]> = {}) => ({
  ...{ template: "t", stage: "first", spoke, day: 0, isSilent: false, n },
  ...over,
});
const proposal = (pair: string, n: number, over: Partial<LapsesInput["proposals"][number]> = {}) => ({
  ...{ pair, isPending: false, isRejected: false, isLate: false, n },
  ...over,
});

test("nobody at all makes no share and never 0 %", () => {
  for (const each of lapsesOf({}).sections) expect(each.share).toEqual({ k: 0, n: 0, rate: null, lo: null, hi: null });
});

describe("slow", () => {
  // DOMAIN F14: 3A 5A 5D 7C 8A 10D 12A 12C 15D 20C.
  const ten = [
    { time: 3, ended: 1, censored: 0 },
    { time: 5, ended: 2, censored: 0 },
    { time: 7, ended: 0, censored: 1 },
    { time: 8, ended: 1, censored: 0 },
    { time: 10, ended: 1, censored: 0 },
    { time: 12, ended: 1, censored: 1 },
    { time: 15, ended: 1, censored: 0 },
    { time: 20, ended: 0, censored: 1 },
  ];

  test("begins on the day on which S(t) of the worked example falls to .20 or below", () => {
    const curve = kaplanMeierOfCounts(ten) ?? [];
    expect(curve.find(({ time }) => time === 12)?.survival).toBeCloseTo(0.35, 9);
    expect(curve.find(({ time }) => time === 15)?.survival).toBeCloseTo(0.175, 9);
    expect(slowFrom(curve)).toBe(15);
    expect(slowFrom(curve.slice(0, 5))).toBeNull();
  });

  test("counts who stands in the stage since then, and is not told before thirty have left it", () => {
    const stays = ten.flatMap(({ time, ended, censored }) => [
      { template: "t", stage: "first", day: time, ended: "advanced" as const, n: ended * 5 },
      { template: "t", stage: "first", day: time, ended: "open" as const, n: censored * 5 },
    ]);
    const here = [standing("sales", 3, { day: 14 }), standing("sales", 2, { day: 15 })];
    const told = lapsesOf({ stays, standing: here });
    expect(told.limits).toMatchObject([{ slowFromDay: 15, silenceDays: 7 }]);
    expect(section(told, "slow").share).toMatchObject({ k: 2, n: 5 });
    const few = lapsesOf({ stays: stays.slice(0, 4), standing: here });
    expect(section(few, "slow")).toMatchObject({ leftOut: 5, share: { n: 0, rate: null } });
  });
});

test("silent is a share of those whose stage has a limit, with the interval of Wilson", () => {
  const told = lapsesOf({
    standing: [
      standing("sales", 9, { isSilent: true }),
      standing("sales", 11),
      standing("design", 7, { isSilent: null }),
    ],
  });
  const { share, leftOut } = section(told, "silent");
  expect(leftOut).toBe(7);
  // DOMAIN F33: 9/20 -> [0.2582, 0.6579].
  expect([share.k, share.n, share.lo?.toFixed(4), share.hi?.toFixed(4)]).toEqual([9, 20, "0.2582", "0.6579"]);
});

describe("handoffs", () => {
  test("lapse when rejected or late, once when both, and those not due yet are left out", () => {
    const told = lapsesOf({
      proposals: [
        proposal("sales>design", 5),
        proposal("sales>design", 2, { isRejected: true }),
        proposal("sales>design", 1, { isRejected: true, isLate: true }),
        proposal("sales>design", 2, { isLate: true }),
        proposal("sales>design", 4, { isPending: true }),
      ],
    });
    expect(section(told, "handoff")).toMatchObject({
      share: { k: 5, n: 10 },
      parts: { rejected: 3, late: 3 },
      leftOut: 4,
    });
  });

  test("a pair that fails more often than the others beyond chance is said to, and a handful is too few", () => {
    // DOMAIN F89: 28/80 against 14/80 -> 0.1750 [0.0385, 0.3035].
    const told = lapsesOf({
      proposals: [
        ...[proposal("a>b", 28, { isLate: true }), proposal("a>b", 52)],
        ...[proposal("a>c", 14, { isLate: true }), proposal("a>c", 66)],
      ],
    });
    const worse = group(told, "handoff", "a>b");
    expect(worse?.difference?.lo.toFixed(4)).toBe("0.0385");
    expect(worse?.difference?.hi.toFixed(4)).toBe("0.3035");
    expect(worse).toMatchObject({ verdict: "more" });
    expect(group(told, "handoff", "a>c")).toMatchObject({ verdict: "not_told" });
    expect(told.tests).toBe(2);
    const few = lapsesOf({ proposals: [proposal("a>b", 29, { isLate: true }), proposal("a>c", 100)] });
    expect(group(few, "handoff", "a>b")).toMatchObject({ verdict: "too_few", adjusted: null });
    expect(few.tests).toBe(0);
  });
});

test("an answered contact lapses when it left no number or address, or no next step", () => {
  const told = lapsesOf({
    answered: [
      { medium: "phone", hasContact: true, hasNext: true, n: 21 },
      { medium: "phone", hasContact: false, hasNext: true, n: 11 },
      { medium: "phone", hasContact: true, hasNext: false, n: 6 },
      { medium: "chat", hasContact: false, hasNext: false, n: 4 },
    ],
  });
  // DOMAIN F71: 21 of 42 -> 0.5000 [0.3553, 0.6447].
  const { share, parts } = section(told, "capture");
  expect([share.k, share.n, share.lo?.toFixed(4), share.hi?.toFixed(4)]).toEqual([21, 42, "0.3553", "0.6447"]);
  expect(parts).toEqual({ no_contact: 15, no_next: 10 });
  expect(group(told, "capture", "chat")?.share).toMatchObject({ k: 4, n: 4 });
});
