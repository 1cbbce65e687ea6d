import { isolated } from "@/lib/isolated";

/** A share as people read it: one decimal and the sign behind a space that does not break. */
export function percentOf(share: number): string {
  return `${(share * 100).toFixed(1)}\u00a0%`;
}

/** A figure to four places, as the worked examples give it. */
export function figureOf(value: number | null): string {
  return value === null ? "" : value.toFixed(4);
}

/** A difference of shares in points with its sign, read from left to right in every language. */
export function pointsOf(value: number): string {
  return isolated(`${value < 0 ? "\u2212" : "+"}${Math.abs(value * 100).toFixed(1)}`);
}

/** Labels at one edge of a drawing, moved apart where they would touch. */
export function labelsApart<Label extends { y: number }>(labels: readonly Label[]): Label[] {
  let before = Number.NEGATIVE_INFINITY;
  return labels
    .toSorted((a, b) => a.y - b.y)
    .map((label) => {
      before = Math.max(label.y, before + 14);
      return { ...label, y: before };
    });
}

/** Words inside a drawing that runs from left to right, in their own direction. */
export function ownDirection(text: string, locale: string): string {
  return locale === "he" ? `\u2067${text}\u2069` : text;
}

/** The Monday `yyyy-mm-dd` of a week in words. */
export function weekOf(monday: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  return ownDirection(format.format(new Date(monday)), locale);
}

/** What a drawing needs of a scale: shares between `lo` and 1 on so many pixels from `from` to `to`. */
export function scaleOf(lo: number, from: number, to: number): (share: number) => number {
  return (share) => from + ((to - from) * (Math.max(lo, Math.min(1, share)) - lo)) / (1 - lo);
}

/** The lowest tenth at or below everything shown, at most 0.4, so that drawings of different days compare. */
export function floorOf(values: readonly number[]): number {
  const least = Math.min(0.4, ...values);
  return Math.max(0, Math.floor(least * 10 + 1e-9) / 10);
}
