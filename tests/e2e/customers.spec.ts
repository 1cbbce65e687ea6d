import { systemContext } from "@/lib/auth/context";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer, type CreateCustomerInput } from "@/lib/customers/schema";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { makeMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";

async function takeIn(workspace: TestWorkspace, ...inputs: CreateCustomerInput[]): Promise<string[]> {
  const ctx = await systemContext(workspace.id, { memberId: workspace.owner.memberId });
  const ids: string[] = [];
  for (const input of inputs) {
    const { id } = await inWorkspace(workspace.id, () => createCustomer(ctx, CreateCustomer.parse(input)));
    ids.push(id);
  }
  return ids;
}

test("an OSC walks the list, searches and opens a customer by keyboard alone", async ({ page, workspace, signIn }) => {
  const osc = await makeMember(workspace);
  await takeIn(
    workspace,
    { persons: [{ name: "Luis Ferreira" }] },
    { persons: [{ name: "Priya Raman", phones: ["+12125552368"] }] },
  );
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/customers`);
  await expect(page.getByRole("table", { name: "Customers" })).toBeVisible();

  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Priya Raman" })).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Luis Ferreira" })).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("555-2368");
  await expect(page.getByRole("link", { name: "Luis Ferreira" })).toHaveCount(0);
  await expect(page).toHaveURL(/q=555-2368/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
});

test("a saved view shows when it was changed, and its address opens the same rows elsewhere", async ({
  page,
  workspace,
  signIn,
  openAs,
}) => {
  const osc = await makeMember(workspace);
  const colleague = await makeMember(workspace, { name: "Otto Osc" });
  await takeIn(
    workspace,
    { persons: [{ name: "Asked First" }], message: "Hello?" },
    { persons: [{ name: "Quiet Second" }] },
  );
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/customers`);
  await page.getByRole("button", { name: "Unanswered" }).click();
  await expect(page.getByRole("link", { name: "Quiet Second" })).toHaveCount(0);
  await page.getByRole("button", { name: "Save as view" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Waiting");
  await dialog.getByLabel("Who sees it").selectOption("workspace");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Waiting" })).toHaveAttribute("aria-current", "true");

  await page.getByRole("button", { name: "Off the wheel" }).click();
  await expect(page.getByRole("img", { name: "Changed since it was saved" })).toBeVisible();
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page.getByRole("img", { name: "Changed since it was saved" })).toHaveCount(0);

  const other = await openAs(colleague);
  await other.goto(page.url());
  await expect(other.getByRole("link", { name: "Asked First" })).toBeVisible();
  await expect(other.getByRole("link", { name: "Quiet Second" })).toHaveCount(0);
  await other.getByRole("button", { name: "Off the wheel" }).click();
  await expect(other.getByRole("button", { name: "Save a copy" })).toBeVisible();
  await expect(other.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
});

test("a new customer is refused field by field, then saved by keyboard", async ({ page, workspace, signIn }) => {
  await signIn(await makeMember(workspace));
  await page.goto(`/w/${workspace.slug}/customers/new`);
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("Jonas Weber");
  await page.getByRole("textbox", { name: "Phone" }).fill("12");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("This is no phone number.")).toBeVisible();
  await page.getByRole("textbox", { name: "Phone" }).fill("(212) 555-2368");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/customers\/[0-9a-f-]{36}/);
  await page.goto(`/w/${workspace.slug}/customers?q=5552368`);
  await expect(page.getByRole("link", { name: "Jonas Weber" })).toBeVisible();
});

test("a manager merges two records that look alike and takes it back from the toast", async ({
  page,
  workspace,
  signIn,
}) => {
  const manager = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const phones = ["+12125552368"];
  const [, loserId] = await takeIn(
    workspace,
    { persons: [{ name: "Maya Halloran", phones }] },
    { persons: [{ name: "Jonas Weber", phones }] },
  );
  await signIn(manager);
  await page.goto(`/w/${workspace.slug}/customers/duplicates`);
  await expect(page.getByText("same phone +12125552368")).toBeVisible();
  await page.getByRole("button", { name: "Merge" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(page.getByText(/Merged into/)).toBeVisible();
  await expect(page.getByText("Nobody looks like anybody else.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The merge was undone.")).toBeVisible();
  await expect(page.getByText("same phone +12125552368")).toBeVisible();
  const loser = await databaseTransaction(workspace.id, (db) =>
    db.customer.findFirstOrThrow({ where: { workspaceId: workspace.id, id: loserId ?? "" } }),
  );
  expect(loser.mergedIntoId).toBeNull();
});

test("a colleague from another workspace gets a 404 that carries none of our data", async ({
  page,
  workspace,
  otherWorkspace,
  signIn,
  expectedErrors,
}) => {
  expectedErrors.push("404");
  const [id] = await takeIn(otherWorkspace, { persons: [{ name: "Secret Somebody" }] });
  await signIn(await makeMember(workspace));
  for (const path of ["/customers", "/customers/duplicates", "/customers/new", `/customers/${id}`]) {
    const response = await page.goto(`/w/${otherWorkspace.slug}${path}`);
    expect(response?.status(), path).toBe(404);
    expect(await page.content()).not.toContain("Secret Somebody");
  }
  const answer = await page.request.get(`/api/w/${workspace.slug}/customers/${id}`);
  expect(answer.status()).toBe(404);
});

test("an OSC may not see the pairs; the list fits a phone in Hebrew", async ({
  page,
  workspace,
  signIn,
  context,
  baseURL,
  expectedErrors,
}) => {
  expectedErrors.push("404");
  await takeIn(workspace, { persons: [{ name: "נועה פרידמן", phones: ["+972501234567"] }], place: "רחוב הגפן 4" });
  await signIn(await makeMember(workspace));
  expect((await page.goto(`/w/${workspace.slug}/customers/duplicates`))?.status()).toBe(404);
  await context.addCookies([{ name: "locale", value: "he", url: baseURL ?? "" }]);
  await page.setViewportSize({ width: 360, height: 780 });
  for (const path of ["/customers", "/customers/new"]) {
    await page.goto(`/w/${workspace.slug}${path}`);
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    const [content, width] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(content, path).toBeLessThanOrEqual(width ?? 0);
  }
});
