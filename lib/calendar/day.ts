import { dayLength, instantOfWall, wallClock } from "@/lib/calendar/zone";

const dayKeyPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The number of the day `yyyy-mm-dd`, counted from 1970-01-01; throws RangeError when there is no such day. */
export function dayNumberOf(key: string): number {
  const [, year, month, day] = (dayKeyPattern.exec(key) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) throw new RangeError(`Not a day: ${key}.`);
  const number = Date.UTC(year, month - 1, day) / dayLength;
  if (keyOfDayNumber(number) !== key) throw new RangeError(`Not a day: ${key}.`);
  return number;
}

/** The `yyyy-mm-dd` of a day number. */
export function keyOfDayNumber(number: number): string {
  return new Date(number * dayLength).toISOString().slice(0, 10);
}

/** The day number that the calendar on the wall shows in a zone at an instant. */
export function localDayNumber(timeZone: string, at: number): number {
  return Math.floor(wallClock(timeZone, at) / dayLength);
}

/** The day of the week of a day number, 0 = Sunday. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** The local day `yyyy-mm-dd` in a zone at an instant. */
export function dayKey(timeZone: string, at: Date): string {
  return keyOfDayNumber(localDayNumber(timeZone, at.getTime()));
}

/** The first instant of the local day that contains `at`. */
export function startOfDay(timeZone: string, at: Date): Date {
  return new Date(instantOfWall(timeZone, localDayNumber(timeZone, at.getTime()) * dayLength));
}

/** The first instant after the local day that contains `at`: an exclusive end, for half-open ranges. */
export function endOfDay(timeZone: string, at: Date): Date {
  return new Date(instantOfWall(timeZone, (localDayNumber(timeZone, at.getTime()) + 1) * dayLength));
}

/**
 * The instant at which a zone's clocks show `minute` (of the day, 0..1440) on the day `yyyy-mm-dd`.
 *
 * A skipped time becomes the later instant, a repeated one the earlier (DOMAIN 11). Throws RangeError for no such day.
 */
export function instantOn(timeZone: string, key: string, minute = 0): Date {
  return new Date(instantOfWall(timeZone, dayNumberOf(key) * dayLength + minute * 60_000));
}
