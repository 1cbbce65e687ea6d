import { type Browser, expect, type Page } from "@playwright/test";
import { asUser } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { makeMember, makeSession } from "../support/factories";
import { isBack, type Served, test } from "./live-system";

type Reader = { page: Page; userId: string; sessionId: string };

/** A colleague with the customers list open in a browser of her own. */
async function openList(browser: Browser, served: Served, name: string): Promise<Reader> {
  const { userId } = await makeMember({ id: served.workspaceId }, { name });
  const session = await makeSession(userId);
  const context = await browser.newContext({ baseURL: served.origin });
  await context.addCookies([{ name: session.name, value: session.value, url: served.origin }]);
  const page = await context.newPage();
  const stream = page.waitForResponse((response) => response.url().includes("/events?"));
  await page.goto("/w/live/customers");
  expect((await stream).status()).toBe(200);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  return { page, userId, sessionId: session.sessionId };
}

async function create({ origin, key }: Served, name: string): Promise<void> {
  const response = await fetch(`${origin}/api/v1/customers`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": newId() },
    body: JSON.stringify({ persons: [{ name }], duplicates: "create" }),
  });
  expect(response.status).toBe(201);
}

const row = (page: Page, name: string) => page.getByRole("main").getByText(name, { exact: true });

test("what one does appears on two other screens within a second, also after the server was started again", async ({
  browser,
  served,
}) => {
  test.setTimeout(90_000);
  const readers = [await openList(browser, served, "Ann"), await openList(browser, served, "Ben")];
  await create(served, "Warm Up");
  for (const { page } of readers) await expect(row(page, "Warm Up")).toBeVisible();

  await create(served, "Cleo Before");
  await Promise.all(readers.map(({ page }) => expect(row(page, "Cleo Before")).toBeVisible({ timeout: 1_000 })));

  process.kill(served.web() ?? 0, "SIGTERM");
  await expect.poll(() => isBack(served), { timeout: 5_000, intervals: [50] }).toBe(false);
  await expect.poll(() => isBack(served), { timeout: 30_000 }).toBe(true);
  await create(served, "Dora After");
  await Promise.all(readers.map(({ page }) => expect(row(page, "Dora After")).toBeVisible({ timeout: 10_000 })));

  for (const { page } of readers) {
    for (const name of ["Cleo Before", "Dora After"]) await expect(row(page, name)).toHaveCount(1);
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
    await page.context().close();
  }
});

test("a second tab shares the stream of the first and takes over when that is closed", async ({ browser, served }) => {
  const { page: first } = await openList(browser, served, "Tia");
  const second = await first.context().newPage();
  let streams = 0;
  second.on("request", (request) => {
    if (request.url().includes("/events?")) streams += 1;
  });
  await second.goto("/w/live/customers");
  await create(served, "Two Tabs");
  await expect(row(second, "Two Tabs")).toBeVisible();
  expect(streams).toBe(0);
  await first.close();
  await expect.poll(() => streams).toBe(1);
  await create(served, "One Tab");
  await expect(row(second, "One Tab")).toBeVisible();
  await second.context().close();
});

test("a browser whose session is revoked hears nothing more", async ({ browser, served }) => {
  const { page, userId, sessionId } = await openList(browser, served, "Rhea");
  const refused = page.waitForResponse((response) => response.url().includes("/events?") && response.status() === 401, {
    timeout: 15_000,
  });
  await asUser(userId, (db) => db.session.updateMany({ where: { id: sessionId }, data: { revokedAt: new Date() } }));
  await create(served, "Not For Her");
  await refused;
  await expect(row(page, "Not For Her")).toHaveCount(0);
  await page.context().close();
});
