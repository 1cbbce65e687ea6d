/** A figure to four places, as the worked examples give it; nothing where there is none. */
export function figureOf(value: number | null): string {
  return value === null ? "" : value.toFixed(4);
}

/** The name in the reader's language, the other one where there is none. */
export function namedIn(locale: string, { name, nameHe }: { name: string; nameHe: string }): string {
  return (locale === "he" && nameHe) || name;
}

/** What a theme means, for readers of the language that it was written in. */
export function definedIn(locale: string, definition: string): string {
  return /[\u05d0-\u05ea]/.test(definition) === (locale === "he") ? definition : "";
}
