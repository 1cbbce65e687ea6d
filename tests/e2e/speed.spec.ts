import { type Browser, test as base, type CDPSession, expect, type Page } from "@playwright/test";
import { closeDatabase } from "@/lib/db";
import { makeSession } from "../support/factories";
import { type Furnished, furnish } from "../support/furnished";

/** What the loop of `slowness` takes on the machine of reference while nothing else runs, in milliseconds. */
const referenceLoop = 70;

const test = base.extend<object, { furnished: Furnished }>({
  furnished: [
    async ({ browser }, use) => {
      await use(await furnish(browser, process.env.WHEELHOUSE_ORIGIN ?? ""));
      await closeDatabase();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

// A trace would slow down what is measured.
test.use({ trace: "off", viewport: { width: 1440, height: 900 } });

type Vitals = { awake: number; largest: number; shift: number; answers: number[] };

async function openAs(browser: Browser, userId: string, url = ""): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const { name, value } = await makeSession(userId);
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
  return context.newPage();
}

/** Keeps from the first byte on: when the page answers to keys, its largest paint, what jumped, and how long each key took to be answered. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const vitals = { awake: 0, largest: 0, shift: 0, answers: [] as number[] };
    Object.assign(window, { vitals });
    const presses: number[] = [];
    const notePress = ({ timeStamp }: Event) => {
      presses.push(timeStamp);
      vitals.answers.push(0);
    };
    window.addEventListener("keydown", notePress, { capture: true });
    const observe = (type: string, note: (entry: PerformanceEntry) => void, more: object = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
    observe("largest-contentful-paint", (entry) => {
      vitals.largest = entry.startTime;
    });
    observe("layout-shift", (entry) => {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) vitals.shift += value;
    });
    const noteKey = (entry: PerformanceEntry) => {
      const { interactionId } = entry as PerformanceEntry & { interactionId: number };
      const press = presses.findLastIndex((at) => at <= entry.startTime);
      if (interactionId > 0 && press >= 0) {
        vitals.answers[press] = Math.max(vitals.answers[press] ?? 0, entry.duration);
      }
    };
    observe("event", noteKey, { durationThreshold: 16 });
    new MutationObserver((_changes, observer) => {
      if (!document.documentElement?.hasAttribute("data-awake")) return;
      observer.disconnect();
      vitals.awake = performance.now();
    }).observe(document, { subtree: true, attributes: true, childList: true, attributeFilter: ["data-awake"] });
  });
}

const vitalsOf = (page: Page) => page.evaluate(() => (window as unknown as { vitals: Vitals }).vitals);

/** How many times slower this machine is right now than the one of reference, at least 1: others may be at work on it. */
async function slowness(page: Page): Promise<number> {
  const loop = await page.evaluate(() => {
    const begun = performance.now();
    let sum = 0;
    for (let index = 0; index < 20_000_000; index += 1) sum = (sum + index * 31) % 1_000_003;
    return sum >= 0 ? performance.now() - begun : 0;
  });
  return Math.max(1, loop / referenceLoop);
}

async function settle(page: Page): Promise<void> {
  await page.locator("html[data-awake]").waitFor({ state: "attached" });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** The bytes of JavaScript that opening a page transfers, as the browser counts them on the wire. */
async function scriptsOf(session: CDPSession, open: () => Promise<unknown>): Promise<number> {
  const pending = new Set<string>();
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({ requestId, type }) => {
    if (type === "Script") pending.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (pending.delete(requestId)) bytes += encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await open();
  await expect.poll(() => pending.size).toBe(0);
  return bytes;
}

const screens = {
  Home: (furnished: Furnished) => `/w/${furnished.workspace.slug}/home`,
  "the Wheel": (furnished: Furnished) => `/w/${furnished.workspace.slug}/customers/${furnished.customerId}`,
};

for (const [name, path] of Object.entries(screens)) {
  test(`${name} transfers at most 230 kB of JavaScript on first load`, async ({ browser, furnished, baseURL }) => {
    const page = await openAs(browser, furnished.osc.userId, baseURL);
    const bytes = await scriptsOf(await page.context().newCDPSession(page), async () => {
      await page.goto(path(furnished));
      await settle(page);
    });
    console.log(`JavaScript on first load of ${name}: ${Math.round(bytes / 1000)} kB (230 allowed, 190 wanted)`);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(230_000);
    await page.context().close();
  });

  test(`${name} is painted and answers to keys within half a second, and nothing jumps`, async ({
    browser,
    furnished,
    baseURL,
  }) => {
    const page = await openAs(browser, furnished.osc.userId, baseURL);
    await watch(page);
    const seen: (Vitals & { slow: number })[] = [];
    for (let round = 0; round < 5; round += 1) {
      await page.goto(path(furnished));
      await settle(page);
      const slow = await slowness(page);
      seen.push({ ...(await vitalsOf(page)), slow });
    }
    const best = (pick: (one: Vitals & { slow: number }) => number) => Math.min(...seen.slice(1).map(pick));
    const middle = (pick: (one: Vitals) => number) =>
      seen
        .map(pick)
        .sort((a, b) => a - b)[2]
        ?.toFixed(0);
    console.log(
      `${name}: awake after ${middle(({ awake }) => awake)} ms, largest paint ${middle(({ largest }) => largest)} ms (median of five), machine x${best(({ slow }) => slow).toFixed(1)}`,
    );
    expect(Math.max(...seen.map(({ shift }) => shift))).toBeLessThanOrEqual(0.02);
    expect(best(({ awake }) => awake)).toBeGreaterThan(0);
    expect(best(({ awake, slow }) => awake / slow)).toBeLessThanOrEqual(500);
    expect(best(({ largest, slow }) => largest / slow)).toBeLessThanOrEqual(500);
    await page.context().close();
  });
}

test("Home answers every key of a walk within fifty milliseconds", async ({ browser, furnished, baseURL }) => {
  const page = await openAs(browser, furnished.osc.userId, baseURL);
  await watch(page);
  const rounds: number[][] = [];
  for (let round = 0; round < 6; round += 1) {
    await page.goto(screens.Home(furnished));
    await settle(page);
    for (const key of ["j", "j", "k", "j", "k", "k", "l"]) await page.keyboard.press(key, { delay: 20 });
    await page.getByRole("dialog").getByRole("textbox").first().waitFor();
    await page.keyboard.type("They ask about the island outlet", { delay: 15 });
    await settle(page);
    const slow = await slowness(page);
    rounds.push((await vitalsOf(page)).answers.map((answer) => answer / slow));
    await page.keyboard.press("Escape");
  }
  // What is slow is slow each time; what else the machine does strikes another key each time. The first walk warms up.
  const [first = [], ...others] = rounds.slice(1);
  const perKey = first.map((answer, key) => Math.min(answer, ...others.map((answers) => answers[key] ?? 0)));
  console.log(
    `Slowest answer to a key on Home: ${Math.round(Math.max(...perKey))} ms (50 allowed); of each walk: ${rounds.map((answers) => Math.round(Math.max(...answers))).join(", ")} ms`,
  );
  expect(perKey.length).toBe(39);
  // The browser rounds what it measures to eight milliseconds.
  expect(Math.max(...perKey)).toBeLessThanOrEqual(56);
  await page.context().close();
});

/** Milliseconds from the key that opens a customer to the frame that shows her name. */
async function openingTime(page: Page, name: string): Promise<number> {
  await page.evaluate((name) => {
    const measured = new Promise<number>((resolve) => {
      let begun = 0;
      window.addEventListener("keydown", (event) => (begun = event.timeStamp), { capture: true, once: true });
      new MutationObserver((_changes, observer) => {
        if (!document.querySelector("h1")?.textContent?.includes(name)) return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)));
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    Object.assign(window, { measured });
  }, name);
  await page.keyboard.press("Enter");
  return page.evaluate(() => (window as unknown as { measured: Promise<number> }).measured);
}

for (const list of ["home", "customers"]) {
  test(`a customer opened from ${list} is painted within 150 milliseconds`, async ({ browser, furnished, baseURL }) => {
    const page = await openAs(browser, furnished.osc.userId, baseURL);
    const times: number[] = [];
    // As with the keys: what is slow is slow each time, what else the machine does strikes some.
    for (let round = 0; round < 10; round += 1) {
      await page.goto(`/w/${furnished.workspace.slug}/${list}`);
      await settle(page);
      await page.keyboard.press("j");
      const selected = page
        .locator(list === "home" ? "li[data-customer][aria-current=true] a" : "main a:focus")
        .first();
      const name = (await selected.textContent()) ?? "";
      const slow = await slowness(page);
      times.push((await openingTime(page, name)) / slow);
    }
    const [fastest = 0, , , , median = 0] = times.slice(1).sort((a, b) => a - b);
    console.log(`From ${list} to a customer: fastest ${Math.round(fastest)} ms, median ${Math.round(median)} ms`);
    expect(fastest).toBeLessThanOrEqual(150);
    await page.context().close();
  });
}
