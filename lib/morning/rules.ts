import { instantOn, keyOfDayNumber, localDayNumber } from "../calendar/day";
import { quantile } from "../statistics/quantile";
import type { Change, ChangeKind } from "./schema";

/** Weeks that the usual level is taken from, and the fewest that make one. */
export const weeksBack = 8;
export const fewestWeeks = 4;

/** A local day as a half-open range; `ago` is 0 for today, 1 for yesterday, 8 for the same weekday a week before yesterday. */
export type DayRange = { ago: number; from: Date; to: Date };

/** Today until now, yesterday, and yesterday's weekday in each of the eight weeks before, in the zone's own days. */
export function daysOf(timeZone: string, now: Date): DayRange[] {
  const today = localDayNumber(timeZone, now.getTime());
  const startOf = (ago: number) => instantOn(timeZone, keyOfDayNumber(today - ago));
  const past = [1, ...Array.from({ length: weeksBack }, (_, week) => 1 + 7 * (week + 1))];
  const whole = past.map((ago) => ({ ago, from: startOf(ago), to: startOf(ago - 1) }));
  return [{ ago: 0, from: startOf(0), to: now }, ...whole];
}

/** How many of the eight weeks lie wholly after the workspace's first happening; 0 when nothing has happened. */
export function knownWeeks(days: readonly DayRange[], began: Date | null): number {
  if (!began) return 0;
  return days.filter(({ ago, from }) => ago > 1 && from >= began).length;
}

/** Today's and yesterday's count beside the usual level of that weekday: the median of the weeks that are known (DOMAIN F91). */
export function changeOf(kind: ChangeKind, counts: ReadonlyMap<number, number>, weeks: number): Change {
  const past = Array.from({ length: weeks }, (_, week) => counts.get(1 + 7 * (week + 1)) ?? 0);
  const isKnown = weeks >= fewestWeeks;
  return {
    kind,
    today: counts.get(0) ?? 0,
    yesterday: counts.get(1) ?? 0,
    usual: isKnown ? quantile(past, 0.5) : null,
    least: isKnown ? Math.min(...past) : null,
    most: isKnown ? Math.max(...past) : null,
  };
}
