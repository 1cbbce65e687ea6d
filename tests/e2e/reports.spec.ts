import { readFile } from "node:fs/promises";
import { expect, test } from "../support/page";

test("a report is made, changed, taken along as a file and deleted", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/reports`);
  await page.getByLabel("Name").fill("Arrivals by OSC");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Arrivals by OSC" })).toBeVisible();
  await page.getByLabel("Grouped by").selectOption("osc");
  await page.getByLabel("Share with the workspace").check();
  // Nothing matches before and after: what is waited for is the save itself.
  const saved = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Save" }).first().click();
  await saved;
  await expect(page.getByText("Nothing matches")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Table, CSV" }).click(),
  ]);
  await expect.poll(async () => (await readFile(await download.path())).toString()).toContain("OSC,Count,");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No report is saved yet")).toBeVisible();
});
