import { yearShape } from "@/components/ui/day-shape";

/** The first word of a name, as one is spoken to. */
export function calledName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** Two letters for the middle of the wheel. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

const shapes = {
  day: { day: "numeric", month: "long" },
  weekday: { weekday: "long", day: "numeric", month: "long" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Dates and times in her language and zone. */
export function datesOf(locale: string, timeZone: string) {
  const format = (at: string, shape: Intl.DateTimeFormatOptions, zone = timeZone) =>
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...shape, timeZone: zone }).format(new Date(at));
  return {
    day: (at: string) => format(at, { ...shapes.day, ...yearShape(at) }),
    weekday: (at: string, zone?: string) => format(at, { ...shapes.weekday, ...yearShape(at) }, zone),
    time: (at: string, zone?: string) => format(at, shapes.time, zone),
  };
}
