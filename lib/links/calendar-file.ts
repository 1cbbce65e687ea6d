import type { ContactPage } from "./schema";

const stamp = (at: string) => `${new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, "")}`;

const escaped = (text: string) =>
  text.replace(/\\/g, "\\\\").replace(/;/g, "\\;").replace(/,/g, "\\,").replace(/\r?\n/g, "\\n");

/** Lines of at most 75 octets, continued by a space, never inside a character (RFC 5545). */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let size = 0;
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > 74) {
      parts.push(part);
      part = "";
      size = 0;
    }
    part += character;
    size += bytes;
  }
  return [...parts, part].join("\r\n ");
}

/** An appointment as a calendar file (RFC 5545), in UTC so that every calendar shows her own time. */
export function calendarFile(appointment: NonNullable<ContactPage["appointment"]>, title: string, now: Date): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Wheelhouse//Your contact//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${appointment.id}@wheelhouse`,
    `DTSTAMP:${stamp(now.toISOString())}`,
    `DTSTART:${stamp(appointment.startAt)}`,
    `DTEND:${stamp(appointment.endAt)}`,
    `SUMMARY:${escaped(title)}`,
    ...(appointment.place ? [`LOCATION:${escaped(appointment.place)}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
