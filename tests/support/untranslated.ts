import type { Page } from "@playwright/test";
import { type Messages, messagesOf } from "@/lib/i18n/messages";

/** Every message of a language that is text alone, by its key. */
function flat(messages: Messages): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === "string") found.set(key, value.trim());
    else for (const [name, inner] of Object.entries(value ?? {})) walk(inner, key ? `${key}.${name}` : name);
  };
  walk(messages, "");
  return found;
}

const english = flat(messagesOf("en"));
const hebrew = flat(messagesOf("he"));
const hebrewTexts = new Set(hebrew.values());
const namespaces = Object.keys(messagesOf("en")).join("|");

/** What the screens print where a message is missing: its namespace and key. */
const missing = new RegExp(`(?<![\\w./@-])(?:${namespaces})\\.[a-z][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)*(?![\\w@/])`, "g");

/** English texts that read differently in Hebrew, so that meeting one on a Hebrew screen is a fault. */
const onlyEnglish = new Set(
  [...english].filter(([key, text]) => hebrew.get(key) !== text && !hebrewTexts.has(text)).map(([, text]) => text),
);

/**
 * Texts of the open page that nobody has translated: keys of messages, and on a Hebrew page whole English messages.
 * What people named themselves (`given`) is no message.
 */
export async function untranslatedIn(
  page: Page,
  locale: "en" | "he",
  given: readonly string[] = [],
): Promise<string[]> {
  const { texts, labels } = await page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      // Names that people gave stand in `bdi`, code in `code` and `pre`, what stays English under `lang`.
      if (!element || element.closest("script, style, bdi, code, pre, body [lang]")) continue;
      const text = node.textContent?.trim();
      if (text) texts.push(text);
    }
    const labels = ["aria-label", "placeholder", "title", "alt"].flatMap((name) =>
      [...document.body.querySelectorAll(`[${name}]`)].flatMap((element) =>
        element.closest("body [lang]") ? [] : (element.getAttribute(name)?.trim() ?? ""),
      ),
    );
    return { texts, labels };
  });
  const all = [...texts, ...labels];
  const keys = all.flatMap((text) => text.match(missing) ?? []);
  const left = locale === "he" ? all.filter((text) => onlyEnglish.has(text) && !given.includes(text)) : [];
  return [...new Set([...keys, ...left])];
}
