import { describe, expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { messagesOf } from "@/lib/i18n/messages";
import { notificationKinds } from "@/lib/notifications/kinds";

describe("what members are told", () => {
  test.each(locales)("has its words in %s, and no words are left over", (locale) => {
    const { kinds = {} } = messagesOf(locale).notifications as { kinds?: Record<string, string> };
    expect(Object.keys(kinds).sort()).toEqual([...notificationKinds].sort());
  });
});
