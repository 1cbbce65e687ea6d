import { readFile } from "node:fs/promises";
import { systemContext } from "@/lib/auth/context";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer } from "@/lib/customers/schema";
import { inWorkspace } from "@/lib/db";
import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";

test("a manager asks for a file of the list, an admin approves it, and only the manager fetches it", async ({
  page,
  workspace,
  signIn,
  openAs,
}) => {
  const ctx = await systemContext(workspace.id, { memberId: workspace.owner.memberId });
  for (const place of ["Haifa", "Berlin"]) {
    const persons = [{ name: `=Somebody of ${place}` }];
    await inWorkspace(workspace.id, () =>
      createCustomer(ctx, CreateCustomer.parse({ persons, place, duplicates: "create" })),
    );
  }
  await signIn(await makeMember(workspace, { name: "Max Manager", roles: ["manager"] }));
  await page.goto(`/w/${workspace.slug}/customers?q=somebody+of+haifa`);
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What is it for?").fill("Yearly review");
  await dialog.getByRole("button", { name: "Ask for the file" }).click();
  await expect(page.getByText("Your file of 1 customer waits for an admin.")).toBeVisible();

  const owner = await openAs(workspace.owner);
  await owner.goto(`/w/${workspace.slug}/customers`);
  await expect(owner.getByText("Max Manager asks for a file of 1 customer: Yearly review")).toBeVisible();
  await owner.getByRole("button", { name: "Approve" }).click();
  await expect(owner.getByText("Max Manager asks for a file")).toHaveCount(0);

  const fetching = page.waitForEvent("download");
  await page.getByRole("link", { name: "Fetch the file" }).click();
  const file = await fetching;
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("'=Somebody of Haifa,Haifa");
  expect(text).not.toContain("Berlin");
  const address = new URL(file.url()).pathname;
  expect((await owner.request.get(address)).status()).toBe(404);
});
