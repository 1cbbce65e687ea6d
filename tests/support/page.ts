import { test as base, expect, type Page } from "@playwright/test";

export { expect };

type Options = {
  /** Console errors that a test provokes on purpose, as parts of their text. */
  expectedErrors: string[];
};

/** Playwright's test on the running application; an error in the browser's console that was not announced fails it. */
export const test = base.extend<Options>({
  expectedErrors: [[], { option: true }],
  page: async ({ page, expectedErrors }, use) => {
    const errors = collectErrors(page, expectedErrors);
    await use(page);
    expect(errors, "errors in the browser's console").toEqual([]);
  },
});

/** The unannounced console errors and uncaught exceptions of a page, filled as they come. */
export function collectErrors(page: Page, expected: string[] = []): string[] {
  const errors: string[] = [];
  const note = (text: string) => {
    if (!expected.some((part) => text.includes(part))) errors.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => note(String(error)));
  return errors;
}
