import { inWorkspace } from "@/lib/db";
import { presentProposal } from "@/lib/proposals/commands";
import { makeMember, makeWorkspace } from "../support/factories";
import { offer, offerOf, openShop } from "../support/offered";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

test("an owner sets the matrix, a manager's conflict is let stand with a reason, and a team gets its coordinator", async ({
  page,
  signIn,
}) => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const max = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const now = new Date();
  const keeper = await contextOf(workspace, workspace.owner, now, ["owner", "admin", "manager"]);
  const boss = await contextOf(workspace, max, now, ["manager"]);
  const { customerId } = await makeCustomer(await contextOf(workspace, dana, now), dana, { name: "Greta Winter" });
  const shop = await openShop(keeper);
  const validTo = new Date(now.getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
  const first = await offer(boss, offerOf(shop, customerId, 0, { validTo }));
  await inWorkspace(workspace.id, () => presentProposal(boss, first));
  const second = await offer(keeper, offerOf(shop, customerId, 1_500, { validTo }));

  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/settings/prices`);
  const policy = page.getByRole("region", { name: "Approval matrix" });
  await expect(policy.first()).toContainText("The usual matrix holds");
  await policy.getByText("Set the matrix").first().click();
  await page.getByLabel("Margin floor %").fill("25");
  await page.getByRole("button", { name: "Set the matrix" }).click();
  await expect(policy.first()).toContainText("Version 1, from");
  await page.getByLabel("Name", { exact: true }).fill("Crane");
  await page.getByLabel("Family").fill("tools");
  await page.getByRole("button", { name: "Add a product" }).click();
  await expect(page.getByRole("button", { name: "Change Crane" })).toBeVisible();

  await signIn(max);
  await page.goto(`/w/${workspace.slug}/proposals/${second.id}`);
  await page.getByRole("button", { name: "Let both stand beside the offer of Max Manager" }).click();
  await page.getByLabel("Why both may stand").fill("Two phases of one lot.");
  await page.getByRole("button", { name: "Let both stand" }).click();
  await expect(page.getByRole("region", { name: "Where offers disagree" })).toContainText("let stand");

  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  const card = page.getByRole("region", { name: "In the customer's hand" });
  await card.getByRole("button", { name: "Name a selling team" }).click();
  await page.getByRole("dialog").getByLabel("Max Manager").check();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText(/Sold by .?Max Manager.?, who coordinates/);
});
