import { makeMember, makeWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer, workerContext } from "../support/story";
import { inviteTo } from "../support/voices";

test("a customer takes her answer back by her link, and a manager another one for her", async ({ page, signIn }) => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const manager = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const ctx = await contextOf(workspace, dana, new Date());
  const { customerId } = await makeCustomer(ctx, dana, { name: "Greta Winter" });
  const worker = await workerContext(workspace, new Date());
  const answer = async () => {
    await page.goto(`/c/survey/${await inviteTo(worker, customerId)}`);
    await page.getByRole("radio", { name: "Much better" }).check();
    await page.getByRole("radio", { name: "5" }).check();
    await page.getByRole("textbox").fill("The price was clear.");
    await page.getByRole("button", { name: "Send my answer" }).click();
    await expect(page.getByRole("status")).toContainText("Thank you.");
  };
  await answer();
  await page.getByRole("button", { name: "Take my answer back" }).click();
  await expect(page.getByRole("status")).toContainText("Your answer is taken back.");
  await expect(page.getByRole("button", { name: "Take my answer back" })).toHaveCount(0);
  await answer();

  await signIn(manager);
  await page.goto(`/w/${workspace.slug}/experience/rows?weeks=0`);
  await expect(page.getByText("The price was clear.")).toHaveCount(1);
  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByLabel("How the customer asked for it").fill("By telephone");
  await page.getByRole("button", { name: "Delete the answer" }).click();
  await expect(page.getByText("The price was clear.")).toHaveCount(0);

  await page.getByRole("link", { name: "All answers" }).click();
  await expect(page.getByText("No customer has answered yet.")).toBeVisible();

  await page.goto(`/w/${workspace.slug}/leaks/recovery`);
  await page.getByLabel("Share without a play, %").fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("10 % of light cases get no play.")).toBeVisible();
});
