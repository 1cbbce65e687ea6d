import { inWorkspace } from "@/lib/db";
import { sendRelay } from "@/lib/relays/commands";
import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

test("a manager goes from a number of the morning to the customer, and to who she was kept waiting by", async ({
  page,
  signIn,
  workspace,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const manager = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const yesterday = await contextOf(workspace, osc, new Date(Date.now() - 86_400_000));
  const { customerId } = await makeCustomer(yesterday, osc, { name: "Greta Winter" });
  await inWorkspace(workspace.id, async () => {
    const { id: toSpokeId } = await yesterday.db.spoke.findFirstOrThrow({
      where: { workspaceId: workspace.id, key: "design" },
    });
    await sendRelay(yesterday, { customerId, toSpokeId, question: "Which roof?" });
  });
  await signIn(manager);
  await page.goto(`/w/${workspace.slug}/home`);
  await page.getByRole("navigation").getByRole("link", { name: "Morning" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Morning");
  await page.getByRole("link", { name: "New leads yesterday: 1" }).click();
  const behind = page.getByRole("region", { name: "New leads yesterday: 1" });
  await behind.getByRole("link", { name: "Greta Winter" }).click();
  await page.getByRole("link", { name: "Where the time went" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Greta Winter");
  await expect(page.getByText("The customer waited for an answer from OSC")).toBeVisible();

  await page.goto(`/w/${workspace.slug}/waiting`);
  await page.getByLabel("Came in within").selectOption("30");
  await page.getByRole("button", { name: "Show" }).click();
  const whom = page.getByRole("table").nth(1);
  await whom.getByRole("link", { name: "1", exact: true }).first().click();
  await expect(page.getByRole("region", { name: /Waited for: / })).toContainText("Greta Winter");
});
