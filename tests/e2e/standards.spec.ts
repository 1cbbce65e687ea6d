import { inWorkspace } from "@/lib/db";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import type { TestWorkspace } from "../support/factories";
import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

async function makeHub(workspace: TestWorkspace) {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc, { name: "Ada Abara" });
  return { osc, customerId };
}

test("a manager changes a standard in a draft, sees what it changes, and publishes it", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/settings/standards`);
  await page.getByRole("button", { name: "Change in a draft: Call, Handover" }).click();
  await expect(page.getByText("Draft of version 2")).toBeVisible();

  await page.getByLabel("Weight").first().fill("60");
  await page.getByRole("button", { name: "Add a criterion" }).click();
  await expect(page.getByText("One thing keeps it from being published.")).toBeVisible();
  await page.getByLabel("Criterion").last().fill("Says who to call");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Publish…" })).toBeEnabled();
  await expect(page.getByRole("main")).toContainText("Says the goals back: weight");
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish this version?" });
  await expect(dialog).toContainText("New: Says who to call");
  await dialog.getByRole("button", { name: "Publish" }).click();

  const standard = page.getByRole("region", { name: "Call, Handover" });
  await expect(standard.getByRole("listitem").first()).toContainText("Version 2");
  await expect(standard.getByRole("listitem").first()).toContainText("in force");
  await expect(standard.getByRole("listitem").nth(1)).toContainText("Version 1");
});

test("the OSC ticks the moments of a contact by keyboard while she logs it, and the timeline says how it kept its standard", async ({
  page,
  workspace,
  signIn,
}) => {
  const { osc, customerId } = await makeHub(workspace);
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await page.keyboard.press("l");
  await page.keyboard.type("Went through the goals.");
  const type = page.getByLabel("What it was about");
  await type.focus();
  await page.keyboard.type("Handover");
  await expect(type).toHaveValue("handover");
  await expect(page.getByText("Say their goals back in their words")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Handover call")).toBeFocused();
  await page.keyboard.type("done well");
  await page.keyboard.press("Control+Enter");

  const line = page
    .getByRole("list", { name: "Timeline" })
    .getByRole("listitem")
    .filter({ hasText: "Went through the goals." });
  await expect(line).toContainText("standard 0% so far, 1 criterion to judge");
  await line.getByText("standard 0% so far").click();
  await expect(line).toContainText("missed: Names the next step and its date");
});

test("a manager judges a contact from the timeline; her own she may not", async ({ page, workspace, signIn }) => {
  const { osc, customerId } = await makeHub(workspace);
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await page.keyboard.press("l");
  await page.keyboard.type("Spoke about the plot.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/standard \d+% so far/)).toBeVisible();

  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await page.getByText(/standard \d+% so far/).click();
  await page.getByRole("link", { name: "Judge this contact" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dana Whitlock");
  await page.getByLabel("Says what the law demands").selectOption("missed");
  await page.getByLabel("Why").fill("She did not say it is recorded.");
  await page.getByRole("button", { name: "Keep the judgement" }).click();
  await expect(page.getByText("missed, by quality")).toBeVisible();
  await expect(page.getByText("standard not met")).toBeVisible();
  await page.getByLabel("First reply", { exact: true }).selectOption("done well");
  await page.getByLabel(/^What shows it/).fill("Tuesday, in her words.");
  await page.getByRole("button", { name: "Keep what was seen" }).click();
  await expect(page.getByText("Tuesday, in her words.")).toBeVisible();
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await expect(page.getByText(/standard not met/)).toBeVisible();
});

test("quality goes to the scorecards from the rail and sees the contact, not the customer", async ({
  page,
  workspace,
  signIn,
  expectedErrors,
}) => {
  const { osc, customerId } = await makeHub(workspace);
  const ctx = await contextOf(workspace, osc, new Date());
  const call = { customerId, medium: "phone", direction: "outbound", isTwoWay: true, summary: "Spoke about the plot." };
  await inWorkspace(workspace.id, () => logInteraction(ctx, LogInteraction.parse(call)));
  const quality = await makeMember(workspace, { name: "Quinn Adler", roles: ["qa"], spoke: "service" });
  await signIn(quality);
  await page.goto(`/w/${workspace.slug}/settings`);
  await page.getByRole("navigation").getByRole("link", { name: "Scorecards" }).click();
  await page.getByRole("link", { name: /Dana Whitlock/ }).click();
  await expect(page.getByText("Spoke about the plot.")).toBeVisible();
  await expect(page.getByLabel("Says who is speaking")).toBeVisible();
  expectedErrors.push("404");
  const response = await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  expect(response?.status()).toBe(404);
});
