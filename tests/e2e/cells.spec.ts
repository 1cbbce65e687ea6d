import { systemContext } from "@/lib/auth/context";
import { updateCustomer } from "@/lib/customers/commands";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer, type CreateCustomerInput } from "@/lib/customers/schema";
import { inWorkspace } from "@/lib/db";
import { makeMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";

async function takeIn(workspace: TestWorkspace, memberId: string, inputs: CreateCustomerInput[]): Promise<string[]> {
  const ctx = await systemContext(workspace.id, { memberId });
  const ids: string[] = [];
  for (const input of inputs) {
    const { id } = await inWorkspace(workspace.id, () =>
      createCustomer(ctx, CreateCustomer.parse({ duplicates: "create", ...input })),
    );
    ids.push(id);
  }
  return ids;
}

test("an OSC corrects one cell after the other by keyboard, and finds them after a reload", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeMember(workspace);
  await takeIn(workspace, osc.memberId, [
    { persons: [{ name: "Second Row" }], place: "Haifa" },
    { persons: [{ name: "First Row" }] },
  ]);
  await signIn(osc);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/w/${workspace.slug}/customers`);
  await page.keyboard.press("j");
  await page.keyboard.press("F2");
  const editor = (field: string, name: string) => page.getByRole("textbox", { name: `${field} of ${name}` });
  await expect(editor("name", "First Row")).toBeFocused();
  await page.keyboard.type("Primo Row");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Akko");
  await page.keyboard.press("Tab");
  await page.keyboard.type("fair");
  await page.keyboard.press("Tab");
  await page.keyboard.type("family");
  await page.keyboard.press("Tab");
  await expect(editor("name", "Second Row")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(editor("place", "Second Row")).toHaveValue("Haifa");
  await page.keyboard.press("Shift+Tab");
  await expect(editor("name", "Second Row")).toBeFocused();
  await page.keyboard.type("never kept");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Second Row" })).toBeFocused();
  await page.keyboard.press("F2");
  await page.keyboard.type("Secondo Row");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Secondo Row" })).toBeFocused();
  await expect(page.locator("tbody [aria-busy=true]")).toHaveCount(0);

  await page.reload();
  for (const text of ["Primo Row", "Akko", "fair", "family", "Secondo Row", "Haifa"])
    await expect(page.getByRole("table").getByText(text, { exact: true })).toBeVisible();
});

test("a cell that somebody else changed meanwhile shows both values; another field is no conflict; an empty name is refused", async ({
  page,
  workspace,
  signIn,
  expectedErrors,
}) => {
  expectedErrors.push("ERR_FAILED");
  const osc = await makeMember(workspace);
  const colleague = await makeMember(workspace, { name: "Otto Osc" });
  const [id = ""] = await takeIn(workspace, osc.memberId, [{ persons: [{ name: "Ada Ames" }], place: "Haifa" }]);
  await signIn(osc);
  await page.setViewportSize({ width: 1440, height: 900 });
  // Nothing live: this screen is behind on purpose.
  await page.route("**/api/w/*/events**", (route) => route.abort());
  await page.goto(`/w/${workspace.slug}/customers`);
  const other = await systemContext(workspace.id, { memberId: colleague.memberId, roles: ["osc"] });
  await inWorkspace(workspace.id, () => updateCustomer(other, { id, version: 1, place: "Jaffa" }));

  await page.keyboard.press("j");
  await page.keyboard.press("F2");
  await page.keyboard.type("Ada Amos");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Ada Amos" })).toBeVisible();
  await expect(page.locator("tbody [aria-busy=true]")).toHaveCount(0);

  // What stands elsewhere in the row came with the answer.
  await expect(page.getByRole("button", { name: "Jaffa" })).toBeVisible();

  await inWorkspace(workspace.id, () => updateCustomer(other, { id, version: 3, place: "Yafo" }));
  await page.getByRole("button", { name: "Jaffa" }).click();
  await page.keyboard.type("Akko");
  await page.keyboard.press("Enter");
  const conflict = page.getByRole("alert").filter({ hasText: "Now it says" });
  await expect(conflict).toContainText("Yafo");
  await expect(conflict).toContainText("Akko");
  await conflict.getByRole("button", { name: "Take mine" }).click();
  await expect(page.getByRole("button", { name: "Akko" })).toBeVisible();

  await page.getByRole("link", { name: "Ada Amos" }).focus();
  await page.keyboard.press("F2");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "name of Ada Amos" })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("textbox", { name: "name of Ada Amos" }).press("Escape");
  await expect(page.getByRole("link", { name: "Ada Amos" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Akko" })).toBeVisible();
});

test("a long word of the other direction is cut at its end and begins at the row's edge", async ({
  page,
  context,
  workspace,
  signIn,
  baseURL,
}) => {
  const osc = await makeMember(workspace);
  const origin = "organic search from a partner's page about kitchens";
  await takeIn(workspace, osc.memberId, [{ persons: [{ name: "Dana Levi" }], origin }]);
  await context.addCookies([{ name: "locale", value: "he", url: baseURL ?? "" }]);
  await signIn(osc);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/w/${workspace.slug}/customers`);
  const cell = page.getByText(origin);
  const { first, last, box } = await cell.evaluate((element) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() as Text;
    const at = (from: number) => {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, from + 1);
      return range.getBoundingClientRect();
    };
    return { first: at(0), last: at(text.length - 1), box: element.getBoundingClientRect() };
  });
  expect(last.right, "too long for its cell").toBeGreaterThan(box.right);
  expect(first.left).toBeGreaterThanOrEqual(box.left - 0.5);
});
