import { systemContext } from "@/lib/auth/context";
import { makeMember, makeWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { makeRun, tellLeak } from "../support/passed";

test("a manager puts everybody behind a leak back on track, counted first, and takes it back", async ({
  page,
  signIn,
}) => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const max = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  const worker = await systemContext(workspace.id);
  await tellLeak(worker, dana.memberId);
  await makeRun(worker, "leaks");
  await signIn(max);

  await page.goto(`/w/${workspace.slug}/leaks`);
  await page.getByRole("link", { name: /New lead.?, from .?fair/ }).click();
  await page.getByRole("button", { name: "Put them back on track" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why?").fill("Called too late after the fair");
  await dialog.getByRole("button", { name: "Count first" }).click();
  await expect(dialog.getByText("The recovery play would begin for 30 customers.")).toBeVisible();
  await dialog.getByRole("button", { name: "Put 30 customers back on track" }).click();
  const strip = page.getByRole("region", { name: "Putting back on track" });
  await expect(strip.getByText("The recovery play began for 30 customers.")).toBeVisible();

  await page.reload();
  await expect(page.getByText("is not lost any more")).toHaveCount(30);
  await strip.getByRole("button", { name: "Undo" }).click();
  await expect(strip.getByText("30 customers are as before.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("is not lost any more")).toHaveCount(0);
});
