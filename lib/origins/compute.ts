import { logRank } from "../statistics/log-rank";
import { newcombe } from "../statistics/newcombe";
import { rateOf } from "../statistics/rate";
import {
  type DurationCount,
  kaplanMeierOfCounts,
  type SurvivalCurve,
  survivalAt,
  survivalQuantile,
} from "../statistics/survival";
import { judge } from "../survival/compute";
import type { LeftOutLead, OriginReport, OriginsResult } from "./schema";

/** Leads of one origin that were won, or were still open when last seen, after that many calendar days; `age` is today's. */
export type LeadCount = { origin: string; day: number; isWon: boolean; isMatured: boolean; n: number };

export type OriginsInput = {
  leads: LeadCount[];
  leftOut: (LeftOutLead & { origin: string })[];
  leftOutCounts: { origin: string; n: number }[];
};

/** Days at which the curve is read off beside its own steps. */
const readOff = [0, 7, 14, 30, 60, 90, 180];
/** Matured entries that it takes to say anything (DOMAIN 6B). */
const fewestMatured = 30;

function durationsOf(leads: readonly LeadCount[]): DurationCount[] {
  const days = new Map<number, DurationCount>();
  for (const { day, isWon, n } of leads) {
    const count = days.get(day) ?? { time: day, ended: 0, censored: 0 };
    if (isWon) count.ended += n;
    else count.censored += n;
    days.set(day, count);
  }
  return [...days.values()].sort((a, b) => a.time - b.time);
}

const count = (leads: readonly LeadCount[], which: (lead: LeadCount) => boolean = () => true) =>
  leads.reduce((sum, lead) => sum + (which(lead) ? lead.n : 0), 0);

function wonBy(curve: SurvivalCurve, last: number): OriginReport["wonBy"] {
  return readOff
    .filter((day) => day <= last)
    .map((day) => {
      const point = curve.findLast(({ time }) => time <= day);
      const [lo, hi] = [point?.lo ?? null, point?.hi ?? null];
      return {
        day,
        share: 1 - survivalAt(curve, day),
        lo: hi === null ? null : 1 - hi,
        hi: lo === null ? null : 1 - lo,
      };
    });
}

const maturedOf = (leads: readonly LeadCount[], horizon: number) => ({
  k: count(leads, (lead) => lead.isMatured && lead.isWon && lead.day <= horizon),
  n: count(leads, (lead) => lead.isMatured),
});

type Left = { leftOut: number };

function reportOf(
  origin: string,
  own: readonly LeadCount[],
  rest: readonly LeadCount[],
  horizon: number,
  { leftOut }: Left,
): OriginReport {
  const durations = durationsOf(own);
  const curve = kaplanMeierOfCounts(durations) ?? [];
  const leads = count(own) + leftOut;
  const won = count(own, ({ isWon }) => isWon) + leftOut;
  const [matured, others] = [maturedOf(own, horizon), maturedOf(rest, horizon)];
  return {
    ...{ origin, leads, won, wins: rateOf(won, leads), matured: rateOf(matured.k, matured.n) },
    immature: count(own) - matured.n,
    isEnough: matured.n >= fewestMatured,
    daysToTenth: survivalQuantile(curve, 0.1),
    median: survivalQuantile(curve, 0.5),
    wonBy: wonBy(curve, durations.at(-1)?.time ?? -1),
    ...{ chiSquare: null, p: null, adjusted: null, verdict: "not_enough" },
    difference: newcombe(matured, others),
  };
}

/** Compares every origin that has enough matured entries with all others together. */
function compare(
  reports: readonly OriginReport[],
  byOrigin: ReadonlyMap<string, LeadCount[]>,
): { origins: OriginReport[]; tests: number } {
  const all = [...byOrigin.values()].flat();
  const compared = reports.map((report) => {
    const own = durationsOf(byOrigin.get(report.origin) ?? []);
    const rest = durationsOf(all.filter(({ origin }) => origin !== report.origin));
    const test = report.isEnough && report.leads < count(all) ? logRank(own, rest) : null;
    const pace = { origin: report.origin, entries: 0, ended: 0, median: null, chiSquare: test?.chiSquare ?? null };
    return { test, pace: { ...pace, p: test?.p ?? null, adjusted: null, verdict: "not_enough" as const } };
  });
  const judged = judge(compared);
  const origins = reports.map((report, index): OriginReport => {
    const { chiSquare = null, p = null, adjusted = null, verdict = "not_enough" } = judged[index] ?? {};
    const test = compared[index]?.test;
    const direction = test && test.observed > test.expected ? "faster" : "slower";
    return { ...report, chiSquare, p, adjusted, verdict: verdict === "differs" ? direction : verdict };
  });
  return { origins, tests: judged.filter(({ p }) => p !== null).length };
}

/**
 * What the origins of leads say of winning and no more: wins with intervals, time to win in calendar days, origins beside each
 * other (DOMAIN F13, F14, F17, F33, F90). The largest origin first.
 */
export function computeOrigins({ leads, leftOut, leftOutCounts }: OriginsInput, horizonDays: number): OriginsResult {
  const byOrigin = new Map<string, LeadCount[]>();
  for (const lead of leads) byOrigin.set(lead.origin, [...(byOrigin.get(lead.origin) ?? []), lead]);
  for (const { origin } of leftOutCounts) if (!byOrigin.has(origin)) byOrigin.set(origin, []);
  const leftOutOf = (origin: string) => leftOutCounts.find((each) => each.origin === origin)?.n ?? 0;
  const leftOutCount = leftOutCounts.reduce((sum, { n }) => sum + n, 0);
  const reports = [...byOrigin]
    .map(([origin, own]) =>
      reportOf(
        origin,
        own,
        leads.filter((lead) => lead.origin !== origin),
        horizonDays,
        { leftOut: leftOutOf(origin) },
      ),
    )
    .sort((a, b) => b.leads - a.leads || (a.origin < b.origin ? -1 : 1));
  const all = reportOf("", leads, [], horizonDays, { leftOut: leftOutCount });
  return {
    horizonDays,
    ...{ leads: all.leads, won: all.won, wins: all.wins, followed: count(leads) },
    wonOnFirstDay: count(leads, ({ day, isWon }) => isWon && day === 0),
    leftOut: leftOut.map(({ origin: _, ...lead }) => lead),
    leftOutCount,
    ...compare(reports, byOrigin),
    all,
  };
}
