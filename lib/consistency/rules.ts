import { consistencyOf } from "../experience/consistency";
import { coverageOf } from "../experience/coverage";
import { signalsOf } from "../experience/rate-signals";
import { media, routes } from "../journeys/vocabulary";
import { adjustForMany } from "../statistics/benjamini-hochberg";
import { chanceOfAtMost } from "../statistics/binomial";
import { chiSquareTail, type Homogeneity } from "../statistics/chi-square";
import { baselineOf, baselinePoints } from "../statistics/control-baseline";
import { newcombe } from "../statistics/newcombe";
import { minimumTrials, rateOf } from "../statistics/rate";
import { isAtMost } from "../statistics/tolerance";
import { isSkewed, logXmrChart, xmrChart } from "../statistics/xmr";
import type {
  BoardInput,
  ConsistencyReport,
  Difference,
  Dimension,
  MatrixCell,
  PeriodChange,
  SpeedChart,
  WeeklyChart,
} from "./schema";

/** Rated contacts of one week by medium and route; no route is ''. Weeks are their Mondays, `yyyy-mm-dd`. */
export type WeekCell = { week: string; medium: string; route: string; k: number; n: number };

const week = 7 * 86_400_000;

/** The seed of the one random procedure of a report, the same for every report, and told with it. */
export const reportSeed = 35;

/** At most this share of the cells that are called low may be so by chance (DOMAIN F90). */
const falseFindings = 0.1;

/** The Monday of an instant, UTC, `yyyy-mm-dd`. */
export function mondayOf(at: Date): string {
  const day = (at.getUTCDay() + 6) % 7;
  return new Date(at.getTime() - day * 86_400_000).toISOString().slice(0, 10);
}

/** The first Monday of a period of so many weeks that ends with the week of `now`; null for everything. */
export function sinceOf(weeks: number, now: Date): string | null {
  return weeks === 0 ? null : mondayOf(new Date(now.getTime() - (weeks - 1) * week));
}

const orders: Record<Dimension, readonly string[]> = { media, routes };
const keyOf = (by: Dimension, { medium, route }: Pick<WeekCell, "medium" | "route">) =>
  by === "media" ? medium : route;

/** Channels with ratings in the order of their vocabulary, unknown ones last by name; contacts without a route have none. */
export function channelsOf(by: Dimension, cells: readonly WeekCell[]): string[] {
  const rank = (key: string) => {
    const place = orders[by].indexOf(key);
    return place < 0 ? orders[by].length : place;
  };
  const keys = new Set(cells.filter(({ n }) => n > 0).map((cell) => keyOf(by, cell)));
  keys.delete("");
  return [...keys].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const sumOf = (cells: readonly WeekCell[]) => ({
  k: cells.reduce((sum, { k }) => sum + k, 0),
  n: cells.reduce((sum, { n }) => sum + n, 0),
});

type Frame = Pick<ConsistencyReport, "by" | "type" | "weeks" | "since" | "asOf" | "target"> & {
  customers: { k: number; n: number };
  surveys: { invited: number; answered: number };
};

const withCurve = (found: Homogeneity | null): Difference | null =>
  found && { ...found, curveP: chiSquareTail(found.chiSquare, found.degrees) };

/** The report of one dimension: rule F35 over its channels, beside whom it holds for (F35b) and how many answered (C2). */
export function reportOf(cells: readonly WeekCell[], { customers, surveys, ...frame }: Frame): ConsistencyReport {
  const counts = channelsOf(frame.by, cells).map((key) => ({
    key,
    ...sumOf(cells.filter((cell) => keyOf(frame.by, cell) === key)),
  }));
  const { prior, ...found } = consistencyOf(counts, frame.target, reportSeed);
  return {
    ...frame,
    ...found,
    channels: [...found.channels],
    allChannels: withCurve(found.allChannels),
    judgedChannels: withCurve(found.judgedChannels),
    mu: prior?.mu ?? null,
    rho: prior?.rho ?? null,
    strength: prior?.strength ?? null,
    seed: reportSeed,
    customers: rateOf(customers.k, customers.n),
    coverage: coverageOf(surveys.answered, surveys.invited),
  };
}

/** Every cell with ratings and both margins (their other name empty); below target only what survives the correction for many. */
export function matrixOf(cells: readonly WeekCell[], target: number): MatrixCell[] {
  const [rows, columns] = [channelsOf("media", cells), channelsOf("routes", cells)];
  const of = (medium: string, route: string) => ({
    medium,
    route,
    ...sumOf(cells.filter((cell) => (!medium || cell.medium === medium) && (!route || cell.route === route))),
  });
  const found = [
    ...rows.flatMap((medium) => [...columns.map((route) => of(medium, route)), of(medium, "")]),
    ...columns.map((route) => of("", route)),
    of("", ""),
  ].filter(({ n }) => n > 0);
  const judged = found.filter(({ n }) => n >= minimumTrials);
  const chances = judged.map(({ k, n }) => chanceOfAtMost(k, n, target));
  const all = adjustForMany(chances);
  return found.map((cell) => {
    const place = judged.indexOf(cell);
    const adjusted = all[place] ?? null;
    const isBelow = adjusted !== null && isAtMost(adjusted, falseFindings);
    return { ...cell, ...rateOf(cell.k, cell.n), chance: chances[place] ?? null, adjusted, isBelow };
  });
}

/** The weeks since `since` beside as many before them (DOMAIN F89); `before` is the first Monday of those. */
export function changeOf(cells: readonly WeekCell[], since: string, before: string): PeriodChange {
  const now = sumOf(cells.filter((cell) => cell.week >= since));
  const then = sumOf(cells.filter((cell) => cell.week >= before && cell.week < since));
  const isKnown = Math.min(now.n, then.n) >= minimumTrials;
  return {
    now: rateOf(now.k, now.n),
    before: rateOf(then.k, then.n),
    difference: isKnown ? newcombe(now, then) : null,
  };
}

/** Every Monday from the first to the last. */
function mondaysBetween(first: string, last: string): string[] {
  const all: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += week)
    all.push(new Date(at).toISOString().slice(0, 10));
  return all;
}

/**
 * Each channel week by week from its first week with data, limits frozen on its first twelve (DOMAIN C4, F36); what is shown
 * begins with `since`, what the limits rest on does not change with it.
 */
export function weeklyOf(by: Dimension, cells: readonly WeekCell[], since: string | null): WeeklyChart[] {
  return channelsOf(by, cells).flatMap((key) => {
    const own = cells.filter((cell) => keyOf(by, cell) === key && cell.n > 0);
    const known = own.map((cell) => cell.week).sort();
    const [first, last] = [known[0], known.at(-1)];
    if (!first || !last) return [];
    const weeks = mondaysBetween(first, last).map((monday) => ({
      week: monday,
      ...sumOf(own.filter((cell) => cell.week === monday)),
    }));
    const signals = signalsOf(weeks);
    const from = since ? weeks.findIndex((each) => each.week >= since) : 0;
    if (from < 0) return [];
    const shown = signals && {
      ...signals,
      points: signals.points.slice(from),
      alerts: signals.alerts.filter((place) => place >= from).map((place) => place - from),
    };
    const counted = weeks.flatMap(({ n }, place) => (n > 0 ? [place] : []));
    const end = counted[baselinePoints - 1];
    const frozen = end === undefined ? 0 : Math.max(0, end + 1 - from);
    return [{ key, weeks: weeks.slice(from), signals: shown, frozen }];
  });
}

/** Weekly medians on an XmR chart, on the logarithms where they lean to the right and nobody asks for the plain scale, limits frozen on the first twelve (DOMAIN C4, F37). */
export function speedOf(weeks: SpeedChart["weeks"], since: string | null, scale: BoardInput["scale"]): SpeedChart {
  const values = weeks.map(({ minutes }) => minutes);
  const isLog = scale === "auto" && isSkewed(values);
  const chart = isLog ? logXmrChart(values, baselineOf(values)) : xmrChart(values, baselineOf(values));
  const from = Math.max(0, since ? weeks.findIndex((each) => each.week >= since) : 0);
  return {
    weeks: weeks.slice(from),
    chart: chart && { ...chart, lower: Math.max(0, chart.lower), points: chart.points.slice(from) },
    isLog,
  };
}
