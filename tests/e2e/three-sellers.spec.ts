import type { Page } from "@playwright/test";
import { refreshSearch } from "@/lib/customers/refresh";
import { inWorkspace } from "@/lib/db";
import { grantAuthority } from "@/lib/proposals/approvals";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../support/factories";
import { openShop } from "../support/offered";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";
import { inviteTo } from "../support/voices";

/** An account of two records, three who sell to it, and who decides between them. */
async function makeStory() {
  const workspace = await makeWorkspace();
  const sells = { roles: ["sales" as const, "osc" as const], spoke: "sales" as const };
  const nadia = await makeMember(workspace, { name: "Nadia National", ...sells });
  const tess = await makeMember(workspace, { name: "Tess Territory", ...sells });
  const ivo = await makeMember(workspace, { name: "Ivo Implementation", ...sells });
  const dora = await makeMember(workspace, { name: "Dora Director", roles: ["manager"] });
  const now = new Date();
  const keeper = await contextOf(workspace, workspace.owner, now, ["owner", "admin", "manager"]);
  // Onsite, support and training, 100,000 in all.
  await openShop(keeper, { prices: [5_000_000, 3_800_000, 1_200_000] });
  await inWorkspace(workspace.id, () =>
    grantAuthority(keeper, { memberId: dora.memberId, tier: "director", validTo: null }),
  );
  const osc = await contextOf(workspace, nadia, now);
  const { customerId: groupId } = await makeCustomer(osc, nadia, { name: "Harrow Group" });
  const { customerId: northId } = await makeCustomer(osc, nadia, { name: "Harrow North" });
  await inWorkspace(workspace.id, () => refreshSearch(osc, groupId));
  return { workspace, nadia, tess, ivo, dora, groupId, northId };
}

/** Drafts an offer of the first products at one discount for Lot 42 and hands it in. */
async function draft(page: Page, { slug }: TestWorkspace, customerId: string, parts: number, percent: number) {
  await page.goto(`/w/${slug}/proposals/new?customer=${customerId}`);
  await page.getByLabel("What they need").fill("Lot 42");
  for (let place = 1; place < parts; place++) await page.getByRole("button", { name: "Add a line" }).click();
  for (let place = 0; place < parts; place++) await page.getByLabel("Discount in %").nth(place).fill(String(percent));
  await page.getByRole("button", { name: "Draft it" }).click();
  await page.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByRole("button", { name: "Hand in" })).toHaveCount(0);
  return page.url();
}

/** What the customer says of a contact on the page that she was sent. */
async function answer(page: Page, token: string, outcome: number, compared: string) {
  await page.goto(`/c/survey/${token}`);
  await page.getByLabel(compared, { exact: true }).check();
  await page.getByLabel(String(outcome), { exact: true }).check();
  await page.getByRole("button", { name: "Send my answer" }).click();
  await expect(page.getByRole("heading", { name: "Thank you." })).toBeVisible();
}

test("three sellers may not send one account three prices, and the customer's word shows what they were like", async ({
  page,
  signIn,
}) => {
  test.setTimeout(90_000);
  const { workspace, nadia, tess, ivo, dora, groupId, northId } = await makeStory();
  const stopped = page.getByText("Another offer of record stands for this need.");
  const disagreed = page.getByRole("region", { name: "Where offers disagree" });

  await signIn(dora);
  await page.goto(`/w/${workspace.slug}/customers/${northId}`);
  await page.getByRole("button", { name: "Make it part of an account" }).click();
  await page.getByLabel("Which account").fill("Harrow Gr");
  await page.getByRole("list", { name: "Found" }).getByRole("button", { name: "Harrow Group" }).click();
  await expect(page.getByText(/Part of .?Harrow Group/)).toBeVisible();

  await signIn(nadia);
  await draft(page, workspace, groupId, 3, 0);
  await page.getByRole("button", { name: "Present to the customer" }).click();
  await expect(page.getByText("This is the offer that binds every seller.")).toBeVisible();

  await signIn(tess);
  await page.goto(`/w/${workspace.slug}/proposals/new?customer=${northId}`);
  const card = page.getByRole("region", { name: "Before you draft" });
  await expect(card).toContainText(/Nadia National.? offered .?\$100,000.? for .?Lot 42/);
  const cheap = await draft(page, workspace, northId, 3, 30);
  await expect(page.getByRole("region", { name: "Approval" })).toContainText("Director");
  await signIn(dora);
  await page.goto(`/w/${workspace.slug}/proposals?show=waiting`);
  await page.getByRole("link", { name: /Harrow North/ }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(disagreed).toContainText("30% apart");
  await signIn(tess);
  await page.goto(cheap);
  await page.getByRole("button", { name: "Present to the customer" }).click();
  await expect(stopped).toBeVisible();

  await signIn(ivo);
  await draft(page, workspace, groupId, 2, 0);
  await expect(disagreed.getByRole("listitem").filter({ hasText: "Nadia National" })).toContainText(
    /Price, Scope.*12% apart/,
  );
  await expect(disagreed.getByRole("listitem").filter({ hasText: "Tess Territory" })).toContainText(
    /Price, .*Scope.*20\.45% apart/,
  );
  await page.getByRole("button", { name: "Present to the customer" }).click();
  await expect(stopped).toBeVisible();

  await signIn(dora);
  await page.goto(cheap);
  await page.getByLabel("What the customer is told").fill("One price for the whole group: the new one.");
  await page.getByRole("button", { name: "Make this the offer of record" }).click();
  await expect(page.getByText("This is the offer that binds every seller.")).toBeVisible();
  await page.getByRole("button", { name: "Present to the customer" }).click();
  await expect(page.getByRole("button", { name: "Customer said yes" })).toBeVisible();
  await page.goto(`/w/${workspace.slug}/proposals?show=all`);
  await expect(page.getByRole("listitem").filter({ hasText: "Superseded" })).toHaveCount(2);
  const hand = page.getByRole("region", { name: "In the customer's hand" });
  await page.goto(`/w/${workspace.slug}/customers/${northId}`);
  await expect(hand.getByRole("listitem")).toHaveCount(1);
  await expect(hand).toContainText("$70,000");
  await page.goto(`/w/${workspace.slug}/customers/${groupId}`);
  await expect(hand).toContainText("No live price.");
  await rate(page, workspace, groupId, [nadia, tess, ivo]);
});

/** Her three contacts, rated 4, 3 and 4 against what she expected: one was good, two were not what she expected. */
async function rate(page: Page, workspace: TestWorkspace, customerId: string, sellers: readonly TestMember[]) {
  const said = [
    ["key account", 4, "As expected"],
    ["territory", 3, "Worse"],
    ["customer success", 4, "Worse"],
  ] as const;
  for (const [place, [route, outcome, compared]] of said.entries()) {
    const ctx = await contextOf(workspace, sellers[place] ?? workspace.owner, new Date());
    await answer(page, await inviteTo(ctx, customerId, { route, type: "proposal" }), outcome, compared);
  }
  await page.goto(`/w/${workspace.slug}/experience?by=routes`);
  await expect(
    page.getByText("Of 1 customer rated in two channels or more, 0 (0.0 %) were served well in every one."),
  ).toBeVisible();
  for (const [kind, count] of [
    ["positive", 1],
    ["neutral", 2],
  ] as const) {
    await page.goto(`/w/${workspace.slug}/experience/rows?class=${kind}`);
    await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(count);
  }
}
