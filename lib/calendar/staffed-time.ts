import { type BusinessCalendar, hasOpeningHours, openingsOn, staffedOnDays } from "@/lib/calendar/business-calendar";
import { localDayNumber } from "@/lib/calendar/day";

/** How far ahead working time is looked for: a hundred years. */
const horizonDays = 36_525;

/**
 * The minutes of working time between two instants (DOMAIN F01), fractions included; 0 when `to` is not after `from`.
 *
 * Counted on the UTC line, so an hour that a clock change skips does not count and one that it repeats counts twice.
 */
export function staffedMinutesBetween(calendar: BusinessCalendar, from: Date, to: Date): number {
  const start = from.getTime();
  const end = to.getTime();
  if (!(end > start)) return 0;
  const firstDay = localDayNumber(calendar.timeZone, start);
  const lastDay = localDayNumber(calendar.timeZone, end);
  let staffed = overlap(calendar, firstDay, start, end);
  if (lastDay > firstDay) {
    staffed += staffedOnDays(calendar, firstDay + 1, lastDay) + overlap(calendar, lastDay, start, end);
  }
  return staffed / 60_000;
}

function overlap(calendar: BusinessCalendar, dayNumber: number, from: number, to: number): number {
  let shared = 0;
  for (const { start, end } of openingsOn(calendar, dayNumber)) {
    shared += Math.max(0, Math.min(end, to) - Math.max(start, from));
  }
  return shared;
}

/**
 * The earliest instant by which `minutes` of working time have passed since `from` (DOMAIN F10).
 *
 * Work that fills the day ends when the day closes, not at the next opening; 0 minutes end at once.
 * Throws RangeError for a negative amount, and when the calendar never has that much working time.
 */
export function addStaffedMinutes(calendar: BusinessCalendar, from: Date, minutes: number): Date {
  if (!(minutes >= 0)) throw new RangeError(`Not an amount of working time: ${minutes} minutes.`);
  if (minutes === 0) return new Date(from);
  if (!hasOpeningHours(calendar)) throw new RangeError("The calendar has no opening hours.");
  const begin = from.getTime();
  const firstDay = localDayNumber(calendar.timeZone, begin);
  let left = minutes * 60_000;
  for (let day = firstDay; day < firstDay + horizonDays; day += 1) {
    for (const { start, end } of openingsOn(calendar, day)) {
      const usable = end - Math.max(start, begin);
      if (usable <= 0) continue;
      if (left <= usable) return new Date(Math.ceil(end - usable + left));
      left -= usable;
    }
  }
  throw new RangeError(`The calendar has no ${minutes} minutes of working time within a hundred years.`);
}

/** Whether somebody works at this instant; at closing time nobody does any more. */
export function isOpen(calendar: BusinessCalendar, at: Date): boolean {
  const instant = at.getTime();
  const day = localDayNumber(calendar.timeZone, instant);
  return openingsOn(calendar, day).some(({ start, end }) => start <= instant && instant < end);
}

/** `at` itself while somebody works, else the next instant at which somebody does; null when nobody ever will. */
export function nextOpening(calendar: BusinessCalendar, at: Date): Date | null {
  if (!hasOpeningHours(calendar)) return null;
  const instant = at.getTime();
  const firstDay = localDayNumber(calendar.timeZone, instant);
  for (let day = firstDay; day < firstDay + horizonDays; day += 1) {
    for (const { start, end } of openingsOn(calendar, day)) {
      if (end > instant) return new Date(Math.max(start, instant));
    }
  }
  return null;
}
