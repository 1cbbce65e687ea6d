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
  await expect(page.getByRole("region", { name: "Before you draft" })).toContainText(/Olive Owner.? offered/);
  await page.getByLabel("What they need").fill("lot 42");
  await page.getByLabel("Discount in %").fill("10");
  await page.getByRole("button", { name: "Draft it" }).click();
  await page.getByRole("button", { name: "Change what it offers" }).click();
  await page.getByLabel("Discount in %").fill("12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("$528 · 12% off")).toBeVisible();
  await page.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByRole("region", { name: "Where offers disagree" })).toContainText(/Olive Owner.? offered/);
  await page.getByRole("button", { name: "Make this the offer of record" }).click();
  await page.getByRole("button", { name: "Present to the customer" }).click();
  await page.getByRole("button", { name: "Customer said yes" }).click();
  await expect(page.getByText("This is the offer that binds every seller.")).toBeVisible();
  await page.goto(`/w/${workspace.slug}/proposals?show=all`);
  await expect(page.getByRole("listitem").filter({ hasText: "Superseded" })).toContainText("Greta Winter");
});

test("the customer reads her offer in her language, accepts it under her name, and a second answer changes nothing", async ({
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
  const { id, version } = await offer(keeper, {
    ...offerOf(shop, customerId, 1000, { validTo, need: "Lot 42" }),
    lines: Object.values(shop.products).map((productId, place) => ({
      ...{ productId, quantity: 1, discountBp: 1000, isOptional: place === 2 },
    })),
  });
  await inWorkspace(workspace.id, () => presentProposal(keeper, { id, version }));
  await signIn(max);
  await page.goto(`/w/${workspace.slug}/proposals/${id}`);
  const sheet = await page.request.get(`/api/w/${workspace.slug}/proposals/${id}/pdf`);
  expect([sheet.status(), sheet.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  await page.getByRole("button", { name: "Show the customer's link" }).click();
  const address = await page.getByRole("link", { name: /\/c\/offer\// }).getAttribute("href");
  const path = new URL(address ?? "").pathname;

  await page.goto(`${path}?lang=he`);
  await expect(page.getByRole("heading", { name: "ההצעה שלכם" })).toBeVisible();
  await page.getByRole("link", { name: "English" }).click();
  await expect(page.getByText(/Dana Whitlock.? answers them/)).toBeVisible();
  const kept = await page.request.get(`${path}/pdf?lang=he`);
  expect((await kept.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await expect(page.getByRole("region", { name: "What we offer" })).toContainText(
    /Your price.*810.*With every option.*900/,
  );
  await page.getByLabel(/Add .?Training/).check();
  await page.getByLabel("Your full name").fill("Greta Winter");
  await page.getByRole("button", { name: "Accept this offer" }).click();
  await expect(page.getByRole("status")).toContainText(/Greta Winter.? accepted this offer/);
  await page.goto(path);
  await expect(page.getByRole("button", { name: "Accept this offer" })).toHaveCount(0);

  await page.goto(`/w/${workspace.slug}/proposals/${id}`);
  await expect(page.getByText("Accepted").first()).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /Training.*chosen by the customer/ })).toBeVisible();
});
