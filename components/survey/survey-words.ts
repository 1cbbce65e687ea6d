import { createTranslator } from "use-intl/core";
import type { Locale } from "@/lib/i18n/locales";
import { messagesOf } from "@/lib/i18n/messages";

/** The words of the survey in one language, whatever language the browser speaks. */
export function surveyWords(locale: Locale) {
  const translate = createTranslator({ locale, messages: messagesOf(locale), namespace: "survey" });
  return (key: string, values?: Record<string, string>) => translate(key as never, values as never) as string;
}
