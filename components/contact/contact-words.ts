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
  const format = (shape: keyof typeof shapes, zone = timeZone) =>
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...shapes[shape], timeZone: zone });
  return {
    day: (at: string) => format("day").format(new Date(at)),
    weekday: (at: string, zone?: string) => format("weekday", zone).format(new Date(at)),
    time: (at: string, zone?: string) => format("time", zone).format(new Date(at)),
  };
}
