import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { sendRelay } from "@/lib/relays/commands";
import { SendRelay } from "@/lib/relays/schema";
import { makeMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

async function spokeIdOf(workspace: TestWorkspace, key: string): Promise<string> {
  const ctx = await systemContext(workspace.id);
  const where = { workspaceId: workspace.id, key };
  return (await inWorkspace(workspace.id, () => ctx.db.spoke.findFirstOrThrow({ where }))).id;
}

test("the OSC asks design, design answers in a second browser, and the answer appears on the wheel", async ({
  page,
  workspace,
  signIn,
  openAs,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const designer = await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc);
  await signIn(osc);
  const theirs = await openAs(designer);
  await theirs.goto(`/w/${workspace.slug}/inbox`);
  await expect(theirs.getByText("Design owes nothing right now.").first()).toBeVisible();

  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await expect(page.getByRole("heading", { name: "Maya Halloran" })).toBeVisible();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Ask a department" });
  await dialog.getByLabel("Department").selectOption({ label: "Design" });
  await dialog.getByLabel("What do you need to know?").fill("Can the island outlet still move?");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();

  await expect(theirs.getByText("Can the island outlet still move?")).toBeVisible();
  await expect(theirs.getByText("Design owes one thing.")).toBeVisible();
  await theirs.keyboard.press("a");
  await theirs.keyboard.type("Yes, until Friday.");
  await theirs.keyboard.press("Control+Enter");
  await expect(theirs.getByText("Design owes nothing right now.").first()).toBeVisible();

  await expect(page.getByText("Yes, until Friday.")).toBeVisible();
});

test("a department walks its inbox by keyboard and opens a customer; a stranger's inbox stays closed", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const designer = await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
  const ctx = await contextOf(workspace, osc, new Date());
  const toSpokeId = await spokeIdOf(workspace, "design");
  const names = ["Ada Abara", "Bo Jensen", "Chris Okonkwo"];
  for (const [index, name] of names.entries()) {
    const { customerId } = await makeCustomer(ctx, osc, { name });
    const needBy = new Date(Date.now() + (index + 1) * 3_600_000).toISOString();
    const input = SendRelay.parse({ customerId, toSpokeId, question: `Question ${index + 1}`, needBy });
    await inWorkspace(workspace.id, () => sendRelay(ctx, input));
  }
  await signIn(designer);
  await page.goto(`/w/${workspace.slug}/inbox`);
  const rows = page.getByRole("list", { name: "What Design owes" }).getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toHaveAttribute("aria-current", "true");
  await rows.nth(1).getByRole("button", { name: "I am on it" }).click();
  await expect(rows.nth(1)).toContainText("somebody is on it");
  await expect(page.getByLabel("Department")).toHaveCount(0);

  await page.getByLabel("Mine").check();
  await expect(page).toHaveURL(/mine=1/);
  await expect(rows).toHaveCount(3);
  await page.getByRole("heading", { name: "Inbox" }).click();
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /Abara|Jensen|Okonkwo/ }).first()).toBeVisible();

  const answer = await page.request.get(`/api/w/${workspace.slug}/inbox?spoke=sales`);
  expect(answer.status()).toBe(404);
});

test("the OSC looks into any department's inbox and gives a promise another date", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc);
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await page.getByRole("button", { name: "More" }).first().click();
  await page
    .getByRole("button", { name: /promise/i })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What we promised").fill("The HOA rules");
  await dialog.getByLabel("Who keeps it").selectOption({ label: "Noa Feldman" });
  await dialog.getByRole("button", { name: "Promise" }).click();
  await expect(dialog).toBeHidden();

  await page.goto(`/w/${workspace.slug}/inbox`);
  await page.getByLabel("Department").selectOption({ label: "Design" });
  await expect(page).toHaveURL(/spoke=design/);
  const row = page.getByRole("listitem").filter({ hasText: "The HOA rules" });
  await expect(row).toContainText("for Noa Feldman");
  await row.getByRole("button", { name: "Kept", exact: true }).click();
  await expect(row).toHaveCount(0);
});
