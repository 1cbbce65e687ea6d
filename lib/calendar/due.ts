import { type BusinessCalendar, hasOpeningHours, isBusinessDay } from "@/lib/calendar/business-calendar";
import { addStaffedMinutes } from "@/lib/calendar/staffed-time";
import { dayLength, instantOfWall, wallClock } from "@/lib/calendar/zone";

/** How far ahead a business day is looked for: a hundred years. */
const horizonDays = 36_525;

/** How long something may take: working time, days that keep the wall time, or hours on the UTC line. */
export type DueRule = {
  unit: "staffed_minutes" | "business_days" | "calendar_days" | "hours";
  amount: number;
};

/**
 * The same wall time `days` business days later on the local calendar (DOMAIN F10), earlier when negative.
 *
 * A business day has working hours and is no holiday. Zero days stay on a business day and otherwise move to the next.
 * Throws RangeError unless days is whole and the calendar has that many business days.
 */
export function addBusinessDays(calendar: BusinessCalendar, from: Date, days: number): Date {
  requireWholeDays(days);
  if (!hasOpeningHours(calendar)) throw new RangeError("The calendar has no opening hours.");
  const wall = wallClock(calendar.timeZone, from.getTime());
  const startDay = Math.floor(wall / dayLength);
  const step = days < 0 ? -1 : 1;
  let day = startDay;
  let left = Math.abs(days);
  if (left === 0 && !isBusinessDay(calendar, day)) left = 1;
  while (left > 0) {
    day += step;
    if (Math.abs(day - startDay) > horizonDays) throw new RangeError(`The calendar has no ${days} business days.`);
    if (isBusinessDay(calendar, day)) left -= 1;
  }
  return moveWall(calendar.timeZone, from, wall, day - startDay);
}

/**
 * The same wall time `days` days later on the local calendar, earlier when negative (DOMAIN 11).
 *
 * Throws RangeError unless days is whole.
 */
export function addCalendarDays(calendar: Pick<BusinessCalendar, "timeZone">, from: Date, days: number): Date {
  requireWholeDays(days);
  return moveWall(calendar.timeZone, from, wallClock(calendar.timeZone, from.getTime()), days);
}

/** No move keeps the very instant, also in an hour that the clocks repeat. */
function moveWall(timeZone: string, from: Date, wall: number, days: number): Date {
  return days === 0 ? new Date(from) : new Date(instantOfWall(timeZone, wall + days * dayLength));
}

function requireWholeDays(days: number): void {
  if (!Number.isSafeInteger(days)) throw new RangeError(`Not a number of days: ${days}.`);
}

/**
 * When something that began at `from` is due under a rule (DOMAIN F10).
 *
 * Throws RangeError for a negative amount, a broken number of days, or a calendar without the working time it needs.
 */
export function dueAt(rule: DueRule, calendar: BusinessCalendar, from: Date): Date {
  if (!(rule.amount >= 0)) throw new RangeError(`Not a due rule: ${rule.amount} ${rule.unit}.`);
  switch (rule.unit) {
    case "staffed_minutes":
      return addStaffedMinutes(calendar, from, rule.amount);
    case "business_days":
      return addBusinessDays(calendar, from, rule.amount);
    case "calendar_days":
      return addCalendarDays(calendar, from, rule.amount);
    case "hours":
      return new Date(from.getTime() + Math.round(rule.amount * 3_600_000));
  }
}
