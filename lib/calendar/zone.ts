/** Milliseconds of a day on the calendar. */
export const dayLength = 86_400_000;

const sampleStep = 7 * dayLength;

/** Stretches of constant offset within one UTC year, in order; the first begins with the year. */
type Stretch = { start: number; offset: number };
type Zone = { format: Intl.DateTimeFormat; years: Map<number, Stretch[]> };

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const zone = { format, years: new Map() };
  zones.set(timeZone, zone);
  return zone;
}

function readOffset(zone: Zone, at: number): number {
  const second = Math.floor(at / 1000) * 1000;
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of zone.format.formatToParts(second)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}

/** The first second in (before, after] at which the offset is no longer `offset`. */
function changeBetween(zone: Zone, before: number, after: number, offset: number): number {
  let low = before / 1000;
  let high = after / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readOffset(zone, middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function stretchesOf(zone: Zone, year: number): Stretch[] {
  const end = Date.UTC(year + 1, 0, 1);
  let start = Date.UTC(year, 0, 1);
  let offset = readOffset(zone, start);
  const stretches = [{ start, offset }];
  while (start < end) {
    const next = Math.min(start + sampleStep, end);
    if (readOffset(zone, next) !== offset) {
      const change = changeBetween(zone, start, next, offset);
      offset = readOffset(zone, change);
      stretches.push({ start: change, offset });
      start = change;
    } else start = next;
  }
  return stretches;
}

/**
 * What local time is ahead of UTC at an instant, in milliseconds.
 *
 * Asking Intl costs microseconds, so the offsets of a year are read once per zone and kept.
 * Throws RangeError for an unknown zone or an invalid instant.
 */
export function offsetAt(timeZone: string, at: number): number {
  const zone = zoneOf(timeZone);
  const year = new Date(at).getUTCFullYear();
  if (Number.isNaN(year)) throw new RangeError("Not an instant.");
  let stretches = zone.years.get(year);
  if (!stretches) {
    stretches = stretchesOf(zone, year);
    zone.years.set(year, stretches);
  }
  for (let index = stretches.length - 1; index >= 0; index -= 1) {
    const stretch = stretches[index];
    if (stretch && stretch.start <= at) return stretch.offset;
  }
  throw new RangeError("Not an instant.");
}

/** The wall clock of a zone at an instant, as the milliseconds that UTC would need to show the same digits. */
export function wallClock(timeZone: string, at: number): number {
  return at + offsetAt(timeZone, at);
}

/**
 * The instant at which the wall clock of a zone shows `wall` (as made by `wallClock`).
 *
 * A time that a clock change skips becomes the later instant, one that happens twice the earlier
 * ("compatible", DOMAIN 11).
 */
export function instantOfWall(timeZone: string, wall: number): number {
  const before = offsetAt(timeZone, wall - dayLength);
  const after = offsetAt(timeZone, wall + dayLength);
  if (before === after) return wall - before;
  if (wallClock(timeZone, wall - before) === wall) return wall - before;
  if (wallClock(timeZone, wall - after) === wall) return wall - after;
  return wall - before;
}

/** Whether the platform knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
