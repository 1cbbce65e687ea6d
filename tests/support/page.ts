import { type Browser, type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { closeDatabase } from "@/lib/db";
import { makeSession, makeWorkspace, type TestMember, type TestWorkspace } from "./factories";

export { expect };

type Fixtures = {
  /** Console errors that a test provokes on purpose, as parts of their text. */
  expectedErrors: string[];
  /** A furnished workspace of this test alone. */
  workspace: TestWorkspace;
  /** A second one, whose contents must never show in the first. */
  otherWorkspace: TestWorkspace;
  /** Signs the test's own page in as that member. */
  signIn(member: { userId: string }): Promise<void>;
  /** A page of another browser, signed in as that member. */
  openAs(member: TestMember): Promise<Page>;
};

/** Playwright's test on the running application; an error in a browser's console that was not announced fails it. */
export const test = base.extend<Fixtures, { connections: undefined }>({
  expectedErrors: [[], { option: true }],
  connections: [
    async ({ browserName: _ }, use) => {
      await use(undefined);
      await closeDatabase();
    },
    { scope: "worker", auto: true },
  ],
  page: async ({ page, expectedErrors }, use) => {
    const errors = collectErrors(page, expectedErrors);
    await use(whenAwake(page));
    expect(errors, "errors in the browser's console").toEqual([]);
  },
  workspace: ({ browserName: _ }, use) => makeWorkspace().then(use),
  otherWorkspace: ({ browserName: _ }, use) => makeWorkspace({ name: "Harbour Kitchens" }).then(use),
  signIn: async ({ context, baseURL }, use) => {
    await use((member) => addSession(context, member, baseURL));
  },
  openAs: async ({ browser, baseURL, expectedErrors }, use) => {
    const opened: { context: BrowserContext; errors: string[] }[] = [];
    await use(async (member) => {
      const { context, page } = await openSignedIn(browser, member, baseURL);
      opened.push({ context, errors: collectErrors(page, expectedErrors) });
      return whenAwake(page);
    });
    for (const { context } of opened) await context.close();
    expect(
      opened.flatMap(({ errors }) => errors),
      "errors in the other browsers' consoles",
    ).toEqual([]);
  },
});

async function openSignedIn(browser: Browser, member: TestMember, baseURL?: string) {
  const context = await browser.newContext({ baseURL });
  await addSession(context, member, baseURL);
  return { context, page: await context.newPage() };
}

async function addSession(context: BrowserContext, { userId }: { userId: string }, baseURL = ""): Promise<void> {
  const { name, value } = await makeSession(userId);
  await context.addCookies([{ name, value, url: baseURL, httpOnly: true, sameSite: "Lax" }]);
}

/** The page, whose address is only reached once it answers to keys and clicks: before that they are lost. */
function whenAwake(page: Page): Page {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  const wake = () => page.locator("html[data-awake], html:not([data-theme])").waitFor({ state: "attached" });
  return Object.assign(page, {
    goto: async (...args: Parameters<Page["goto"]>) => {
      const answer = await goto(...args);
      await wake();
      return answer;
    },
    reload: async (...args: Parameters<Page["reload"]>) => {
      const answer = await reload(...args);
      await wake();
      return answer;
    },
  });
}

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
