import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { messagesOf } from "@/lib/i18n/messages";
import { triggers } from "@/lib/journeys/vocabulary";
import { notificationKinds } from "@/lib/notifications/kinds";

type Translate = (key: string, values: Record<string, string>) => string;

describe("what members are told", () => {
  test.each(locales)("has its words in %s, and no words are left over", (locale) => {
    const { kinds = {} } = messagesOf(locale).notifications as { kinds?: Record<string, string> };
    expect(Object.keys(kinds).sort()).toEqual([...notificationKinds].sort());
  });

  test.each(locales)("says in %s why somebody is off track, each trigger in its own words", (locale) => {
    const t = createTranslator({ locale, messages: messagesOf(locale) }) as unknown as Translate;
    const wordsOf = (trigger: string) => t("notifications.kinds.off_track", { customer: "Maya", trigger });
    const said = triggers.map(wordsOf);
    const plain = wordsOf("");
    expect(new Set([...said, plain]).size).toBe(triggers.length + 1);
    for (const words of said) expect(words.startsWith(`${plain}: `)).toBe(true);
  });
});
