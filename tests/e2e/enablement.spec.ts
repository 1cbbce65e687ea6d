import { inWorkspace } from "@/lib/db";
import { furnishEnablement } from "../support/enabled";
import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf } from "../support/story";

test("a manager gives a training, its person does it, both write notes that no other manager sees, and a week is decided", async ({
  page,
  workspace,
  signIn,
  openAs,
}) => {
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const mara = await makeMember(workspace, { name: "Mara Levi" });
  const manager = await contextOf(workspace, workspace.owner, new Date(), ["owner", "admin", "manager"]);
  await inWorkspace(workspace.id, () => furnishEnablement(manager, dana.memberId));
  const place = `/w/${workspace.slug}/experience/enablement`;

  await signIn(workspace.owner);
  await page.goto(place);
  await expect(page.getByText("No ranking yet: n too small.")).toBeVisible();
  await page.getByRole("button", { name: "Assign Reply within a minute" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Mara Levi").check();
  await dialog.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("region", { name: "Who was given what" }).getByText("Mara Levi")).toBeVisible();

  const hers = await openAs(mara);
  await hers.goto(place);
  await hers.getByText("Notes between you two").click();
  await hers.getByLabel("Note").fill("May I listen to one of yours first?");
  await hers.getByRole("button", { name: "Write" }).click();
  await expect(hers.getByText("May I listen to one of yours first?")).toBeVisible();
  await hers.getByRole("button", { name: "Done: Reply within a minute, Mara Levi" }).click();
  await expect(hers.getByText("done", { exact: true })).toBeVisible();

  const other = await openAs(await makeMember(workspace, { name: "Max Manager", roles: ["manager"] }));
  await other.goto(place);
  await expect(other.getByRole("button", { name: "I saw it: Reply within a minute, Mara Levi" })).toBeVisible();
  expect(await other.content()).not.toContain("May I listen");

  await hers.goto(`/w/${workspace.slug}/home`);
  await hers.getByRole("link", { name: "1 item in the weekly digest" }).click();
  await hers.getByRole("button", { name: /^Read: / }).click();
  await expect(hers.getByText("Read by Mara Levi")).toBeVisible();
});
