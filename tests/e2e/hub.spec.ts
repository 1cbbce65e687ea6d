import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { customerLink } from "@/lib/links/commands";
import { makeMember } from "../support/factories";
import { takeIn } from "../support/hubs";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

/** The smallest picture there is: one pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

test("what a customer allows and refuses is written down on her wheel", async ({ page, workspace, signIn }) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc);
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await page.getByRole("button", { name: "More" }).first().click();
  await page.getByRole("button", { name: "What they allow us" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("not asked")).toHaveCount(3);
  await dialog.getByRole("button", { name: "Maya Halloran allows: Call" }).click();
  await expect(dialog.getByText("allowed", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Maya Halloran refuses: Text" }).click();
  await expect(dialog.getByText("withdrawn")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Maya Halloran refuses: Text" })).toHaveCount(0);
});

test("an OSC shows her face to her customers; a wrong file is answered at its field", async ({
  page,
  workspace,
  signIn,
  expectedErrors,
}) => {
  expectedErrors.push("400", "422");
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc);
  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/settings/profile`);
  const field = page.getByLabel("Your photo");
  await field.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") });
  await expect(page.getByText("This is no PNG, JPEG or WebP picture.")).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.alloc(1_100_000, pixel) });
  await expect(page.getByText("This photo is larger than 1 MB.")).toBeVisible();
  await field.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: pixel });
  await expect(page.getByRole("img", { name: "Photo of Dana Whitlock" })).toBeVisible();

  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  const href = await page.locator('svg image[href*="/photo"]').first().getAttribute("href");
  const shown = await page.request.get(href ?? "");
  expect([shown.status(), shown.headers()["content-type"]]).toEqual([200, "image/png"]);

  const { address } = await inWorkspace(workspace.id, () => customerLink(ctx, { customerId }));
  await page.goto(new URL(address).pathname);
  await expect(page.locator('svg image[href*="/photo"]')).toHaveCount(1);

  await page.goto(`/w/${workspace.slug}/settings/profile`);
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("img", { name: "Photo of Dana Whitlock" })).toHaveCount(0);
});

test("what was done is undone by the keys that undo everywhere", async ({ page, workspace, signIn }) => {
  const ctx = await systemContext(workspace.id, { memberId: workspace.owner.memberId });
  for (const person of ["Jonas Weber", "Jonas B. Weber"]) {
    await takeIn(ctx, { persons: [{ name: person, phones: ["+12125552368"], emails: [] }], duplicates: "create" });
  }
  await signIn(workspace.owner);
  for (const keys of ["Control+z", "z"]) {
    await page.goto(`/w/${workspace.slug}/customers/duplicates`);
    await page.getByRole("button", { name: "Merge" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Merge", exact: true }).click();
    await expect(page.getByText(/Merged into/)).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press(keys);
    await expect(page.getByText("The merge was undone.")).toBeVisible();
  }
});

test("the Wheel is printed light, whole and without what only a screen needs", async ({ page, workspace, signIn }) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc);
  await signIn(osc);
  const url = process.env.WHEELHOUSE_ORIGIN ?? "";
  await page.context().addCookies([{ name: "theme", value: "dark", url }]);
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 690, height: 1000 });
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(page.getByRole("button", { name: "Move on" })).toBeHidden();
  const wheel = page.getByRole("group", { name: /has the baton/ });
  await expect(wheel).toBeVisible();
  expect((await wheel.boundingBox())?.width).toBeGreaterThan(500);
  const [paper, fits] = await page.evaluate(() => [
    getComputedStyle(document.documentElement).colorScheme,
    document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  ]);
  expect([paper, fits]).toEqual(["light", true]);
});

test("in the system's own colours what only a shade would mark can still be seen", async ({
  page,
  workspace,
  signIn,
}) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const { customerId } = await makeCustomer(await contextOf(workspace, osc, new Date()), osc);
  await signIn(osc);
  await page.emulateMedia({ forcedColors: "active" });
  const canvas = () =>
    page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "Canvas";
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    });
  await page.goto(`/w/${workspace.slug}/customers`);
  await expect(page.getByRole("table", { name: "Customers" })).toBeVisible();
  await page.keyboard.press("j");
  const row = page.locator("tr[data-selected]");
  await expect(row).toHaveCSS("outline-style", "solid");
  await expect(row).not.toHaveCSS("outline-color", await canvas());
  for (const mark of await row.locator("svg").first().locator("path").all())
    expect(await mark.evaluate((path) => getComputedStyle(path).stroke)).not.toBe(await canvas());
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  const wheel = page.getByRole("group", { name: /has the baton/ });
  await expect(wheel).toBeVisible();
  await expect(wheel.locator("[class*=stroke-accent]").first()).not.toHaveCSS("stroke", await canvas());
});
