import pg from "pg";
import { makeBusyWorkspace } from "../support/busy";
import { plantCanary } from "../support/canary";
import { rowsOfWorkspace } from "../support/foreign-rows";
import { expect, test } from "../support/page";
import { placesOf, written } from "../support/places";

let owner: pg.Client;
test.beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await owner.connect();
});
test.afterAll(() => owner.end());

test.use({ expectedErrors: ["404"] });

const payloads = [
  "<script>window.__owned=1</script>",
  '"><img src=x onerror=window.__owned=1>',
  "'><svg onload=window.__owned=1>",
  "</title></textarea></script><script>window.__owned=1</script>",
  "<iframe srcdoc='<script>parent.__owned=1</script>'></iframe>",
  "javascript:window.__owned=1",
  '<a href="javascript:window.__owned=1">x</a>',
  "<math><mtext><style><img src=x onerror=window.__owned=1></style></mtext></math>",
  "<base href=https://evil.test/><meta http-equiv=refresh content=0;url=https://evil.test>",
  "{{constructor.constructor('window.__owned=1')()}}",
  "\u2028</script><script>window.__owned=1//",
  "<style>@import 'https://evil.test/x.css';</style><link rel=stylesheet href=https://evil.test/x.css>",
].join(" ");

test("I03, P07: what people write is read as text on every screen, and no script of theirs runs", async ({
  page,
  signIn,
}) => {
  test.setTimeout(240_000);
  const busy = await makeBusyWorkspace("Scripted");
  const rows = await rowsOfWorkspace(owner, busy.workspace.id);
  const planted = await plantCanary(owner, busy.workspace.id, payloads, written);
  expect(planted.length).toBeGreaterThan(30);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("evil.test")) elsewhere.push(request.url());
  });
  page.on("dialog", (dialog) => void dialog.dismiss());
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      // A library asks whether it may compile, and takes no for an answer.
      if (blockedURI !== "eval") Object.assign(window, { __refused: `${violatedDirective} ${blockedURI} ${sample}` });
    });
  });
  let shown = 0;
  const pages = placesOf(busy.workspace.slug, rows).filter((path) => path.startsWith("/w/"));
  for (const [reader, read] of [
    [busy.workspace.owner, pages],
    // An owner sees what everybody sees but these, which are drawn for whoever works.
    [busy.osc, pages.filter((path) => /\/(home|load|inbox|notifications|board|customers(\/[^/]+)?)$/.test(path))],
  ] as const) {
    await signIn(reader);
    for (const path of read) {
      const answer = await page.goto(path);
      if (answer?.status() !== 200) continue;
      const state = await page.evaluate(() => ({
        owned: "__owned" in window,
        refused: "__refused" in window ? window.__refused : null,
      }));
      expect([path, state.owned, state.refused]).toEqual([path, false, null]);
      if (await page.getByText("window.__owned=1").first().isVisible()) shown += 1;
    }
  }
  await page.goto(new URL(busy.link).pathname);
  expect(await page.evaluate(() => "__owned" in window || "__refused" in window)).toBe(false);
  expect(shown).toBeGreaterThan(8);
  expect(elsewhere).toEqual([]);
});
