"use client";

import { useLocale } from "next-intl";
import { dayShape } from "./day-shape";
import { useZone } from "./use-zone";

const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const shapes = {
  date: dayShape,
  time: () => time,
  both: (at: string) => ({ ...dayShape(at), ...time }),
  long: () => ({ day: "numeric", month: "long", year: "numeric" }),
} as const satisfies Record<string, (at: string) => Intl.DateTimeFormatOptions>;

type Props = { at: string; shape?: keyof typeof shapes; zone?: string };

/** An instant in the viewer's zone and language; the machine-readable instant stays beside it. */
export function DateTime({ at, shape = "both", zone = "UTC" }: Props) {
  const locale = useLocale();
  const timeZone = useZone(zone);
  const text = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { ...shapes[shape](at), timeZone }).format(
    new Date(at),
  );
  return (
    <time dateTime={at} suppressHydrationWarning>
      {text}
    </time>
  );
}
