import type { JourneyConfig, NamedStage } from "../passages/config";
import type { Outcome } from "../passages/known";
import { adjustForMany } from "../statistics/benjamini-hochberg";
import { cumulativeIncidence, type EndCount } from "../statistics/competing-ends";
import { type LogRank, logRank } from "../statistics/log-rank";
import { rateOf } from "../statistics/rate";
import {
  type DurationCount,
  kaplanMeierOfCounts,
  restrictedMean,
  survivalAt,
  survivalQuantile,
} from "../statistics/survival";
import { isAtMost } from "../statistics/tolerance";
import type { CurvePoint, GroupPace, StageSurvival, SurvivalResult } from "./schema";

/** How many stays in a stage, from one origin, ended so after that many whole days. */
export type StayCount = { template: string; stage: string; origin: string; day: number; ended: Outcome; n: number };

export type SurvivalInput = { stays: StayCount[]; leftOut: number };

/** Fewer ends than this make no conclusion (DOMAIN 6B, leak declaration and B1). */
export const fewestEnds = 30;
/** The share of findings that may be false (DOMAIN 6B). */
export const falseFindings = 0.1;
const mostPoints = 400;
const tail = 0.2;

/** Counts by day, days ascending. */
export function endsByDay(stays: readonly Pick<StayCount, "day" | "ended" | "n">[]): EndCount[] {
  const days = new Map<number, EndCount>();
  for (const { day, ended, n } of stays) {
    const count = days.get(day) ?? { time: day, advanced: 0, dropped: 0, censored: 0 };
    if (ended === "advanced") count.advanced += n;
    else if (ended === "dropped") count.dropped += n;
    else count.censored += n;
    days.set(day, count);
  }
  return [...days.values()].sort((a, b) => a.time - b.time);
}

/** Leaving either way is an end. */
export const durationsOf = (ends: readonly EndCount[]): DurationCount[] =>
  ends.map(({ time, advanced, dropped, censored }) => ({ time, ended: advanced + dropped, censored }));

/** Every k-th point and the last, so that no curve has more than four hundred. */
export function thin<Point>(points: readonly Point[], most = mostPoints): Point[] {
  const step = Math.ceil(points.length / most);
  return step <= 1 ? [...points] : points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

type Compared = { pace: GroupPace; test: LogRank | null };

/** One origin beside all others of the stage; tested only where both have enough ends (DOMAIN F17). */
function compareOrigin(origin: string, stays: readonly StayCount[]): Compared {
  const own = durationsOf(endsByDay(stays.filter((each) => each.origin === origin)));
  const rest = durationsOf(endsByDay(stays.filter((each) => each.origin !== origin)));
  const endsIn = (counts: readonly DurationCount[]) => counts.reduce((sum, { ended }) => sum + ended, 0);
  const curve = kaplanMeierOfCounts(own) ?? [];
  const ended = endsIn(own);
  const test = ended >= fewestEnds && endsIn(rest) >= fewestEnds ? logRank(own, rest) : null;
  const entries = own.reduce((sum, each) => sum + each.ended + each.censored, 0);
  return {
    test,
    pace: {
      ...{ origin, entries, ended, median: survivalQuantile(curve, 0.5) },
      ...{ chiSquare: test?.chiSquare ?? null, p: test?.p ?? null, adjusted: null, verdict: "not_enough" },
    },
  };
}

function stageOf(named: NamedStage, stays: readonly StayCount[]): StageSurvival & { compared: Compared[] } {
  const ends = endsByDay(stays);
  const curve = kaplanMeierOfCounts(durationsOf(ends)) ?? [];
  const incidence = cumulativeIncidence(ends) ?? [];
  const points = curve.map((point, index): CurvePoint => {
    const { time: day, atRisk, survival: still, lo, hi } = point;
    return { day, atRisk, still, lo, hi, advance: incidence[index]?.advance ?? 0, drop: incidence[index]?.drop ?? 0 };
  });
  const sum = (pick: (each: EndCount) => number) => ends.reduce((total, each) => total + pick(each), 0);
  const [advanced, dropped, open] = [sum((e) => e.advanced), sum((e) => e.dropped), sum((e) => e.censored)];
  const slow = ends.filter(({ time }) => isAtMost(survivalAt(curve, time), tail)).reduce((n, e) => n + e.censored, 0);
  const last = ends.at(-1)?.time;
  const { template, templateName, stage, name } = named;
  return {
    ...{ template, templateName, stage, name, entries: advanced + dropped + open, advanced, dropped, open },
    slow: rateOf(slow, open),
    q25: survivalQuantile(curve, 0.25),
    median: survivalQuantile(curve, 0.5),
    p80: survivalQuantile(curve, 0.8),
    meanUpTo: last === undefined ? null : { limit: last, mean: restrictedMean(curve, last) },
    isEnough: advanced + dropped >= fewestEnds,
    points: thin(points),
    isThinned: points.length > mostPoints,
    groups: [],
    compared: [...new Set(stays.map(({ origin }) => origin))].sort().map((origin) => compareOrigin(origin, stays)),
  };
}

/** Adjusts every p of the run at once, and says what each comparison says. */
export function judge(compared: readonly Compared[]): GroupPace[] {
  const tested = compared.flatMap(({ test }) => (test ? [test.p] : []));
  const adjusted = adjustForMany(tested);
  let next = 0;
  return compared.map(({ test, pace }) => {
    if (!test) return pace;
    const own = adjusted[next++] ?? 1;
    return { ...pace, adjusted: own, verdict: isAtMost(own, falseFindings) ? "differs" : "no_difference" };
  });
}

/** Time in every stage, advance against drop, and the origins beside each other (DOMAIN F12, F14 to F17, F90). */
export function computeSurvival({ stays, leftOut }: SurvivalInput, { stages: named }: JourneyConfig): SurvivalResult {
  const byStage = new Map<string, StayCount[]>();
  for (const stay of stays) {
    const key = `${stay.template}/${stay.stage}`;
    byStage.set(key, [...(byStage.get(key) ?? []), stay]);
  }
  const stages = named.map((each) => stageOf(each, byStage.get(`${each.template}/${each.stage}`) ?? []));
  const all = judge(stages.flatMap(({ compared }) => compared));
  let from = 0;
  return {
    stages: stages.map(({ compared, ...stage }) => {
      const groups = all.slice(from, from + compared.length);
      from += compared.length;
      return { ...stage, groups };
    }),
    tests: all.filter(({ p }) => p !== null).length,
    leftOut,
  };
}
