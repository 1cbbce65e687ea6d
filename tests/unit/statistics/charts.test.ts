import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baselineOf } from "@/lib/statistics/control-baseline";
import { funnelLimits, funnelPlot } from "@/lib/statistics/funnel-plot";
import { dispersionOf, isLaneyFitting, laneyChart, pChart } from "@/lib/statistics/p-chart";
import { isSkewed, logXmrChart, xmrChart } from "@/lib/statistics/xmr";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const weeks = [
  { k: 34, n: 40 },
  { k: 43, n: 50 },
  { k: 40, n: 45 },
  { k: 18, n: 30 },
  { k: 51, n: 60 },
  { k: 16, n: 20 },
];
const counts = fc.array(
  fc.integer({ min: 0, max: 300 }).chain((n) => fc.nat(n).map((k) => ({ k, n }))),
  { minLength: 2, maxLength: 30 },
);

function zip(n: number[], k: number[]) {
  return n.map((trials, index) => ({ k: k[index] ?? 0, n: trials }));
}

describe("pChart", () => {
  test("signals the fourth week of the worked example and no other", () => {
    const chart = pChart(weeks);
    expect(chart?.centre).toBeCloseTo(0.8245, 4);
    expect(chart?.points.map(({ isSignal }) => isSignal)).toEqual([false, false, false, true, false, false]);
    expect(chart?.points[3]?.lcl).toBeCloseTo(0.6161, 4);
    expect(chart?.points[2]).toMatchObject({ lcl: expect.closeTo(0.6544, 4), ucl: expect.closeTo(0.9946, 4) });
  });

  test("decides by the exact tail where few failures are expected", () => {
    const baseline = [{ k: 85, n: 100 }];
    const [three, one] =
      pChart(
        [
          { k: 3, n: 8 },
          { k: 1, n: 8 },
        ],
        baseline,
      )?.points ?? [];
    expect(three?.tail).toBeCloseTo(0.0029, 4);
    expect([three?.isSignal, one?.isSignal]).toEqual([false, true]);
  });

  test("keeps a week without data as a gap", () => {
    const chart = pChart([...weeks.slice(0, 3), { k: 0, n: 0 }, ...weeks.slice(3)]);
    expect(chart?.centre).toBeCloseTo(0.8245, 4);
    expect(chart?.points[3]).toEqual({ k: 0, n: 0, rate: null, lcl: null, ucl: null, tail: null, isSignal: false });
    expect(pChart([{ k: 0, n: 0 }])).toBeNull();
    expect(() => pChart([{ k: 2, n: 1 }])).toThrow(RangeError);
  });

  test("freezes its limits on the first twelve points", () => {
    const steady = Array.from({ length: 12 }, () => ({ k: 160, n: 200 }));
    const later = [...steady, { k: 100, n: 200 }];
    expect(pChart(later, baselineOf(later))?.centre).toBe(0.8);
    expect(pChart(later, baselineOf(later))?.points[12]?.isSignal).toBe(true);
    expect(baselineOf(weeks)).toEqual(weeks);
  });

  test("keeps limits within 0 and 1 around the centre, and turns over with success and failure", () => {
    fc.assert(
      fc.property(counts, (given) => {
        const chart = pChart(given);
        if (!chart) return;
        const mirrored = pChart(given.map(({ k, n }) => ({ k: n - k, n })));
        for (const [index, { lcl, ucl, isSignal }] of chart.points.entries()) {
          if (lcl === null) continue;
          expect(lcl >= 0 && lcl <= chart.centre + 1e-12 && ucl >= chart.centre - 1e-12 && ucl <= 1).toBe(true);
          expect(mirrored?.points[index]?.isSignal).toBe(isSignal);
        }
      }),
    );
  });

  type Row = { p: number; lcl: number; ucl: number; signal: boolean };
  fixtureTest<{ n: number[]; k: number[] }, { pbar: number; rows: Row[] }>("F36_p_chart", (given, expected) => {
    const chart = pChart(zip(given.n, given.k));
    expect(toFourDecimals(chart?.centre ?? 0)).toBe(expected.pbar);
    const rows = chart?.points.map(({ rate, lcl, ucl, isSignal }) => ({
      p: toFourDecimals(rate ?? 0),
      lcl: toFourDecimals(lcl ?? 0),
      ucl: toFourDecimals(ucl ?? 0),
      signal: isSignal,
    }));
    expect(rows).toEqual(expected.rows);
  });
  fixtureTest<{ k: number; n: number; pbar: number }, { P_le_k: number; "signal_at_0.00135": boolean }>(
    "F36c_small_n_exact",
    ({ k, n, pbar }, expected) => {
      const point = pChart([{ k, n }], [{ k: pbar * 100, n: 100 }])?.points[0];
      expect(toFourDecimals(point?.tail ?? 0)).toBe(expected.P_le_k);
      expect(point?.isSignal).toBe(expected["signal_at_0.00135"]);
    },
  );
});

describe("laneyChart", () => {
  test("would hide the fourth week, which is why six small points do not qualify for it", () => {
    const chart = laneyChart(weeks);
    expect(chart?.sigmaZ).toBeCloseTo(1.709, 4);
    expect(chart?.points[3]).toMatchObject({ lcl: expect.closeTo(0.4684, 4), isSignal: false });
    expect(isLaneyFitting(weeks)).toBe(false);
  });

  test("fits many large points that spread beyond chance, and only those", () => {
    const wild = Array.from({ length: 20 }, (_, week) => ({ k: week % 2 ? 700 : 800, n: 1_000 }));
    const calm = Array.from({ length: 20 }, (_, week) => ({ k: week % 2 ? 747 : 753, n: 1_000 }));
    expect([isLaneyFitting(wild), isLaneyFitting(calm), isLaneyFitting(wild.slice(1))]).toEqual([true, false, false]);
    expect(isLaneyFitting(wild.map(({ k }) => ({ k: k / 50, n: 20 })))).toBe(false);
  });

  test("has nothing to compare where nothing varies or only one week counts", () => {
    expect(
      laneyChart([
        { k: 3, n: 3 },
        { k: 4, n: 4 },
      ]),
    ).toBeNull();
    expect(
      laneyChart([
        { k: 1, n: 3 },
        { k: 0, n: 0 },
      ]),
    ).toBeNull();
  });

  fixtureTest<unknown, { sigma_z: number; lcl_week4: number; signal_week4: boolean }>("F36b_laney", (_, expected) => {
    const chart = laneyChart(weeks);
    expect(toFourDecimals(chart?.sigmaZ ?? 0)).toBe(expected.sigma_z);
    expect(toFourDecimals(chart?.points[3]?.lcl ?? 0)).toBe(expected.lcl_week4);
    expect(chart?.points[3]?.isSignal).toBe(expected.signal_week4);
  });
});

describe("funnelPlot", () => {
  const agents = [
    { name: "Ann", k: 30, n: 100 },
    { name: "Ben", k: 66, n: 120 },
    { name: "Cal", k: 49, n: 70 },
    { name: "Dov", k: 1, n: 5 },
  ];

  test("puts Ann outside 99.8 %, Cal inside it, and does not judge five trials", () => {
    const plot = funnelPlot(agents, 0.55);
    expect(plot.units.map(({ unit, stand }) => [unit.name, stand])).toEqual([
      ["Ann", "alarm"],
      ["Ben", "inside"],
      ["Cal", "alert"],
      ["Dov", "too_few"],
    ]);
    expect(plot.isOverdispersed).toBe(true);
  });

  test("finds no spread beyond chance among units at the target", () => {
    const plot = funnelPlot(
      [
        { k: 11, n: 20 },
        { k: 55, n: 100 },
        { k: 0, n: 0 },
      ],
      0.55,
    );
    expect(plot.isOverdispersed).toBe(false);
    expect(plot.units[2]).toMatchObject({ rate: null, stand: "too_few", limits: null });
    expect(dispersionOf([{ k: 1, n: 1 }])).toBeNull();
  });

  test("narrows with n and refuses what is no share", () => {
    expect(() => funnelLimits(1.1, 5)).toThrow(RangeError);
    expect(() => funnelLimits(0.5, 0)).toThrow(RangeError);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 9_999 }), (target, n) => {
        const [wide, narrow] = [funnelLimits(target, n), funnelLimits(target, n + 1)];
        expect(wide.alarmLo <= wide.alertLo && wide.alertLo <= target).toBe(true);
        expect(wide.alarmHi >= wide.alertHi && wide.alertHi >= target).toBe(true);
        expect(narrow.alarmLo >= wide.alarmLo && narrow.alarmHi <= wide.alarmHi).toBe(true);
      }),
    );
  });

  test.each([
    [20, 0.332, 0.768, 0.2062, 0.8938],
    [40, 0.3958, 0.7042, 0.3069, 0.7931],
    [120, 0.461, 0.639, 0.4097, 0.6903],
  ])("has the limits of the worked example for %i trials", (n, alertLo, alertHi, alarmLo, alarmHi) => {
    expect(Object.values(funnelLimits(0.55, n)).map(toFourDecimals)).toEqual([alertLo, alertHi, alarmLo, alarmHi]);
  });

  type Limits = { n: number; "95": number[]; "99.8": number[] };
  fixtureTest<{ target_p: number }, Limits[]>("F36d_funnel_limits", ({ target_p }, expected) => {
    for (const row of expected) {
      const limits = Object.values(funnelLimits(target_p, row.n)).map(toFourDecimals);
      expect(limits).toEqual([...row["95"], ...row["99.8"]]);
    }
  });
});

describe("xmrChart", () => {
  const values = [12, 14, 11, 13, 15, 12, 14, 30, 13, 12];
  const signalled = (chart: ReturnType<typeof xmrChart>) =>
    chart?.points.flatMap(({ signals }, index) => (signals.length > 0 ? [index + 1] : []));

  test("signals the eighth value of the worked example", () => {
    const chart = xmrChart(values);
    expect(chart?.mean).toBeCloseTo(14.6, 4);
    expect(
      [chart?.meanRange, chart?.upper, chart?.lower, chart?.rangeUpper].map((x) => toFourDecimals(x ?? 0)),
    ).toEqual([5.3333, 28.7867, 0.4133, 17.4293]);
    expect(signalled(chart)).toEqual([8]);
    expect(chart?.points[7]?.signals).toEqual(["outside_limits"]);
    expect(chart?.points.some(({ isRangeSignal }) => isRangeSignal)).toBe(false);
  });

  test("has no limits below five points and provisional ones up to six", () => {
    expect(xmrChart([1, 2, 3, 4])).toBeNull();
    expect([5, 6, 7].map((n) => xmrChart(values.slice(0, n))?.isProvisional)).toEqual([true, true, false]);
  });

  test("signals the eighth value in a row on one side", () => {
    const baseline = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12];
    const shifted = [...baseline, ...Array.from({ length: 7 }, () => 11.5)];
    const chart = xmrChart(shifted, baseline);
    expect(chart?.points.map(({ signals }) => signals).findIndex((s) => s.includes("eight_on_one_side"))).toBe(18);
  });

  test("signals three of four near one limit", () => {
    const baseline = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12];
    const chart = xmrChart([...baseline, 15.9, 15.9, 10, 15.9], baseline);
    expect(chart?.points[15]?.signals).toEqual(["three_of_four_near_limit"]);
    expect(chart?.points[14]?.signals).toEqual([]);
  });

  test("signals nothing in values that never move", () => {
    expect(signalled(xmrChart([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]))).toEqual([]);
  });

  test("signals the same when a constant is added, and when the scale is another unit or upside down", () => {
    const series = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(series, fc.integer({ min: -99, max: 99 }), fc.constantFrom(-1, 2, -4), (given, shift, unit) => {
        const signals = (chart: ReturnType<typeof xmrChart>) => chart?.points.map((point) => point.signals);
        const changed = xmrChart(given.map((value) => value * unit + shift));
        expect(signals(changed)).toEqual(signals(xmrChart(given)));
      }),
    );
  });

  test("charts skewed times by their logarithms", () => {
    const times = [3, 5, 4, 8, 3, 60, 4, 6, 5, 9, 4, 7];
    expect([isSkewed(times), isSkewed([10, 11, 12, 13, 14]), isSkewed([0, 1, 2, 3, 90])]).toEqual([true, false, false]);
    const chart = logXmrChart(times);
    expect(chart?.mean).toBeCloseTo(Math.exp(times.reduce((sum, x) => sum + Math.log(x), 0) / 12), 9);
    expect(chart?.lower).toBeGreaterThan(0);
    expect(chart?.points[5]?.value).toBe(60);
    expect(() => logXmrChart([1, 2, 0, 4, 5])).toThrow(RangeError);
  });

  type Xmr = { mean: number; mRbar: number; UNPL: number; LNPL: number; URL: number; x_signals: number[] };
  fixtureTest<{ x: number[] }, Xmr>("F37_xmr", ({ x }, expected) => {
    const chart = xmrChart(x);
    const { mean, mRbar, UNPL, LNPL, URL, x_signals } = expected;
    expect(
      [chart?.mean, chart?.meanRange, chart?.upper, chart?.lower, chart?.rangeUpper].map((v) => toFourDecimals(v ?? 0)),
    ).toEqual([mean, mRbar, UNPL, LNPL, URL]);
    expect(signalled(chart)).toEqual(x_signals);
  });
});
