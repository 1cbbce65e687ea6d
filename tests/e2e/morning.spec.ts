import type { BrowserContext, Page } from "@playwright/test";
import type { Locale } from "@/lib/i18n/locales";
import { messagesOf } from "@/lib/i18n/messages";
import { makeMember, type TestMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

const names = ["Ada Abara", "Bo Jensen", "Chris Okonkwo"] as const;

/** An OSC with three customers who came days ago, oldest first, and a designer to ask. */
async function makeMorning(workspace: TestWorkspace): Promise<{ osc: TestMember; designer: TestMember }> {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const designer = await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
  for (const [index, name] of names.entries()) {
    const arrived = new Date(Date.now() - (names.length - index) * 2 * 86_400_000);
    await makeCustomer(await contextOf(workspace, osc, arrived), osc, { name });
  }
  return { osc, designer };
}

async function speak(context: BrowserContext, url: string, locale: Locale): Promise<void> {
  await context.addCookies([{ name: "locale", value: locale, url }]);
}

const textOf = (locale: Locale, namespace: string, key: string) => String(messagesOf(locale)[namespace]?.[key] ?? key);

const rowsOf = (page: Page) => page.locator("li[data-customer]");

const idOf = async (page: Page) =>
  (await page.locator("li[data-customer][aria-current=true]").getAttribute("data-customer")) ?? "";

/** The keys that Home has for an OSC: whatever the help lists beside these, or lacks of them, is a fault. */
const keysOfHome = [
  ..."$mod+k,Shift+?,g h,g c,g b,g i,g n,g l,g s".split(","),
  ..."j,k,ArrowDown,ArrowUp,Enter,c,l,r".split(","),
];

async function readHelp(page: Page): Promise<void> {
  await page.keyboard.press("Shift+?");
  const help = page.getByTestId("shortcut-help");
  await expect(help).toBeVisible();
  const listed = await help.locator("dt").evaluateAll((terms) => terms.map((term) => term.getAttribute("data-keys")));
  expect([...listed].sort()).toEqual([...keysOfHome].sort());
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
}

/** Logs a call with the selected customer: the letters j and k belong to the words, and the list stays where it is. */
async function logCall(page: Page, locale: Locale): Promise<void> {
  const id = await idOf(page);
  const row = page.locator(`li[data-customer="${id}"]`);
  const reason = await row.textContent();
  await page.keyboard.press("l");
  const dialog = page.getByRole("dialog");
  const words = dialog.getByLabel(textOf(locale, "interactions", "what_happened"));
  await expect(words).toBeFocused();
  await page.keyboard.type("jjkk spoke about the plot");
  await expect(words).toHaveValue("jjkk spoke about the plot");
  expect(await idOf(page)).toBe(id);
  const next = dialog.getByLabel(textOf(locale, "interactions", "next_name"));
  await tabTo(page, () => next.evaluate((field) => field === document.activeElement));
  await page.keyboard.type("Send the plot plan");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/Logged for|תועד עבור/)).toBeVisible();
  expect(await idOf(page)).not.toBe(id);
  await expect.poll(async () => (await row.allTextContents()).join()).not.toBe(reason);
}

async function tabTo(page: Page, isThere: () => Promise<boolean>, key = "Tab"): Promise<void> {
  for (let step = 0; step < 30 && !(await isThere()); step += 1) await page.keyboard.press(key);
  expect(await isThere(), "reached by Tab").toBe(true);
}

/** Fills the open question to design; the department is chosen with the arrow keys. */
async function askDesign(page: Page, locale: Locale, question: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel(textOf(locale, "relays", "question"));
  await expect(field).toBeFocused();
  const department = dialog.getByLabel(textOf(locale, "relays", "to"), { exact: true });
  await tabTo(page, () => department.evaluate((select) => select === document.activeElement), "Shift+Tab");
  const wanted = locale === "he" ? "עיצוב" : "Design";
  const chosen = () => department.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text ?? "");
  await page.keyboard.press("Home");
  for (let step = 0; step < 12 && (await chosen()) !== wanted; step += 1) await page.keyboard.press("ArrowDown");
  expect(await chosen()).toBe(wanted);
  await tabTo(page, () => field.evaluate((area) => area === document.activeElement));
  await page.keyboard.type(question);
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
}

/** Answers the first question of an inbox by keys; milliseconds from the acknowledgement until the other page shows it. */
async function answerByKeys(inbox: Page, other: Page, answer: string): Promise<number> {
  await inbox.keyboard.press("a");
  await inbox.keyboard.type(answer);
  const acknowledged = inbox.waitForResponse((response) => "next-action" in response.request().headers());
  await inbox.keyboard.press("Control+Enter");
  expect((await acknowledged).status()).toBe(200);
  const begun = performance.now();
  await other.getByText(answer).first().waitFor();
  return performance.now() - begun;
}

for (const locale of ["en", "he"] as const) {
  test(`an OSC works a morning by keyboard alone, and design's answer reaches her within a second (${locale})`, async ({
    page,
    context,
    workspace,
    signIn,
    openAs,
    baseURL,
  }) => {
    test.setTimeout(90_000);
    const { osc, designer } = await makeMorning(workspace);
    await speak(context, baseURL ?? "", locale);
    await signIn(osc);
    const theirs = await openAs(designer);
    await theirs.goto(`/w/${workspace.slug}/inbox`);

    await page.goto(`/w/${workspace.slug}/home`);
    await expect(rowsOf(page)).toHaveCount(3);
    await expect(rowsOf(page).nth(0)).toHaveAttribute("aria-current", "true");
    await page.keyboard.press("j");
    await expect(rowsOf(page).nth(1)).toHaveAttribute("aria-current", "true");
    await page.keyboard.press("k");
    await expect(rowsOf(page).nth(0)).toHaveAttribute("aria-current", "true");
    await readHelp(page);
    await logCall(page, locale);

    const name = await page.locator("li[data-customer][aria-current=true] a").textContent();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name ?? "");
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await expect(rowsOf(page).first()).toBeVisible();

    await page.keyboard.press("r");
    await page.waitForURL(/\/customers\//);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const times: number[] = [];
    // A busy machine may be late once; an answer that only a reload or a poll brings is late every time.
    while (times.length < 3 && Math.min(...times) > 1_000) {
      const question = `Can the island outlet still move, asked ${times.length + 1}?`;
      if (times.length > 0) await page.keyboard.press("r");
      await askDesign(page, locale, question);
      await expect(theirs.getByText(question)).toBeVisible();
      times.push(await answerByKeys(theirs, page, `Yes, until Friday ${times.length + 1}.`));
    }
    console.log(`An answer stood on the other screen after ${Math.round(Math.min(...times))} ms`);
    expect(Math.min(...times)).toBeLessThanOrEqual(1_000);
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  });
}

test("a key that is pressed the moment a list can be seen is heard", async ({ page, workspace, signIn }) => {
  const { osc } = await makeMorning(workspace);
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/home`);
  await expect(rowsOf(page)).toHaveCount(3);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(rowsOf(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: names[0] })).toBeVisible();
  await page.evaluate(() => {
    const press = (_changes: unknown, watch: MutationObserver) => {
      if (!document.querySelector("li[data-customer]")) return;
      watch.disconnect();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "r", code: "KeyR", bubbles: true }));
    };
    new MutationObserver(press).observe(document.body, { childList: true, subtree: true });
  });
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.waitForURL(/\/customers\/.*ask=1/);
});
