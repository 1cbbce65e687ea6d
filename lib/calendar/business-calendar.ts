import { dayNumberOf, weekdayOf } from "@/lib/calendar/day";
import { dayLength, instantOfWall } from "@/lib/calendar/zone";

/** 0 = Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** From and to in minutes of the local day, 0..1440; a night shift is two of them, on two days. */
export type OpeningHours = readonly [startMinute: number, endMinute: number];

/** When somebody works. Never changed in place: what is derived from it is kept as long as the object lives. */
export type BusinessCalendar = {
  readonly timeZone: string;
  readonly hours: Readonly<Record<Weekday, readonly OpeningHours[]>>;
  /** Local days `yyyy-mm-dd` on which nobody works. */
  readonly holidays: readonly string[];
};

/** A stretch of working time on the UTC line, in milliseconds; `end` is exclusive. */
export type Opening = { start: number; end: number };

type Prepared = {
  week: OpeningHours[][];
  holidays: Set<number>;
  days: Map<number, readonly Opening[]>;
  years: Map<number, Float64Array>;
};

const prepared = new WeakMap<BusinessCalendar, Prepared>();

function prepare(calendar: BusinessCalendar): Prepared {
  const known = prepared.get(calendar);
  if (known) return known;
  const week = [0, 1, 2, 3, 4, 5, 6].map((weekday) => tidyHours(calendar.hours[weekday as Weekday] ?? []));
  const holidays = new Set(calendar.holidays.map(dayNumberOf));
  const made = { week, holidays, days: new Map(), years: new Map() };
  prepared.set(calendar, made);
  return made;
}

function tidyHours(hours: readonly OpeningHours[]): OpeningHours[] {
  for (const [start, end] of hours) {
    if (!(start >= 0 && start < end && end <= 1440)) throw new RangeError(`Not opening hours: ${start} to ${end}.`);
  }
  return [...hours].sort(([a], [b]) => a - b);
}

function hoursOn(calendar: BusinessCalendar, dayNumber: number): readonly OpeningHours[] {
  const { week, holidays } = prepare(calendar);
  return holidays.has(dayNumber) ? [] : (week[weekdayOf(dayNumber)] ?? []);
}

/** Whether a day (by number) has working hours and is no holiday. */
export function isBusinessDay(calendar: BusinessCalendar, dayNumber: number): boolean {
  return hoursOn(calendar, dayNumber).length > 0;
}

/** Whether any weekday has working hours; a calendar without them can give no due time in business time. */
export function hasOpeningHours(calendar: BusinessCalendar): boolean {
  return prepare(calendar).week.some((hours) => hours.length > 0);
}

/** The working time of one local day (by number) in order, without overlap, as real time across clock changes. */
export function openingsOn(calendar: BusinessCalendar, dayNumber: number): readonly Opening[] {
  const { days } = prepare(calendar);
  const known = days.get(dayNumber);
  if (known) return known;
  const openings = findOpenings(calendar, dayNumber);
  days.set(dayNumber, openings);
  return openings;
}

function findOpenings(calendar: BusinessCalendar, dayNumber: number): Opening[] {
  const openings: Opening[] = [];
  let covered = Number.NEGATIVE_INFINITY;
  for (const [startMinute, endMinute] of hoursOn(calendar, dayNumber)) {
    const midnight = dayNumber * dayLength;
    const start = Math.max(covered, instantOfWall(calendar.timeZone, midnight + startMinute * 60_000));
    const end = instantOfWall(calendar.timeZone, midnight + endMinute * 60_000);
    if (end <= start) continue;
    openings.push({ start, end });
    covered = end;
  }
  return openings;
}

/** The working milliseconds of whole local days, from day number `first` up to but not including `last`. */
export function staffedOnDays(calendar: BusinessCalendar, first: number, last: number): number {
  let total = 0;
  let day = first;
  while (day < last) {
    const year = new Date(day * dayLength).getUTCFullYear();
    const newYear = Date.UTC(year, 0, 1) / dayLength;
    const stop = Math.min(last, Date.UTC(year + 1, 0, 1) / dayLength);
    const sums = sumsOfYear(calendar, year, newYear);
    total += (sums[stop - newYear] ?? 0) - (sums[day - newYear] ?? 0);
    day = stop;
  }
  return total;
}

/** Working milliseconds from the first of January up to each day of the year, so that long spans cost no loop. */
function sumsOfYear(calendar: BusinessCalendar, year: number, newYear: number): Float64Array {
  const { years } = prepare(calendar);
  const known = years.get(year);
  if (known) return known;
  const sums = new Float64Array(367);
  let sum = 0;
  for (let index = 0; index < 366; index += 1) {
    for (const { start, end } of openingsOn(calendar, newYear + index)) sum += end - start;
    sums[index + 1] = sum;
  }
  years.set(year, sums);
  return sums;
}
