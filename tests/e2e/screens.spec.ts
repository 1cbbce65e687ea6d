import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import type { ElementContext, RunOptions } from "axe-core";
import { closeDatabase } from "@/lib/db";
import { directionOf } from "@/lib/i18n/locales";
import { projectRoot } from "../../scripts/platform/project";
import { makeSession } from "../support/factories";
import { type Furnished, furnish } from "../support/furnished";
import { collectErrors } from "../support/page";
import { untranslatedIn } from "../support/untranslated";
import { type Screen, screens, withoutScreen } from "./screen-list";

type Theme = "light" | "dark";

/** Each language with the theme in which the server sends it, and the one that is the page's own switch away. */
const looks = [
  { locale: "en", themes: ["light", "dark"] },
  { locale: "he", themes: ["dark", "light"] },
] as const;
const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
] as const;
const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The page of one worker looks at all of its screens: a browser that was used before has their scripts at hand. */
const test = base.extend<object, { furnished: Furnished; looking: Page }>({
  looking: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: process.env.WHEELHOUSE_ORIGIN, reducedMotion: "reduce" });
      await use(await context.newPage());
      await context.close();
    },
    { scope: "worker" },
  ],
  furnished: [
    async ({ browser }, use) => {
      await use(await furnish(browser, process.env.WHEELHOUSE_ORIGIN ?? ""));
      await closeDatabase();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

test.describe.configure({ mode: "parallel" });
// Recording every look of every screen would take longer than looking.
test.use({ trace: "off" });

/** Signs the page in as who looks at the screen, and out for who looks at nobody's. */
async function startAnew(page: Page, furnished: Furnished, screen: Screen, url: string): Promise<void> {
  const context = page.context();
  await context.clearCookies();
  if (screen.viewer === "nobody") return;
  const { name, value } = await makeSession(furnished[screen.viewer].userId);
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
}

async function open(page: Page, path: string, screen: Screen): Promise<void> {
  const response = await page.goto(path);
  expect(response?.status(), path).toBe(screen.status ?? 200);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]:not(button)"));
  if (!screen.press) return;
  await page.locator("html[data-awake]").waitFor({ state: "attached" });
  for (const key of screen.press) await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
}

/** What runs off the side of the page, outermost first. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > clientWidth + 1 || left < -1);
    });
    const named = wide.slice(0, 4).map((element) => element.outerHTML.slice(0, 120));
    return [`${scrollWidth} px wide on ${clientWidth} px: ${named.join(" ... ")}`];
  });
}

/** The rules of axe that look at colours; all others look at what stands where. */
const ofColours = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds in where things stand, unless that was looked at, and in the colours of what is painted in a new way.
 *
 * A way to paint is the text's own colour and letters with all that lies beneath it: text painted like other text is as
 * legible, and looking at colours is three quarters of axe's time. `painted` has those that were looked at, and gets the rest.
 */
async function inaccessible(page: Page, isSameShape: boolean, painted: Set<string>): Promise<string[]> {
  // Bringing axe takes as long as its look at a small page, and it stays as long as the page does.
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axeSource);
  const { faults, ways } = await page.evaluate(
    async ({ rules, ofColours, isSameShape, known }) => {
      const { axe } = window as unknown as { axe: typeof import("axe-core") };
      const ways = new Set(known);
      const fresh: Element[] = [];
      const hasText = (element: Element) =>
        element.matches("input, select, textarea") ||
        [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue?.trim());
      const walk = (element: Element, beneath: string, around: string): void => {
        const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } = getComputedStyle(element);
        const own = [backgroundColor, backgroundImage, opacity].join();
        const under = own === "rgba(0, 0, 0, 0),none,1" ? beneath : `${beneath};${own}`;
        if (hasText(element) && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
          const isOff = element.closest(":disabled, [aria-disabled=true]") !== null;
          const { tagName, classList } = element;
          const way = [tagName, classList.value, isOff, color, fontSize, fontWeight, around, under].join("|");
          if (!ways.has(way)) fresh.push(element);
          ways.add(way);
        }
        for (const child of element.children) walk(child, under, color);
      };
      walk(document.documentElement, "", "");
      // What passed need not be told; gathering it takes longer than looking.
      const look = async (context: ElementContext, options: RunOptions) =>
        (await axe.run(context, { resultTypes: ["violations"], ...options })).violations;
      const withoutColours = Object.fromEntries(ofColours.map((rule) => [rule, { enabled: false }]));
      const tagged = { type: "tag", values: rules } as const;
      const placed = isSameShape ? [] : await look(document, { runOnly: tagged, rules: withoutColours });
      const coloured = fresh.length ? await look(fresh, { runOnly: { type: "rule", values: ofColours } }) : [];
      const faults = [...placed, ...coloured].flatMap(({ id, nodes }) =>
        nodes.slice(0, 4).map(({ html, any }) => `${id}: ${html.slice(0, 200)} (${any[0]?.message ?? ""})`),
      );
      return { faults, ways: [...ways] };
    },
    { rules, ofColours, isSameShape, known: [...painted] },
  );
  for (const way of ways) painted.add(way);
  return faults;
}

/** What stands where and what is seen of it, colours aside: pages of one shape differ in colours at the most. */
function shapeOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const drawn = [...document.querySelectorAll("*")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { display, visibility, opacity, pointerEvents, overflow } = getComputedStyle(element);
      const own = element === document.documentElement ? "" : [...element.attributes].map(({ value }) => value).join();
      return [element.tagName, x, y, width, height, display, visibility, opacity, pointerEvents, overflow, own].join();
    });
    return `${drawn.join("\n")}\n${document.body.textContent}`;
  });
}

/** Puts the page into the other theme as its own switch does, and waits until the colours stand. */
async function turnTo(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(async (theme) => {
    document.documentElement.dataset.theme = theme;
    const transitions = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  }, theme);
}

/** Everything that is wrong with the open page at one width; one whose shape was looked at has its colours left. */
async function faultsOf(
  page: Page,
  locale: (typeof looks)[number]["locale"],
  given: readonly string[],
  painted = new Set<string>(),
  isSameShape = false,
): Promise<string[]> {
  if (isSameShape) return inaccessible(page, true, painted);
  const [lang, dir] = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
  const turned = lang === locale && dir === directionOf(locale) ? [] : [`html is ${lang} ${dir}`];
  const untranslated = (await untranslatedIn(page, locale, given)).map((text) => `untranslated: ${text}`);
  return [...turned, ...untranslated, ...(await overflowing(page)), ...(await inaccessible(page, false, painted))];
}

for (const screen of screens) {
  test(`${screen.name ?? screen.route} is fit for everybody, in every look`, async ({
    looking: page,
    furnished,
    baseURL,
  }) => {
    test.setTimeout(240_000);
    const url = baseURL ?? "";
    await startAnew(page, furnished, screen, url);
    const errors = collectErrors(page, screen.status ? [String(screen.status)] : []);
    const faults: string[] = [];
    const painted = new Set<string>();
    for (const { locale, themes } of looks) {
      const cookies = { locale, theme: themes[0] };
      await page.context().addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
      await page.setViewportSize(sizes[0]);
      await open(page, screen.path(furnished), screen);
      expect(await page.locator("html").getAttribute("data-theme")).toBe(themes[0]);
      for (const size of sizes) {
        await page.setViewportSize(size);
        const seen = new Set<string>();
        for (const theme of themes) {
          await turnTo(page, theme);
          const shape = await shapeOf(page);
          const found = await faultsOf(page, locale, furnished.givenNames, painted, seen.has(shape));
          seen.add(shape);
          faults.push(...found.map((fault) => `${locale} ${theme} ${size.width}: ${fault}`));
        }
      }
    }
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    page.removeAllListeners();
    expect([...faults, ...errors], "faults of the screen").toEqual([]);
  });
}

test("a page with every kind of fault is found out", async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.setContent(`<html lang="en" dir="ltr"><title>x</title><body><h1>home.no_such_key</h1>
    <p style="color:#ccc;background:#fff;width:900px">Pale and wide</p></body></html>`);
  const found = (await faultsOf(page, "he", [])).join("\n");
  expect(found).toContain("html is en ltr");
  expect(found).toContain("untranslated: home.no_such_key");
  expect(found).toMatch(/\d+ px wide on 390 px/);
  expect(found).toContain("color-contrast");
  await page.close();
});

test("every page that the build serves stands in the list of screens", () => {
  const manifest = readFileSync(join(projectRoot, ".next/app-path-routes-manifest.json"), "utf8");
  const served = Object.entries(JSON.parse(manifest) as Record<string, string>)
    .filter(([entry]) => entry.endsWith("/page"))
    .map(([, route]) => route);
  const listed = new Set([...screens.map(({ route }) => route), ...withoutScreen]);
  expect(served.filter((route) => !listed.has(route))).toEqual([]);
  expect([...listed].filter((route) => !served.includes(route))).toEqual([]);
});
