/** Languages of the screens. */
export const locales = ["en", "he"] as const;
export type Locale = (typeof locales)[number];

/** Themes a person may choose; `system` follows her device. */
export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** Which way a language is written. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return locale === "he" ? "rtl" : "ltr";
}

/** The language of a cookie or an Accept-Language header; English when neither names one we have. */
export function localeOf(cookie: string | undefined, accepted: string | null): Locale {
  const chosen = locales.find((locale) => locale === cookie);
  if (chosen) return chosen;
  const wanted = (accepted ?? "").split(",").map((each) => each.trim().slice(0, 2).toLowerCase());
  return (
    wanted.map((tag) => (tag === "iw" ? "he" : tag)).find((tag): tag is Locale => tag === "en" || tag === "he") ?? "en"
  );
}
