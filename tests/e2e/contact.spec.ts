import { setAppointment } from "@/lib/appointments/commands";
import { SetAppointment } from "@/lib/appointments/schema";
import { inWorkspace } from "@/lib/db";
import { customerLink, revokeCustomerLinks } from "@/lib/links/commands";
import { makePromise } from "@/lib/promises/commands";
import { makeMember, type TestMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

async function openPage(workspace: TestWorkspace, osc: TestMember) {
  const ctx = await contextOf(workspace, osc, new Date());
  const { customerId } = await makeCustomer(ctx, osc);
  const { address } = await inWorkspace(workspace.id, () => customerLink(ctx, { customerId }));
  return { ctx, customerId, path: new URL(address).pathname };
}

test("a customer sees her contact, asks, and the question waits for the OSC", async ({ page, workspace, openAs }) => {
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const { ctx, customerId, path } = await openPage(workspace, osc);
  await inWorkspace(workspace.id, async () => {
    await makePromise(ctx, { customerId, text: "The cut-off calendar", dueAt: inDays(2) });
    const visit = { customerId, hostId: osc.memberId, timeZone: "UTC", place: "Cedar Ridge studio", asNext: true };
    await setAppointment(
      ctx,
      SetAppointment.parse({ ...visit, startAt: inDays(3).toISOString(), name: "Selections meeting 2" }),
    );
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Maya, whatever it is, ask Dana.");
  await expect(page.getByRole("img")).toHaveAccessibleName(/You are in step 1 of \d+, Hello\. Dana Whitlock/);
  await expect(page.getByText("Selections meeting 2")).toBeVisible();
  await expect(page.getByText("The cut-off calendar, from Dana")).toBeVisible();
  await expect(page.getByRole("link", { name: "Write" })).toHaveAttribute("href", `mailto:${osc.email}`);
  const file = await page.request.get(`${path}/calendar.ics`);
  expect(file.headers()["content-type"]).toContain("text/calendar");
  expect(await file.text()).toContain("SUMMARY:Selections meeting 2\\, Northwind Homes");

  await page.getByLabel("Ask anything, Dana answers").fill("Can we still move the island outlet?");
  await page.getByRole("button", { name: "Send to Dana" }).click();
  await expect(page.getByText("Thank you. Dana has your question and answers you.")).toBeVisible();

  const desk = await openAs(osc);
  await desk.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await expect(desk.getByText("Can we still move the island outlet?").first()).toBeVisible();

  await page.getByRole("button", { name: "Stop messages" }).click();
  await page.getByRole("button", { name: "Yes, stop them" }).click();
  await expect(page.getByText("No more advertising reaches you.")).toBeVisible();
});

test("the page is Hebrew from right to left, and nothing of it runs off a small phone", async ({ page, workspace }) => {
  const osc = await makeMember(workspace, { name: "דנה ויטלוק" });
  const { path } = await openPage(workspace, osc);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(path);
  await page.getByRole("button", { name: /עברית/ }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("דנה");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: /English/ }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
});

test.describe("an address that is not hers", () => {
  test.use({ expectedErrors: ["404"] });

  test("revoked or forged, answers like one that never was", async ({ page, workspace }) => {
    const osc = await makeMember(workspace, { name: "Dana Whitlock" });
    const { ctx, customerId, path } = await openPage(workspace, osc);
    expect((await page.goto(path))?.status()).toBe(200);
    const forged = await page.goto(`${path.slice(0, -2)}AA`);
    expect(forged?.status()).toBe(404);
    const said = await page.getByRole("main").textContent();
    await inWorkspace(workspace.id, () => revokeCustomerLinks(ctx, { customerId }));
    expect((await page.goto(path))?.status()).toBe(404);
    expect(await page.getByRole("main").textContent()).toBe(said);
    expect((await page.request.get(`${path}/calendar.ics`)).status()).toBe(404);
  });
});
