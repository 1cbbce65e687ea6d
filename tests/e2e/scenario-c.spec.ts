import type { Locator, Page } from "@playwright/test";
import { setCsmCapacity } from "@/lib/csm-hours/commands";
import { inWorkspace } from "@/lib/db";
import { fillPacketItem } from "@/lib/handoffs/commands";
import { packetKeys } from "@/lib/handoffs/packet";
import { FillPacketItem } from "@/lib/handoffs/schema";
import { moveJourney, setJourneyFields } from "@/lib/journeys/commands";
import { SetFields } from "@/lib/journeys/schema";
import { draftPolicy, publishPolicy, savePolicy } from "@/lib/scenarios/commands";
import { requirePolicy } from "@/lib/scenarios/queries";
import { makeMember, type TestMember, type TestWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { contextOf, makeCustomer, stageIdOf } from "../support/story";

const inputs: [label: string, value: string][] = [
  ["Value among deals", "0.7"],
  ["Chance of closing", "0.6"],
  ["Free share of customer success", "0.3"],
  ["Goal: closing", "0.5"],
  ["Goal: quick onboarding", "0.8"],
];

/** Complex deals get scenario C; customer success has ten hours a week. */
async function setPolicy(workspace: TestWorkspace): Promise<void> {
  const admin = await contextOf(workspace, workspace.owner, new Date(), ["admin"]);
  await inWorkspace(workspace.id, async () => {
    const { id } = await draftPolicy(admin);
    const { weights, companyStage, version, hoursB, hoursC } = await requirePolicy(admin, id);
    const rules = [
      { conditions: [{ field: "complexity" as const, is: "at_least" as const, value: 0.7 }], scenario: "C" as const },
      { conditions: [], scenario: "A" as const },
    ];
    const content = { weights, companyStage, hoursB, hoursC, freeHours: null, rules };
    await publishPolicy(admin, await savePolicy(admin, { id, version, ...content }));
    await setCsmCapacity(admin, { memberId: null, minutesWeek: 600 });
  });
}

/** A complex deal that stands before its contract, the seller's, with everything in its packet but the promises. */
async function makeDeal(workspace: TestWorkspace, osc: TestMember, seller: TestMember) {
  const ctx = await contextOf(workspace, osc, new Date());
  const made = await makeCustomer(ctx, osc, { name: "Greta Winter" });
  const { customerId } = made;
  await inWorkspace(workspace.id, async () => {
    for (const key of ["appointment", "working", "contract"])
      await moveJourney(ctx, {
        ...{ customerId, toStageId: await stageIdOf(ctx, key), need: "a home", fields: {} },
        ...(key === "contract" ? { accountableId: seller.memberId } : {}),
      });
    const fields = { complexity: 0.8, inaccessibility: 0.5, relationship: 0.6 };
    await setJourneyFields(ctx, SetFields.parse({ customerId, fields }));
    for (const key of packetKeys.filter((each) => each !== "promises"))
      await fillPacketItem(ctx, FillPacketItem.parse({ customerId, key, text: `The ${key}, as they told us.` }));
  });
  return made;
}

const packetOf = (page: Page, { slug }: TestWorkspace, customerId: string) =>
  page.goto(`/w/${slug}/customers/${customerId}/packet`);

/** The seller is advised, prepares the handoff by the policy, and may not propose it before the promises are written. */
async function propose(page: Page, workspace: TestWorkspace, deal: { customerId: string; journeyId: string }) {
  await page.goto(`/w/${workspace.slug}/scenarios?journey=${deal.journeyId}`);
  for (const [label, value] of inputs) await page.getByLabel(label, { exact: true }).fill(value);
  await expect(
    page
      .getByRole("region", { name: "Every scenario term by term" })
      .getByRole("row", { name: /^Scenario C/ })
      .getByRole("cell")
      .last(),
  ).toHaveText("0.7010");
  await expect(page.getByText("The policy places this deal by rule 1: Scenario C.")).toBeVisible();
  await packetOf(page, workspace, deal.customerId);
  await page.getByLabel("Hand over to").selectOption("Customer success");
  await expect(page.getByText("The policy says C for this deal.")).toBeVisible();
  await page.getByRole("button", { name: "Prepare the handoff" }).click();
  await expect(page.getByText("as the policy says, version 1")).toBeVisible();
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(page.getByText("Mandatory items of the packet are missing.")).toBeVisible();
  await page.getByRole("button", { name: "Write: Promises made" }).click();
  await page.getByLabel("Promises made").fill("The porch is in the price.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("100.0 % complete")).toBeVisible();
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(page.getByText("waits for an answer")).toBeVisible();
}

async function sendBack(page: Page, found: Locator): Promise<void> {
  await found.getByRole("button", { name: "Send back" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Why" }).selectOption("The scope does not fit");
  await dialog.getByLabel("What was sold, price and terms").check();
  await dialog.getByRole("button", { name: "Send back" }).click();
  await expect(found).toContainText("The scope does not fit: What was sold, price and terms");
}

test("a complex sale goes to customer success by scenario C, comes back once, and ends with a quality of 0.7750", async ({
  page,
  workspace,
  signIn,
}) => {
  test.setTimeout(90_000);
  const osc = await makeMember(workspace, { name: "Dana Whitlock" });
  const seller = await makeMember(workspace, { name: "Ines Cordero", roles: ["senior_sales"], spoke: "senior_sales" });
  const csm = await makeMember(workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  await setPolicy(workspace);
  const deal = await makeDeal(workspace, osc, seller);
  const found = page.getByRole("region", { name: "Senior sales to Customer success" });
  const open = async () => {
    await page.goto(`/w/${workspace.slug}/handoffs?show=all`);
    await page.getByRole("link", { name: "Greta Winter" }).click();
  };

  await signIn(seller);
  await propose(page, workspace, deal);
  await signIn(csm);
  await open();
  await sendBack(page, found);

  await signIn(osc);
  await page.goto(`/w/${workspace.slug}/home`);
  const waiting = page.getByRole("region", { name: "Handoffs that wait for you" });
  await expect(waiting).toContainText("not answered yet");
  await waiting.getByRole("link", { name: "Greta Winter" }).click();
  await expect(found).toContainText("Until it is accepted, Senior sales answers for this customer.");
  await signIn(seller);
  await packetOf(page, workspace, deal.customerId);
  await page.getByRole("button", { name: "Propose again" }).click();
  await expect(page.getByText("waits for an answer")).toBeVisible();

  await signIn(csm);
  await open();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(found).toContainText("OSC introduces by");
  await page.getByRole("spinbutton", { name: "Hours" }).fill("1.5");
  await page.getByRole("button", { name: "Log time" }).click();
  await expect(page.getByText("1.5 h before the sale, 0 h after it")).toBeVisible();
  await signIn(osc);
  await open();
  await page.getByRole("button", { name: "The introduction was made" }).click();
  await expect(found).toContainText("introduced");
  await expect(found).not.toContainText("OSC introduces by");

  await signIn(csm);
  await page.goto(`/w/${workspace.slug}/customers/${deal.customerId}`);
  await page.getByLabel("What happened?").fill("We went through the goals.");
  await page.getByLabel("We spoke with each other").check();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("We went through the goals.")).toBeVisible();
  await open();
  await page.getByLabel("Rate what you got").selectOption("4");
  await page.getByRole("button", { name: "Rate", exact: true }).click();
  await expect(found).toContainText("Quality 0.7750");
});
