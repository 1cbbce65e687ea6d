import { dayNumberOf } from "@/lib/calendar/day";
import { dayLength, instantOfWall } from "@/lib/calendar/zone";

const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\S.*))?$/;
const spoken = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ,]+(\S.*))?$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([ap]m)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * The instant a cell names, read in `timeZone` where it names no offset; a day alone is its first moment. Null for none.
 *
 * Takes year first with any separator, else day first, or month first where `region` is US and the separator a slash.
 */
export function parseInstant(raw: string, { timeZone, region }: { timeZone: string; region: string }): Date | null {
  const text = raw.trim();
  const parts = dateParts(text, region);
  if (!parts) return null;
  const day = dayOf(parts.year, parts.month, parts.day);
  const time = timeOf(parts.rest);
  if (day === null || !time) return null;
  const wall = day * dayLength + time.milliseconds;
  return new Date(time.offset === null ? instantOfWall(timeZone, wall) : wall - time.offset);
}

type Parts = { year: number; month: number; day: number; rest: string | undefined };

function dateParts(text: string, region: string): Parts | null {
  const first = iso.exec(text);
  if (first) return { year: Number(first[1]), month: Number(first[2]), day: Number(first[3]), rest: first[4] };
  const other = spoken.exec(text);
  if (!other) return null;
  const [one, two, written] = [Number(other[1]), Number(other[2]), Number(other[3])];
  const year = written < 100 ? 2000 + written : written;
  const isMonthFirst = region.toUpperCase() === "US" && text.includes("/");
  return isMonthFirst ? { year, month: one, day: two, rest: other[4] } : { year, month: two, day: one, rest: other[4] };
}

/** The number of the day, null when the calendar has none or no customer can stem from it. */
function dayOf(year: number, month: number, day: number): number | null {
  if (year < 1900 || year > 2200) return null;
  const two = (value: number) => String(value).padStart(2, "0");
  try {
    return dayNumberOf(`${year}-${two(month)}-${two(day)}`);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function timeOf(rest: string | undefined): { milliseconds: number; offset: number | null } | null {
  if (rest === undefined) return { milliseconds: 0, offset: null };
  const found = clock.exec(rest);
  if (!found) return null;
  const [, hourText, minuteText, secondText = "0", fraction = "0", half, zone] = found;
  let hour = Number(hourText);
  if (half && (hour < 1 || hour > 12)) return null;
  if (half) hour = (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  const [minute, second] = [Number(minuteText), Number(secondText)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
  return { milliseconds, offset: zone ? offsetOf(zone) : null };
}

function offsetOf(zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const digits = zone.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000;
}
