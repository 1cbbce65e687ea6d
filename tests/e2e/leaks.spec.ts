import { leakPeople } from "@/prisma/demo/leaks";
import { makeMember, makeWorkspace } from "../support/factories";
import { expect, test } from "../support/page";
import { makeRun, tellJourneys } from "../support/passed";
import { workerContext } from "../support/story";

test("a manager sees what is a leak and what only looks like one, and begins to mend it", async ({ page, signIn }) => {
  const workspace = await makeWorkspace();
  const dana = await makeMember(workspace, { name: "Dana Whitlock" });
  const max = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  await leakPeople(workspace.id, new Map([["dana", dana.memberId]]), new Date());
  const worker = await workerContext(workspace, new Date());
  const silent = { events: [{ day: 0, stage: "new_lead", cause: "enter" }] };
  await tellJourneys(worker, dana.memberId, new Date(Date.now() - 9 * 86_400_000), [silent, silent]);
  await makeRun(worker, "lapses");
  await signIn(max);

  await page.goto(`/w/${workspace.slug}/leaks`);
  await expect(page.getByText("One leak is confirmed.")).toBeVisible();
  await expect(page.getByRole("img", { name: /New lead: \d+ matured entries/ })).toBeVisible();
  const mix = page.getByRole("region", { name: "Only another mix" }).first();
  await expect(mix).toContainText("in the last months");
  await expect(mix).toContainText("comes from another mix of origins");
  const untold = page.getByRole("region", { name: "Not told apart" }).first();
  await expect(untold.getByRole("row", { name: /Appointment.?, from .?email/ })).toContainText("Too small to tell");

  await page.getByRole("link", { name: "Who they are: Silent, All" }).click();
  await expect(page.getByRole("region", { name: "Silent: All" }).getByText("9 days without a word")).toHaveCount(2);
  await page.getByRole("link", { name: "Close" }).click();
  await page
    .getByRole("region", { name: "Leaks" })
    .getByRole("link", { name: /New lead.?, from .?paid search/ })
    .first()
    .click();
  await expect(page.getByText("Mix against rate first")).toBeVisible();
  await expect(page.getByText("an account, not a cause")).toBeVisible();
  await page.getByLabel("What is being done").fill("Call paid leads the same hour.");
  await page.getByRole("button", { name: "Begin to mend it" }).click();
  await expect(page.getByText("being mended")).toBeVisible();
  await expect(page.getByRole("heading", { name: "The next cohort" })).toBeVisible();

  await page.goto(`/w/${workspace.slug}/survival`);
  const first = page.getByRole("region", { name: "New lead", exact: true });
  await expect(first.getByRole("img", { name: /^New lead: shares/ })).toBeVisible();
  await first.getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: /Went on from .?New lead/ })).toBeVisible();
  await page.getByRole("link", { name: "Origins" }).click();
  await expect(page.getByRole("columnheader", { name: "Won of all" })).toBeVisible();
  await expect(page.getByRole("row", { name: /paid search/ })).toContainText("/");

  // What is counted by date of happening stands only beside what others published so, and says it.
  await page.goto(`/w/${workspace.slug}/programme`);
  const activity = page.getByRole("columnheader", { name: "By date of happening (activity)", exact: true });
  await expect(page.getByRole("row", { name: /over a month old by date of happening \(activity\)/ })).toBeVisible();
  await expect(activity).toBeVisible();
  await page.getByRole("link", { name: "Hide figures of others" }).click();
  await expect(activity).toHaveCount(0);
});
