import type { BusinessCalendar, Weekday } from "../calendar/business-calendar";
import { instantOn, keyOfDayNumber, localDayNumber, weekdayOf } from "../calendar/day";

/** A week that a digest is about, and when its digest is made. */
export type DigestWeek = { week: string; from: Date; to: Date; buildAt: Date };

const monday: Weekday = 1;
const days: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];

/** The first working day after days off, Monday where nobody ever rests or works: the day a workspace's week starts. */
export function weekStartOf({ hours }: Pick<BusinessCalendar, "hours">): Weekday {
  const works = (day: number) => (hours[((day + 7) % 7) as Weekday] ?? []).length > 0;
  return days.find((day) => works(day) && !works(day - 1)) ?? monday;
}

function weekEnding(calendar: BusinessCalendar, dayNumber: number): DigestWeek {
  const { timeZone, hours } = calendar;
  const opening = Math.min(...(hours[weekdayOf(dayNumber) as Weekday] ?? []).map(([start]) => start), 24 * 60);
  const end = keyOfDayNumber(dayNumber);
  const week = keyOfDayNumber(dayNumber - 7);
  return {
    week,
    from: instantOn(timeZone, week),
    to: instantOn(timeZone, end),
    buildAt: instantOn(timeZone, end, opening === 24 * 60 ? 0 : opening),
  };
}

const startOn = (calendar: BusinessCalendar, dayNumber: number) =>
  dayNumber - ((weekdayOf(dayNumber) - weekStartOf(calendar) + 7) % 7);

/** The last whole week of local days before `at`. */
export function weekBefore(calendar: BusinessCalendar, at: Date): DigestWeek {
  return weekEnding(calendar, startOn(calendar, localDayNumber(calendar.timeZone, at.getTime())));
}

/** The week whose digest is made next after `at`: at the opening of the day on which the new week starts. */
export function nextWeek(calendar: BusinessCalendar, at: Date): DigestWeek {
  const start = startOn(calendar, localDayNumber(calendar.timeZone, at.getTime()));
  const current = weekEnding(calendar, start);
  return current.buildAt > at ? current : weekEnding(calendar, start + 7);
}

/** The week that begins on a local day. Throws RangeError for no such day. */
export function weekFrom(calendar: BusinessCalendar, week: string): DigestWeek {
  const first = instantOn(calendar.timeZone, week, 12 * 60);
  return weekEnding(calendar, localDayNumber(calendar.timeZone, first.getTime()) + 7);
}
