/** A share as people read it: one decimal and the sign behind a space that does not break. */
export function percentOf(share: number): string {
  return `${(share * 100).toFixed(1)}\u00a0%`;
}

/** A figure to four places, as the worked examples give it. */
export function figureOf(value: number | null): string {
  if (value === null) return "";
  return (Math.abs(value) < 0.00005 ? 0 : value).toFixed(4);
}

/** A worth to one place below a thousand, whole above. */
export function worthOf(value: number): string {
  return value.toFixed(value < 1_000 ? 1 : 0);
}

/** A name in the reader's language where there is one. */
export function nameIn(locale: string, { name, nameHe }: { name: string; nameHe: string }): string {
  return locale === "he" && nameHe !== "" ? nameHe : name;
}
