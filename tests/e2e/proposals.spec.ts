import { inWorkspace } from "@/lib/db";
import { presentProposal } from "@/lib/proposals/commands";
import { makeMember, makeWorkspace } from "../support/factories";
import { offer, offerOf, openShop } from "../support/offered";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

test("a second seller sees what was offered, is stopped at presenting, and the manager decides", async ({
  page,
  signIn,
}) => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const max = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const now = new Date();
  const keeper = await contextOf(workspace, workspace.owner, now, ["owner", "admin", "manager"]);
  const { customerId } = await makeCustomer(await contextOf(workspace, dana, now), dana, { name: "Greta Winter" });
  const shop = await openShop(keeper);
  const validTo = new Date(now.getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
  const first = await offer(keeper, offerOf(shop, customerId, 0, { validTo, need: "Lot 42" }));
  await inWorkspace(workspace.id, () => presentProposal(keeper, first));
  await signIn(max);

  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  const card = page.getByRole("region", { name: "In the customer's hand" });
  await expect(card).toContainText("Lot 42");
  await card.getByRole("link", { name: "Draft a proposal" }).click();
  await expect(page.getByRole("region", { name: "Before you draft" })).toContainText("Olive Owner offered");
  await page.getByLabel("What they need").fill("lot 42");
  await page.getByLabel("Discount in %").fill("10");
  await page.getByRole("button", { name: "Draft it" }).click();
  await page.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByRole("region", { name: "Where offers disagree" })).toContainText("Olive Owner offered");
  await page.getByRole("button", { name: "Make this the offer of record" }).click();
  await page.getByRole("button", { name: "Present to the customer" }).click();
  await page.getByRole("button", { name: "Customer said yes" }).click();
  await expect(page.getByText("This is the offer that binds every seller.")).toBeVisible();
  await page.goto(`/w/${workspace.slug}/proposals?show=all`);
  await expect(page.getByRole("listitem").filter({ hasText: "Superseded" })).toContainText("Greta Winter");
});
