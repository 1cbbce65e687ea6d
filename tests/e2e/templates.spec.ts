import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

test("a manager changes a template and publishes it; a running journey keeps its version", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  await makeCustomer(await contextOf(workspace, osc, new Date()), osc, { name: "Old Journey" });
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/templates`);

  await page
    .getByRole("row", { name: /Home builder/ })
    .getByRole("button", { name: "Change it in a draft" })
    .click();
  await expect(page.getByText("Draft of version 2")).toBeVisible();
  await page
    .getByRole("list", { name: "Stages" })
    .getByRole("button", { name: /^2\b.*New lead/ })
    .click();
  const name = page.getByLabel("Name of the stage");
  await expect(name).toHaveValue("New lead");
  await name.fill("Fresh lead");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Publish…" })).toBeEnabled();
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish this version?" });
  await expect(dialog).toContainText("One journey runs on version 1 and keeps it.");
  await expect(dialog).toContainText("Fresh lead: name");
  await dialog.getByRole("button", { name: "Publish" }).click();

  await expect(page.getByRole("row", { name: /Home builder version 2/ })).toContainText("default");
  const former = page.getByRole("row", { name: /Home builder version 1/ });
  await expect(former).toContainText("former version");
  await expect(former.getByRole("cell").nth(2)).toHaveText("1");
  await makeCustomer(await contextOf(workspace, osc, new Date()), osc, { name: "New Journey" });

  await page.goto(`/w/${workspace.slug}/board`);
  await expect(page.getByRole("region", { name: "Fresh lead" })).toContainText("New Journey");
  await page.getByLabel("Template").selectOption({ label: "Home builder, version 1" });
  await expect(page.getByRole("region", { name: "New lead" })).toContainText("Old Journey");
});

test("a draft that is not complete says where, is saved all the same, and cannot be published", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/templates`);
  await page
    .getByRole("row", { name: /Telecom/ })
    .getByRole("button", { name: "Change it in a draft" })
    .click();
  await expect(page.getByText("Draft of version 2")).toBeVisible();

  await page.getByLabel("Four in five have left by day").fill("0");

  await expect(page.getByRole("alert").filter({ hasText: "more than zero" })).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish…" })).toBeDisabled();
  await page.reload();
  await expect(page.getByLabel("Four in five have left by day")).toHaveValue("0");
});

test("an OSC reads a template and is offered no change", async ({ page, workspace, signIn }) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/templates`);
  await page.getByRole("link", { name: "SaaS" }).click();
  await expect(page.getByRole("heading", { name: "Discovery" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Change it in a draft" })).toHaveCount(0);
});
