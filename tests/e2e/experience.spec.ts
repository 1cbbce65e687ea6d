import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { tellDelays } from "@/lib/load/delay-example";
import { tellExperience } from "@/lib/load/examples";
import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";
import { contactWith, inviteTo, relationshipInviteTo, say } from "../support/voices";

test("a manager reads the worked examples off the screen, and opens the contacts behind a number", async ({
  page,
  workspace,
  signIn,
}) => {
  const { id, slug } = workspace;
  const ctx = await systemContext(id);
  const shown = ["F30", "F35", "F35b", "F36", "F89", "F90"].map((each) => `Example ${each}`);
  await inWorkspace(id, async () => tellDelays(ctx, (await tellExperience(ctx, shown)).customerIds));
  await signIn(await makeMember(workspace, { name: "Max Manager", roles: ["manager"] }));
  await page.goto(`/w/${slug}/experience`);
  await page.getByLabel("Type of contact").selectOption("Example F35");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/type=Example\+F35/);
  await expect(page.getByRole("heading", { name: "Inconsistent. E-mail is the weak medium." })).toBeVisible();
  await expect(page.getByText("They differ more than chance allows (p: 0.034)")).toBeVisible();
  await expect(page.getByText("Text (10)")).toBeVisible();
  await expect(page.getByText("Nobody was asked by us in this period")).toBeVisible();
  await page.getByText("All figures, to four places").click();
  const figures = page.locator("details", { hasText: "All figures" });
  for (const figure of [
    "0.8434",
    "0.7640",
    "0.9631",
    "0.1093",
    "0.8146",
    "0.0373",
    "0.9041",
    "11.5717",
    "0.0208",
    "8.6429",
    "0.0344",
    "0.0954",
  ])
    await expect(figures.getByText(figure, { exact: true }).first()).toBeVisible();

  await page.goto(`/w/${slug}/experience?type=Example+F35b`);
  await expect(
    page.getByText("Of 5 customers rated in two channels or more, 3 (60.0 %) were served well in every one."),
  ).toBeVisible();
  await page.goto(`/w/${slug}/experience?type=Example+F36`);
  await expect(page.getByText(/60\.0 %, 18 of 30\. Look at its contacts\./)).toBeVisible();
  await page.goto(`/w/${slug}/experience?type=Example+F30`);
  await expect(page.getByText(/-21\.9131 – 71\.9131 · ± 23\.9357/)).toBeVisible();

  await page.goto(`/w/${slug}/experience?type=Example+F89`);
  await expect(
    page.getByText(/Against the 26 weeks before: .*\+17\.5.* points .*, better beyond chance/),
  ).toBeVisible();
  await page.getByText("All figures, to four places").click();
  for (const figure of ["0.1750", "0.0385", "0.3035"])
    await expect(figures.getByText(figure, { exact: true }).first()).toBeVisible();
  await page.goto(`/w/${slug}/experience?type=Example+F90`);
  await page.getByText("All figures, to four places").click();
  for (const figure of ["0.0010", "0.0050", "0.0120", "0.0300", "0.0400", "0.0500", "0.2000"])
    await expect(figures.getByText(figure, { exact: true }).first()).toBeVisible();
  await page.goto(`/w/${slug}/experience?type=Example+F91`);
  await expect(
    page.getByText("within 7.0 hours of asking, eight of ten within 14.8 and nine of ten within 22.4"),
  ).toBeVisible();

  await page.goto(`/w/${slug}/experience?type=Example+F35`);
  await page.getByRole("link", { name: /Text, All routes: / }).click();
  await expect(page.getByRole("heading", { name: "Rated contacts" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(10);
});

test("a customer answers two questions without a script, and a forwarded link says politely that it is done", async ({
  browser,
  workspace,
  baseURL,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc);
  const path = `/c/survey/${await inviteTo(ctx, customerId)}`;
  const context = await browser.newContext({
    baseURL: baseURL ?? "",
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How was it, with Dana?");
  await page.getByRole("link", { name: "עברית" }).click();
  await expect(page.getByRole("main")).toHaveAttribute("dir", "rtl");
  await page.getByLabel("טוב יותר", { exact: true }).check();
  await page.getByLabel("5", { exact: true }).check();
  await page.getByRole("textbox").fill("דנה הייתה נהדרת");
  await page.getByRole("button", { name: "שליחת התשובה" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("תודה.");
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This question has been answered already.");
  expect((await page.goto(`${path}x`))?.status()).toBe(404);
  await context.close();
});

test("a customer says in Hebrew whether she would recommend the company, without a script, and her OSC reads it", async ({
  browser,
  workspace,
  openAs,
  baseURL,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc, { stageKey: "won" });
  const path = `/c/survey/${await relationshipInviteTo(ctx, customerId)}`;
  const context = await browser.newContext({
    baseURL: baseURL ?? "",
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await page.goto(`${path}?lang=he`);
  await expect(page.getByRole("main")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("איך הקשר שלכם איתנו?");
  await expect(page.getByRole("radio")).toHaveCount(11);
  const question = page.getByRole("group", { name: /^עד כמה סביר שתמליצו על / });
  await expect(question).toBeVisible();
  // Zero stands at the right, where Hebrew begins.
  const [none, most] = await Promise.all(
    ["0", "5"].map((name) => question.getByLabel(name, { exact: true }).boundingBox()),
  );
  expect(none?.x ?? 0).toBeGreaterThan(most?.x ?? 0);
  await question.getByLabel("9", { exact: true }).check();
  await page.getByRole("textbox").fill("הבית נהדר");
  await page.getByRole("button", { name: "שליחת התשובה" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("תודה.");
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This question has been answered already.");
  await context.close();

  const desk = await openAs(osc);
  await desk.goto(`/w/${workspace.slug}/customers/${customerId}`);
  const line = desk.getByRole("listitem").filter({ hasText: "Would recommend us: 9 of 10" });
  await expect(line).toContainText("הבית נהדר");

  const manager = await openAs(await makeMember(workspace, { name: "Max Manager", roles: ["manager"] }));
  await manager.goto(`/w/${workspace.slug}/experience`);
  const voice = manager.getByRole("region", { name: "What customers said" });
  await expect(voice).toContainText("Net promoters, the relationship as a whole+100");
  await expect(voice.getByRole("note")).toHaveText("Low coverage. 1 of 1 asked (100.0 %)");
  await voice.getByRole("link", { name: "Read the answers" }).click();
  await expect(manager.getByText("הבית נהדר")).toBeVisible();
  await manager.getByRole("button", { name: "Take back" }).click();
  await manager.getByLabel("How the customer asked for it").fill("By telephone");
  await manager.getByRole("button", { name: "Delete the answer" }).click();
  await expect(manager.getByText("No customer has answered yet.")).toBeVisible();
});

test("a manager chooses what is asked after a design meeting, and the customer's page asks it", async ({
  page,
  workspace,
  openAs,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock", roles: ["osc"] });
  const manager = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc);
  const token = await inviteTo(ctx, customerId, { type: "design meeting" });
  const [first, second] = await Promise.all([openAs(manager), openAs(manager)]);
  const save = (at: typeof page) => at.getByRole("button", { name: "Save" }).click();

  await first.goto(`/w/${workspace.slug}/settings`);
  await first.getByRole("link", { name: /^Surveys/ }).click();
  await first.getByRole("heading", { name: "Surveys", level: 1 }).waitFor();
  await second.goto(`/w/${workspace.slug}/settings/surveys`);
  await expect(first.getByLabel("Repair")).toContainText("How easy (1 to 7), as usual");
  await first.getByLabel("Design meeting").selectOption("How satisfied (1 to 5)");
  await first.getByLabel("How many of those who may be asked (%)").fill("62.5");
  await first.getByLabel("Ask buyers twice a year").uncheck();
  await save(first);
  await first.getByText("Saved").waitFor();
  await first.reload();
  await expect(first.getByLabel("Design meeting")).toHaveValue("csat");
  await expect(first.getByLabel("How many of those who may be asked (%)")).toHaveValue("62.5");
  await expect(first.getByLabel("Ask buyers twice a year")).not.toBeChecked();
  await expect(first.getByLabel("Ask customers about their contacts")).toBeChecked();

  await second.getByLabel("Repair").selectOption("How it was (1 to 5)");
  await save(second);
  await expect(second.getByRole("alert").filter({ hasText: /changed/i })).toBeVisible();

  await page.goto(`/c/survey/${token}`);
  await expect(page.getByText("How satisfied are you with it?")).toBeVisible();
});

test("the wheel and the timeline show how it was for the customer", async ({ workspace, openAs }) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId, journeyId } = await makeCustomer(ctx, osc);
  const design = await inWorkspace(workspace.id, () =>
    ctx.db.spoke.findFirstOrThrow({ where: { workspaceId: workspace.id, key: "design" } }),
  );
  const id = await contactWith(ctx, { customerId, journeyId, spokeId: design.id, agentId: osc.memberId });
  await say(ctx, id, { expectation: 5, outcome: 2 });
  const desk = await openAs(osc);
  await desk.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await expect(desk.getByText("Customer: negative").first()).toBeVisible();
  await expect(desk.locator("[data-light=negative]").first()).toBeAttached();
});
