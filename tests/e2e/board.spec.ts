import { inWorkspace } from "@/lib/db";
import { moveJourney } from "@/lib/journeys/commands";
import { makeMember, type TestMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer, stageIdOf } from "../support/story";

async function makeOsc(workspace: TestWorkspace): Promise<TestMember> {
  return makeMember(workspace, { name: "Dana Whitlock" });
}

test("an OSC drags a customer to the next stage and finds her there after a reload", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeOsc(workspace);
  await makeCustomer(await contextOf(workspace, osc, new Date()), osc, { name: "Hannah Weiss" });
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/board`);
  const board = page.getByRole("region", { name: "Board" });
  const target = page.getByRole("region", { name: "Qualified", exact: true });
  await expect(page.getByRole("region", { name: "New lead" })).toContainText("Hannah Weiss");

  await page.locator("li", { hasText: "Hannah Weiss" }).dragTo(target);

  await expect(target).toContainText("Hannah Weiss");
  await expect(board).toHaveAttribute("aria-busy", "false");
  await page.reload();
  await expect(page.getByRole("region", { name: "Qualified", exact: true })).toContainText("Hannah Weiss");
});

test("an OSC moves a customer by keys alone, and is asked for what the stage requires", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeOsc(workspace);
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc, { name: "Ivo Brandt" });
  const toStageId = await stageIdOf(ctx, "qualified");
  await inWorkspace(workspace.id, () => moveJourney(ctx, { customerId, toStageId }));
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/board`);
  await expect(page.getByRole("link", { name: "Ivo Brandt" })).toBeVisible();

  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Ivo Brandt" })).toBeFocused();
  await page.keyboard.press("m");
  const dialog = page.getByRole("dialog", { name: "Move Ivo Brandt" });
  await expect(dialog.getByRole("button", { name: "Appointment" })).toBeFocused();
  await page.keyboard.press("Enter");
  await dialog.getByLabel("price range").focus();
  await page.keyboard.type("400 to 500");
  await page.keyboard.press("Tab");
  await page.keyboard.type("in spring");
  await page.keyboard.press("Enter");

  const target = page.getByRole("region", { name: "Appointment" });
  await expect(target).toContainText("Ivo Brandt");
  await expect(page.getByRole("region", { name: "Board" })).toHaveAttribute("aria-busy", "false");
  await page.reload();
  await expect(page.getByRole("region", { name: "Appointment" })).toContainText("Ivo Brandt");
});

test.describe("without live updates", () => {
  test.use({ expectedErrors: ["ERR_FAILED"] });

  test("a move that the server refuses is put back and says why", async ({ page, workspace, signIn }) => {
    const osc = await makeOsc(workspace);
    const ctx = await contextOf(workspace, osc, new Date());
    const { customerId } = await makeCustomer(ctx, osc, { name: "Noor Siddiqui" });
    await signIn(osc);
    await page.route("**/events?**", (route) => route.abort());
    await page.goto(`/w/${workspace.slug}/board`);
    await expect(page.getByRole("link", { name: "Noor Siddiqui" })).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("m");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("button", { name: "Qualified" })).toBeVisible();
    const toStageId = await stageIdOf(ctx, "appointment");
    await inWorkspace(workspace.id, () => moveJourney({ ...ctx, now: new Date() }, { customerId, toStageId }));

    await dialog.getByRole("button", { name: "Qualified" }).click();

    await expect(page.getByText(/Noor Siddiqui was put back\./)).toBeVisible();
    await expect(page.getByRole("region", { name: "Appointment" })).toContainText("Noor Siddiqui");
  });
});

test.describe("another workspace", () => {
  test.use({ expectedErrors: ["404"] });

  test("a colleague from another workspace gets a 404 that carries none of our customers", async ({
    page,
    workspace,
    otherWorkspace,
    signIn,
  }) => {
    const osc = await makeOsc(workspace);
    const theirs = await makeMember(otherWorkspace, { name: "Omar Other" });
    await makeCustomer(await contextOf(otherWorkspace, theirs, new Date()), theirs, { name: "Secret Merger" });
    await signIn(osc);

    const response = await page.goto(`/w/${otherWorkspace.slug}/board`);

    expect(response?.status()).toBe(404);
    expect(await page.content()).not.toContain("Secret Merger");
  });
});

test("every number of the overview opens the customers it counts", async ({ page, workspace, signIn }) => {
  const osc = await makeOsc(workspace);
  const twoDaysAgo = new Date(Date.now() - 7 * 86_400_000);
  await makeCustomer(await contextOf(workspace, osc, twoDaysAgo), osc, { name: "Carla Mendes" });
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/overview`);

  await page.getByRole("button", { name: "Everybody: leads not answered in time: 1" }).click();

  await expect(page.getByRole("dialog")).toContainText("Carla Mendes");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "New lead with OSC: 1" }).click();
  await expect(page).toHaveURL(/\/customers\?stage=/);
  await expect(page.getByRole("main")).toContainText("Carla Mendes");
});
