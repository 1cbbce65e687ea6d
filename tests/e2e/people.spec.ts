import { databaseTransaction } from "@/lib/db";
import { makeMember } from "../support/factories";
import { collectErrors, expect, test } from "../support/page";
import { linkIn } from "../support/people";

const password = "a quiet harbour at dawn";

test.use({ expectedErrors: ["401", "404"] });

test("an owner invites somebody, who joins, signs out, signs in again, and is parted with", async ({
  page,
  browser,
  baseURL,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/settings`);
  await page.getByRole("link", { name: /^Members/ }).click();
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog");
  const email = `nina.${workspace.slug}@example.test`;
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Name").fill("Nina New");
  await dialog.getByLabel("Department").selectOption({ label: "Sales" });
  await dialog.getByLabel("Sales", { exact: true }).check();
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(`The invitation is on its way to ${email}.`)).toBeVisible();
  await expect(page.getByRole("row", { name: /Nina New/ })).toContainText("link until");

  const context = await browser.newContext({ baseURL });
  const hers = await context.newPage();
  const errors = collectErrors(hers, ["401"]);
  await hers.goto(`/invitation/${await linkIn(workspace.id, "/invitation/")}`);
  await expect(hers.getByRole("heading", { name: `Join ${workspace.name}` })).toBeVisible();
  await hers.getByLabel("Choose a password").fill("short");
  await hers.getByRole("button", { name: "Join" }).click();
  await expect(hers.getByText("At least ten characters.", { exact: true })).toBeVisible();
  await hers.getByLabel("Choose a password").fill(password);
  await hers.getByRole("button", { name: "Join" }).click();
  await expect(hers).toHaveURL(new RegExp(`/w/${workspace.slug}/home`));

  await hers.goto("/sessions");
  await hers.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(hers).toHaveURL(/\/sign-in/);
  await hers.goto(`/w/${workspace.slug}/settings`);
  await hers.getByLabel("E-mail").fill(email);
  await hers.getByLabel("Password").fill("wrong password");
  await hers.getByRole("button", { name: "Sign in" }).click();
  await expect(hers.getByText("E-mail and password do not fit together.")).toBeVisible();
  await expect(hers.getByLabel("E-mail")).toHaveValue(email);
  await hers.getByLabel("Password").fill(password);
  await hers.getByRole("button", { name: "Sign in" }).click();
  await expect(hers).toHaveURL(new RegExp(`/w/${workspace.slug}/settings`));

  await page.reload();
  await page.getByRole("button", { name: "End the membership: Nina New" }).click();
  await dialog.getByRole("button", { name: "End the membership" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("She is the last OSC. Name a successor first.");
  await dialog.getByLabel("Her customers go to").selectOption({ label: "Olive Owner" });
  await dialog.getByRole("button", { name: "End the membership" }).click();
  await expect(page.getByRole("row", { name: /Nina New/ })).toContainText("former member");
  expect((await hers.goto(`/w/${workspace.slug}/home`))?.status()).toBe(404);
  expect(errors.filter((text) => !text.includes("404"))).toEqual([]);
  await context.close();
});

test("a forgotten password is chosen anew by the mailed link, and every session before it ends", async ({
  page,
  workspace,
  openAs,
}) => {
  const member = await makeMember(workspace, { name: "Fay Forgetful" });
  const elsewhere = await openAs(member);
  await elsewhere.goto("/sessions");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot the password?" }).click();
  await expect(page.getByRole("heading", { name: "A new password" })).toBeVisible();
  await page.waitForLoadState("networkidle"); // the page lives: what is typed stays
  await page.getByLabel("E-mail").fill(member.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("status")).toContainText("the link is on its way");
  await expect
    .poll(() => databaseTransaction(workspace.id, (db) => db.mail.count({ where: { workspaceId: workspace.id } })))
    .toBe(1);
  const address = `/reset/${await linkIn(workspace.id, "/reset/")}`;
  await page.goto(address);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/w/${workspace.slug}/home`));
  await elsewhere.goto("/sessions");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await page.goto(address);
  await expect(page.getByText("This link has expired or was used.")).toBeVisible();
});

test("an administrator sets up the workspace, its hours and its departments", async ({ page, workspace, signIn }) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/settings/workspace`);
  await page.getByLabel("First answer within (minutes)").fill("12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("First answer within (minutes)")).toHaveValue("12");

  await page.goto(`/w/${workspace.slug}/settings/calendars`);
  await page.getByLabel("Open on Saturday").first().check();
  await page.getByLabel("Holidays").first().fill("2026-12-25 2027-01-01");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Open on Saturday").first()).toBeChecked();

  await page.goto(`/w/${workspace.slug}/settings/departments`);
  await page.getByLabel("Name: De", { exact: true }).fill("Studio");
  await page.getByRole("button", { name: "Save: Design" }).click();
  await expect(page.getByRole("button", { name: "Save: Studio" })).toBeVisible();
  await page.getByRole("textbox", { name: "New team" }).fill("Harbour");
  await page.getByRole("button", { name: "Add: New team" }).click();
  await expect(page.getByRole("textbox", { name: "Team: Harbour" })).toBeVisible();

  await page.goto(`/w/${workspace.slug}/settings/sign-on`);
  await page.getByLabel("Name on the button").fill("Harbour ID");
  await page.getByLabel("Issuer").fill("http://id.example.test");
  await page.getByLabel("Client ID").fill("wheelhouse");
  await page.getByLabel("Client secret").fill("hush hush");
  await page.getByRole("button", { name: "Add a provider" }).click();
  await expect(page.getByText("An https address without anything behind it.")).toBeVisible();
  await page.getByLabel("Issuer").fill("https://id.example.test");
  await page.getByRole("button", { name: "Add a provider" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "https://id.example.test" })).toContainText(
    "/api/auth/callback/",
  );
  expect(await page.content()).not.toContain("hush hush");
});

test("settings show an OSC her account alone, and their pages are not there for her", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(await makeMember(workspace));
  await page.goto(`/w/${workspace.slug}/settings`);
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: /Your account/ })).toBeVisible();
  await expect(main.getByRole("link", { name: /Members/ })).toHaveCount(0);
  for (const place of ["members", "workspace", "calendars", "departments", "sign-on"])
    expect((await page.request.get(`/w/${workspace.slug}/settings/${place}`)).status()).toBe(404);
  expect((await page.request.get(`/w/${workspace.slug}/mails`)).status()).toBe(404);
});
