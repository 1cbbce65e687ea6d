import { systemContext } from "@/lib/auth/context";
import { createCustomer } from "@/lib/customers/create";
import { CreateCustomer } from "@/lib/customers/schema";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { makeMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";

async function takeInMany(workspace: TestWorkspace, oscId: string, count: number): Promise<void> {
  const ctx = await systemContext(workspace.id, { memberId: workspace.owner.memberId });
  for (let each = 1; each <= count; each++) {
    const persons = [{ name: `Person ${String(each).padStart(2, "0")}` }];
    await inWorkspace(workspace.id, () => createCustomer(ctx, CreateCustomer.parse({ persons, duplicates: "create" })));
  }
  await databaseTransaction(workspace.id, (db) =>
    db.journey.updateMany({ where: { workspaceId: workspace.id }, data: { oscId } }),
  );
}

const oscsOf = async (workspace: TestWorkspace): Promise<Record<string, number>> => {
  const rows = await databaseTransaction(workspace.id, (db) =>
    db.journey.groupBy({ by: ["oscId"], where: { workspaceId: workspace.id }, _count: { _all: true } }),
  );
  return Object.fromEntries(rows.map(({ oscId, _count }) => [oscId, _count._all]));
};

test("a manager moves everybody who matches to another OSC, finds the run after a reload, and takes it back", async ({
  page,
  workspace,
  signIn,
}) => {
  const olga = await makeMember(workspace, { name: "Olga Osc" });
  const nina = await makeMember(workspace, { name: "Nina Next" });
  await takeInMany(workspace, olga.memberId, 60);
  await signIn(await makeMember(workspace, { name: "Max Manager", roles: ["manager"] }));
  await page.goto(`/w/${workspace.slug}/customers`);

  await page.getByRole("checkbox", { name: "Choose everybody shown" }).check();
  await expect(page.getByText("50 chosen")).toBeVisible();
  await page.getByRole("button", { name: "Choose all 60" }).click();
  await expect(page.getByText("60 chosen")).toBeVisible();
  await page.getByRole("checkbox", { name: "Choose Person 60" }).uncheck();
  await expect(page.getByText("59 chosen")).toBeVisible();
  await page.getByRole("button", { name: "Change OSC" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("OSC").selectOption("Nina Next");
  await dialog.getByLabel("Why?").fill("Olga is away");
  await dialog.getByRole("button", { name: "Count first" }).click();
  await expect(dialog.getByText("59 customers move to Nina Next.")).toBeVisible();
  expect(await oscsOf(workspace)).toEqual({ [olga.memberId]: 60 });
  await dialog.getByRole("button", { name: "Move 59 customers" }).click();

  await page.reload();
  await expect(page.getByText("59 customers moved to Nina Next.")).toBeVisible();
  expect(await oscsOf(workspace)).toEqual({ [olga.memberId]: 1, [nina.memberId]: 59 });
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Control+z");
    await expect(page.getByText("59 customers have their old OSC again.")).toBeVisible({ timeout: 5_000 });
  }).toPass();
  expect(await oscsOf(workspace)).toEqual({ [olga.memberId]: 60 });
});

test("rows are chosen by keyboard, one and a range, and let go with Escape; an OSC asks", async ({
  page,
  workspace,
  signIn,
}) => {
  const olga = await makeMember(workspace, { name: "Olga Osc" });
  await makeMember(workspace, { name: "Nina Next" });
  await takeInMany(workspace, olga.memberId, 5);
  await signIn(olga);
  await page.goto(`/w/${workspace.slug}/customers`);
  await expect(page.getByRole("table", { name: "Customers" })).toBeVisible();

  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("1 chosen")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(page.getByText("3 chosen")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/chosen/)).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Choose Person 05" }).check();
  await page.getByRole("checkbox", { name: "Choose Person 02" }).click({ modifiers: ["Shift"] });
  await expect(page.getByText("4 chosen")).toBeVisible();
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("OSC").selectOption("Nina Next");
  await dialog.getByLabel("Why?").fill("Speaks Hebrew");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Ask for 4 customers" }).click();
  await expect(page.getByText("Managers were asked for Nina Next for 4 customers.")).toBeVisible();
  expect(await oscsOf(workspace)).toEqual({ [olga.memberId]: 5 });
});
