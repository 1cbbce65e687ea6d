import { instantOfWall, wallClock } from "@/lib/calendar/zone";

/** What a `datetime-local` field shows for an instant in a zone, `2026-11-24T10:00`. */
export function toWallText(at: number, timeZone: string): string {
  return new Date(wallClock(timeZone, at)).toISOString().slice(0, 16);
}

/** The instant a `datetime-local` field means in a zone, as ISO text; null while it is not filled. */
export function ofWallText(text: string, timeZone: string): string | null {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? null : new Date(instantOfWall(timeZone, wall)).toISOString();
}

const hour = 3_600_000;

/** A day from now at a full hour, as a first proposal. */
export function tomorrowText(timeZone: string): string {
  return toWallText(Math.ceil(Date.now() / hour) * hour + 24 * hour, timeZone);
}
