import { dayNumberOf, localDayNumber, weekdayOf } from "../calendar/day";
import { dayLength, instantOfWall, wallClock } from "../calendar/zone";
import type { FilterCondition, MomentUnit, Period } from "./filter-tree";

/** From when, and before when; null is open. */
export type Span = { from: Date | null; before: Date | null };

/** Where and when somebody asks; her week begins on Sunday (0) or Monday (1). */
export type Asking = { now: Date; timeZone: string; weekStart: 0 | 1 };

/** The wall clock `count` months later; a day that the month has not becomes its last. */
function addMonths(wall: number, count: number): number {
  const at = new Date(wall);
  const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1);
  const length = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count + 1, 0)).getUTCDate();
  return first + (Math.min(at.getUTCDate(), length) - 1) * dayLength + (wall % dayLength);
}

/** The instant so long after now (or before, when negative): hours are exact, longer units keep the time on the wall. */
function shifted({ now, timeZone }: Asking, amount: number, unit: MomentUnit): Date {
  const at = now.getTime();
  if (unit === "hours") return new Date(at + amount * 3_600_000);
  const wall = wallClock(timeZone, at);
  const moved = unit === "months" ? addMonths(wall, amount) : wall + amount * (unit === "weeks" ? 7 : 1) * dayLength;
  return new Date(instantOfWall(timeZone, moved));
}

function monthOf(today: number, offset: number): [number, number] {
  const at = new Date(today * dayLength);
  const start = (months: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1) / dayLength;
  return [start(offset), start(offset + 1)];
}

/** The days of a period, first and the one after the last, by number. */
function daysOf(period: Period, today: number, weekStart: 0 | 1): [number, number] {
  const week = today - ((weekdayOf(today) - weekStart + 7) % 7);
  const days: Record<Period, [number, number]> = {
    today: [today, today + 1],
    yesterday: [today - 1, today],
    tomorrow: [today + 1, today + 2],
    this_week: [week, week + 7],
    last_week: [week - 7, week],
    next_week: [week + 7, week + 14],
    this_month: monthOf(today, 0),
    last_month: monthOf(today, -1),
  };
  return days[period];
}

const startOf = (timeZone: string, day: number) => new Date(instantOfWall(timeZone, day * dayLength));

/**
 * The stretch of time a condition names, in the zone of whoever asks: "more than 3 days ago" ends at this time of the
 * day three days back, "yesterday" is her calendar's yesterday (DOMAIN 11). A condition that names none is open.
 */
export function spanOf(condition: FilterCondition, asking: Asking): Span {
  const { now, timeZone, weekStart } = asking;
  switch (condition.op) {
    case "ago":
      return { from: null, before: shifted(asking, -condition.amount, condition.unit) };
    case "within":
      return { from: shifted(asking, -condition.amount, condition.unit), before: new Date(now.getTime() + 1) };
    case "coming":
      return { from: now, before: new Date(shifted(asking, condition.amount, condition.unit).getTime() + 1) };
    case "ahead":
      return { from: new Date(shifted(asking, condition.amount, condition.unit).getTime() + 1), before: null };
    case "on": {
      const [first, after] = daysOf(condition.period, localDayNumber(timeZone, now.getTime()), weekStart);
      return { from: startOf(timeZone, first), before: startOf(timeZone, after) };
    }
    case "before":
      return { from: null, before: startOf(timeZone, dayNumberOf(condition.day)) };
    case "from":
      return { from: startOf(timeZone, dayNumberOf(condition.day)), before: null };
    default:
      return { from: null, before: null };
  }
}
