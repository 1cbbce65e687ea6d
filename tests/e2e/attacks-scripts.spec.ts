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

const harm = "window.__owned=1";
const handled = [
  ...["img src=x onerror", "svg onload", "body onload", "video src=x onerror", "audio src=x onerror", "iframe onload"],
  ...["details open ontoggle", "input autofocus onfocus", "select autofocus onfocus", "textarea autofocus onfocus"],
  ...[
    "marquee onstart",
    "object data=x onerror",
    "embed src=x onerror",
    "style onload",
    "link rel=stylesheet href=x onerror",
  ],
  ...[
    "svg><animate attributeName=x dur=1s onbegin",
    "svg><set attributeName=x onbegin",
    "x tabindex=1 autofocus onfocus",
  ],
  ...[
    "x style=animation-name:x onanimationstart",
    "video><source onerror",
    "img srcset=x onerror",
    "p contenteditable onpaste",
  ],
].map((tag) => `<${tag}=${harm}>`);
const reached = [
  ...["javascript:", "JaVaScRiPt:", "java&#9;script:", "java&Tab;script:", "&#106;avascript:", "\u0001javascript:"],
  ...["data:text/html,<script>parent.", "data:text/html;charset=utf-8,<script>top.", "vbscript:"],
].flatMap((scheme) => [`<a href="${scheme}${harm}">x</a>`, `<iframe src='${scheme}${harm}'></iframe>`]);
const payloads = [
  ...handled,
  ...reached,
  `<script>${harm}</script>`,
  `"><img src=x onerror=${harm}>`,
  `'><svg onload=${harm}>`,
  `</title></textarea></script><script>${harm}</script>`,
  `</style><script>${harm}</script>`,
  `--><script>${harm}</script>`,
  `]]><script>${harm}</script>`,
  `<iframe srcdoc='<script>parent.__owned=1</script>'></iframe>`,
  `<form action="javascript:${harm}"><button formaction="javascript:${harm}">x</button></form>`,
  `<math><mtext><style><img src=x onerror=${harm}></style></mtext></math>`,
  `<math href="javascript:${harm}">x</math>`,
  `<svg><script>${harm}</script></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${harm}>#x"/></svg>`,
  `<noscript><p title="</noscript><img src=x onerror=${harm}>">`,
  "<base href=https://evil.test/><meta http-equiv=refresh content=0;url=https://evil.test>",
  `{{constructor.constructor('${harm}')()}}`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it would be sent
  "${window.__owned=1}",
  `\u2028</script><script>${harm}//`,
  `%3Cscript%3E${harm}%3C/script%3E &lt;script&gt;${harm}&lt;/script&gt; \\u003cscript\\u003e${harm}`,
  "<style>@import 'https://evil.test/x.css';</style><link rel=stylesheet href=https://evil.test/x.css>",
  "<img src=https://evil.test/x.png><input type=image src=https://evil.test/x.png>",
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
