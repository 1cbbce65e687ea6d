import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChannelCount, consistencyOf } from "@/lib/experience/consistency";
import { signalsOf } from "@/lib/experience/rate-signals";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const worked: ChannelCount[] = [
  { key: "phone", k: 170, n: 200 },
  { key: "email", k: 120, n: 160 },
  { key: "chat", k: 66, n: 80 },
  { key: "onsite", k: 45, n: 50 },
  { key: "sms", k: 6, n: 10 },
];
const of = (...counts: [number, number][]) => counts.map(([k, n], i) => ({ key: `channel ${i}`, k, n }));
const round = (value: number | null | undefined) => toFourDecimals(value ?? Number.NaN);

describe("consistencyOf", () => {
  test("calls the worked example inconsistent and e-mail the worst", () => {
    const result = consistencyOf(worked, 0.8, 1);
    expect([result.prior?.mu, result.prior?.rho, result.prior?.strength].map(round)).toEqual([0.814, 0.0218, 44.8022]);
    expect(result.channels.map(({ shrunken }) => round(shrunken))).toEqual([0.8434, 0.764, 0.8211, 0.8594, 0.775]);
    expect([result.level, result.tau, result.cci, result.gap].map(round)).toEqual([0.8146, 0.0373, 0.9041, 0.0954]);
    expect(result.channels.map((one) => round(one.chanceToReach))).toEqual([0.9631, 0.1093, 0.7404, 0.9421, 0.3465]);
    expect([result.allChannels?.chiSquare, result.judgedChannels?.chiSquare].map(round)).toEqual([11.5717, 8.6429]);
    expect(round(result.judgedChannels?.p)).toBe(0.0344);
    expect(result).toMatchObject({ verdict: "inconsistent", reason: "channels_differ", worst: "email" });
    expect(result.channels.map(({ isJudged }) => isJudged)).toEqual([true, true, true, true, false]);
  });

  test.each([
    ["insufficient_data", "fewer_than_two_channels", of([30, 40], [9, 10]), 0.8],
    ["insufficient_data", "fewer_than_two_channels", of([30, 40]), 0.8],
    ["insufficient_data", "fewer_than_two_channels", of([0, 0]), 0.8],
    ["consistently_positive", "all_reach_target", of([380, 400], [190, 200], [96, 100]), 0.8],
    ["consistently_positive", "all_reach_target", of([25, 25], [40, 40]), 0.8],
    ["consistently_below", "all_miss_target", of([200, 400], [100, 200], [55, 100]), 0.8],
    ["inconsistent", "channels_differ", of([390, 400], [340, 400]), 0.8],
    ["not_proven", "target_undecided", of([80, 100], [81, 100]), 0.8],
    ["not_proven", "gap_without_evidence", of([62, 100], [72, 100], [79, 100], [67, 100]), 0.7],
  ])("says %s because %s", (verdict, reason, counts, target) => {
    expect(consistencyOf(counts, target, 1)).toMatchObject({ verdict, reason });
  });

  test("shows a channel without data as no data", () => {
    const [, empty] = consistencyOf(of([30, 40], [0, 0], [20, 40]), 0.8, 1).channels;
    expect(empty).toMatchObject({ n: 0, rate: null, lo: null, shrunken: null, chanceToReach: null, isJudged: false });
  });

  test("is the same to the byte when rerun, also where it simulates", () => {
    const thin = of([20, 20], [25, 30], [400, 402]);
    const result = consistencyOf(thin, 0.8, 9);
    expect(result.judgedChannels?.by).toBe("simulation");
    expect(JSON.stringify(consistencyOf(thin, 0.8, 9))).toBe(JSON.stringify(result));
  });

  test("does not care for the order or the names of channels, and stays within its bounds", () => {
    const count = fc.integer({ min: 0, max: 400 }).chain((n) => fc.nat(n).map((k) => [k, n] as [number, number]));
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 6 }), (counts) => {
        const given = of(...counts);
        const there = consistencyOf(given, 0.8, 3);
        const turned = consistencyOf([...given].reverse(), 0.8, 3);
        const renamed = consistencyOf(
          given.map((one) => ({ ...one, key: `x ${one.key}` })),
          0.8,
          3,
        );
        expect([turned.verdict, renamed.verdict]).toEqual([there.verdict, there.verdict]);
        expect(turned.level ?? 0).toBeCloseTo(there.level ?? 0, 9);
        if (there.cci !== null) expect(there.cci >= -1e-9 && there.cci <= 1).toBe(true);
        for (const { shrunken, chanceToReach } of there.channels) {
          if (shrunken === null || chanceToReach === null) continue;
          expect(shrunken >= 0 && shrunken <= 1 && chanceToReach >= 0 && chanceToReach <= 1).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  type Given = { channel_k_n: [string, number, number][]; target: number };
  type Out = Record<"mu" | "rho" | "M" | "level" | "tau" | "CCI" | "min_max_gap_eligible", number> &
    Record<"chi2" | "df" | "p" | "chi2_eligible" | "p_eligible", number> &
    Record<"eb" | "wilson_lo" | "P_ge_target", Record<string, number>> & { verdict: string; worst: string };
  fixtureTest<Given, Out>("F35_channel_consistency", (given, expected) => {
    const counts = given.channel_k_n.map(([key, k, n]) => ({ key, k, n }));
    const result = consistencyOf(counts, given.target, 1);
    const { prior, level, tau, cci, gap, allChannels, judgedChannels } = result;
    const by = (value: (channel: (typeof result.channels)[number]) => number | null) =>
      Object.fromEntries(result.channels.map((channel) => [channel.key, round(value(channel))]));
    expect([prior?.mu, prior?.rho, prior?.strength, level, tau, cci, gap].map(round)).toEqual([
      expected.mu,
      expected.rho,
      expected.M,
      expected.level,
      expected.tau,
      expected.CCI,
      expected.min_max_gap_eligible,
    ]);
    expect(by(({ shrunken }) => shrunken)).toEqual(expected.eb);
    expect(by(({ lo }) => lo)).toEqual(expected.wilson_lo);
    expect(by((channel) => channel.chanceToReach)).toEqual(expected.P_ge_target);
    expect(
      [allChannels?.chiSquare, allChannels?.degrees, judgedChannels?.chiSquare, judgedChannels?.p].map(round),
    ).toEqual([expected.chi2, expected.df, expected.chi2_eligible, expected.p_eligible]);
    expect([result.verdict, result.worst]).toEqual([expected.verdict, expected.worst]);
  });
});

describe("signalsOf", () => {
  test("alerts to the fourth week of the worked example", () => {
    const weeks = [
      { k: 34, n: 40 },
      { k: 43, n: 50 },
      { k: 40, n: 45 },
      { k: 18, n: 30 },
      { k: 51, n: 60 },
      { k: 16, n: 20 },
    ];
    expect(signalsOf(weeks)).toMatchObject({ method: "p_chart", alerts: [3] });
  });

  test("shows a signal of few ratings but alerts to none", () => {
    const steady = Array.from({ length: 12 }, () => ({ k: 90, n: 100 }));
    const chart = signalsOf([...steady, { k: 0, n: 0 }, { k: 2, n: 12 }]);
    expect(chart?.points[13]?.isSignal).toBe(true);
    expect(chart?.alerts).toEqual([]);
    expect(signalsOf([{ k: 0, n: 0 }])).toBeNull();
  });

  test("keeps the limits of the first twelve weeks, and widens them where large weeks spread beyond chance", () => {
    const steady = Array.from({ length: 12 }, () => ({ k: 90, n: 100 }));
    expect(signalsOf([...steady, { k: 70, n: 100 }])).toMatchObject({ centre: 0.9, alerts: [12] });
    const wild = Array.from({ length: 24 }, (_, week) => ({ k: week % 2 ? 700 : 800, n: 1_000 }));
    expect(signalsOf(wild)).toMatchObject({ method: "laney", alerts: [] });
  });
});
