import { systemContext } from "@/lib/auth/context";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer, type CreateCustomerInput } from "@/lib/customers/schema";
import { inWorkspace } from "@/lib/db";
import { makeMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";

async function takeIn(workspace: TestWorkspace, memberId: string, inputs: CreateCustomerInput[]): Promise<void> {
  const ctx = await systemContext(workspace.id, { memberId });
  for (const input of inputs)
    await inWorkspace(workspace.id, () =>
      createCustomer(ctx, CreateCustomer.parse({ duplicates: "create", ...input })),
    );
}

test("nested conditions narrow the list, read as words, survive a reload and a view, and go one by one", async ({
  page,
  workspace,
  signIn,
  openAs,
}) => {
  const osc = await makeMember(workspace);
  const colleague = await makeMember(workspace, { name: "Otto Osc" });
  await takeIn(workspace, osc.memberId, [
    { persons: [{ name: "Ada Aachen" }], place: "Aachen" },
    { persons: [{ name: "Ben Berlin" }], place: "Berlin" },
    { persons: [{ name: "Cleo Nowhere" }] },
  ]);
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/customers`);
  const named = (name: string) => page.getByRole("link", { name });
  await page.getByRole("button", { name: "Conditions", exact: true }).click();
  const form = page.getByRole("form", { name: "Conditions" });
  await form.getByLabel("Question").selectOption("in the last …");
  await form.getByRole("button", { name: "Add a group" }).click();
  const group = form.getByRole("group", { name: "Group at level 2" });
  await group.getByLabel("Field").selectOption("Place");
  await group.getByLabel("Words").fill("aach");
  await group.getByRole("button", { name: "Add a condition" }).click();
  await group.getByLabel("Field").nth(1).selectOption("Place");
  await group.getByLabel("Question").nth(1).selectOption("is empty");
  await form.getByRole("button", { name: "Apply" }).click();

  await expect(page.getByText("Last activity in the last 3 days")).toBeVisible();
  await expect(page.getByText("(Place contains “aach” or Place is empty)")).toBeVisible();
  await expect(named("Ben Berlin")).toHaveCount(0);
  await expect(named("Ada Aachen")).toBeVisible();
  await expect(named("Cleo Nowhere")).toBeVisible();
  await page.reload();
  await expect(named("Ada Aachen")).toBeVisible();
  await expect(named("Ben Berlin")).toHaveCount(0);

  await page.getByRole("button", { name: "Save as view" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Aachen or nowhere");
  await dialog.getByLabel("Who sees it").selectOption("workspace");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  const other = await openAs(colleague);
  await other.goto(`/w/${workspace.slug}/customers`);
  await other.getByRole("button", { name: "Aachen or nowhere" }).click();
  await expect(other.getByRole("link", { name: "Ben Berlin" })).toHaveCount(0);
  await expect(other.getByRole("link", { name: "Cleo Nowhere" })).toBeVisible();

  await page.getByRole("button", { name: "Remove: (Place contains “aach” or Place is empty)" }).click();
  await expect(named("Ben Berlin")).toBeVisible();
  await page.getByRole("button", { name: "Remove: Last activity in the last 3 days" }).click();
  await expect(page).not.toHaveURL(/filter=/);
});
