/** Puts a message of the `common` namespace into words. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in the shortest honest words: 48 min, 3 h 18, 5 d. Below ten minutes it counts m:ss. */
export function lengthOf(milliseconds: number, t: Words): string {
  const span = Math.abs(milliseconds);
  if (span < 10 * minute) {
    const seconds = Math.floor(span / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
  if (span < hour) return t("time.m", { n: Math.floor(span / minute) });
  if (span < 10 * hour) {
    const minutes = Math.floor((span % hour) / minute);
    return minutes === 0
      ? t("time.h", { n: Math.floor(span / hour) })
      : t("time.hm", { h: Math.floor(span / hour), m: String(minutes).padStart(2, "0") });
  }
  if (span < day) return t("time.h", { n: Math.round(span / hour) });
  return t("time.d", { n: Math.floor(span / day) });
}

/** What a clock says: "in 2 d" before it is due, "3 d late" after. */
export function clockWords(dueAt: number, now: number, t: Words): string {
  const time = lengthOf(dueAt - now, t);
  return now > dueAt ? t("time.late", { time }) : t("time.in", { time });
}

/** Elapsed over due of a clock, 0 at its start and 1 when due. */
export function ratioOf(startedAt: string, dueAt: string, now: number): number {
  const start = new Date(startedAt).getTime();
  const span = Math.max(1, new Date(dueAt).getTime() - start);
  return Math.max(0, (now - start) / span);
}

/** How long ago something was, in words. */
export function agoWords(at: string, now: number, t: Words): string {
  const past = now - new Date(at).getTime();
  return past < minute
    ? t("time.now")
    : t("time.ago", { time: past < 10 * minute ? t("time.m", { n: Math.floor(past / minute) }) : lengthOf(past, t) });
}
