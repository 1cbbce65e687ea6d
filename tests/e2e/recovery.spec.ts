import { makeMember, makeWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";
import { contactWith, say } from "../support/voices";

test("a bad contact waits on Home until its customer was told, and its cause is written down", async ({
  page,
  signIn,
}) => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const ctx = await contextOf(workspace, dana, new Date());
  const { customerId } = await makeCustomer(ctx, dana, { name: "Greta Winter" });
  const call = await contactWith(ctx, { customerId, agentId: dana.memberId });
  await say({ ...ctx, roles: ["manager"] }, call, { outcome: 1, comment: "Nobody called back about the price." });
  await signIn(dana);

  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await expect(page.getByRole("region", { name: "To put right" })).toContainText("Call and apologise");
  await page.goto(`/w/${workspace.slug}/home`);
  await page.getByRole("region", { name: "To put right" }).getByRole("link", { name: "Greta Winter" }).click();
  const found = page.getByRole("region", { name: "Greta Winter" });
  await expect(found).toContainText("It closes once the customer was told.");
  await found.getByRole("button", { name: "Call and apologise: done" }).click();
  await found.getByRole("button", { name: "Put it right: done" }).click();
  const told = found.getByRole("button", { name: "Customer told: done" });
  await expect(told).toBeDisabled();
  await found.getByLabel("What the customer was told").fill("The price stands as it was said on the phone.");
  await told.click();
  await found.getByLabel("Why it had happened").selectOption("Price clarity");
  await found.getByLabel("What came of it").fill("She signs on Monday.");
  await found.getByRole("button", { name: "Close, recovered" }).click();
  await expect(found).toContainText("Price clarity: She signs on Monday.");
  await page.goto(`/w/${workspace.slug}/home`);
  await expect(page.getByRole("region", { name: "To put right" })).toHaveCount(0);
});
