import { inWorkspace } from "@/lib/db";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { makeMember, makeWorkspace } from "../support/factories";
import { furnishHandoff } from "../support/handoffs";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer } from "../support/story";

test("a receiver sends a handoff back with what is missing, and takes it when it comes again", async ({
  page,
  signIn,
}) => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const noa = await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
  const manager = await contextOf(workspace, workspace.owner, new Date(), ["manager"]);
  const { customerId } = await makeCustomer(await contextOf(workspace, dana, new Date()), dana, {
    name: "Greta Winter",
  });
  await furnishHandoff(manager, customerId, true);

  await signIn(noa);
  await page.goto(`/w/${workspace.slug}/handoffs`);
  await page.getByRole("link", { name: "Greta Winter" }).click();
  const found = page.getByRole("region", { name: "OSC to Design" });
  await found.getByRole("button", { name: "Send back" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Send back" })).toBeDisabled();
  await dialog.getByRole("combobox", { name: "Why" }).selectOption("The packet is incomplete");
  await dialog.getByLabel("Risks").check();
  await dialog.getByRole("button", { name: "Send back" }).click();
  await expect(found).toContainText("The packet is incomplete: Risks");

  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/customers/${customerId}`);
  await page.getByRole("link", { name: "Packet and handoff" }).click();
  await page.getByRole("button", { name: "Write: Risks" }).click();
  await page.getByLabel("Risks").fill("Their flat is not sold yet.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Their flat is not sold yet.")).toBeVisible();
  const sheet = await page.request.get((await page.getByRole("link", { name: /PDF/ }).getAttribute("href")) ?? "");
  expect([sheet.status(), sheet.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  expect((await sheet.body()).subarray(0, 5).toString()).toBe("%PDF-");
  const elsewhere = new URL(sheet.url());
  elsewhere.searchParams.set("journey", workspace.id);
  expect((await page.request.get(elsewhere.href)).status()).toBe(404);
  await page.getByLabel("Why you step in").fill("Dana is away");
  await page.getByRole("button", { name: "Propose again" }).click();
  await expect(page.getByText("waits for an answer")).toBeVisible();

  await signIn(noa);
  await page.goto(`/w/${workspace.slug}/handoffs`);
  await page.getByRole("link", { name: "Greta Winter" }).click();
  await page.getByText("Their flat is not sold yet.").waitFor();
  await found.getByRole("button", { name: "Accept" }).click();
  await expect(found).toContainText("First talk by");

  // Their first talk is logged elsewhere: the page that is open says so by itself.
  const talk = { customerId, medium: "phone", direction: "outbound", isTwoWay: true };
  const receiver = await contextOf(workspace, noa, new Date(Date.now() + 1_000));
  await inWorkspace(workspace.id, () => logInteraction(receiver, LogInteraction.parse(talk)));
  await expect(found).toContainText("they have spoken");
});
