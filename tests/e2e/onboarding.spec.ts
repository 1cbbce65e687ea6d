import { inWorkspace } from "@/lib/db";
import { runLab, tellLab } from "@/lib/load/lab-example";
import { furnishOnboarding } from "../support/onboarded";
import { expect, test } from "../support/page";
import { contextOf } from "../support/story";

test("a milestone is done and the health says why; the lab shows plain and fair side by side", async ({
  page,
  workspace,
  signIn,
}) => {
  const { owner } = workspace;
  const manager = await contextOf(workspace, owner, new Date(), ["owner", "admin", "manager"]);
  await furnishOnboarding(manager, owner);
  await inWorkspace(workspace.id, async () => {
    await tellLab(manager, owner.memberId);
    await runLab(manager);
  });
  await signIn(owner);
  await page.goto(`/w/${workspace.slug}/onboarding`);
  await page.getByRole("link", { name: "Olga Onboarded" }).click();
  await expect(page.getByRole("row", { name: /^Milestones in time/ })).toContainText("no data");
  await page.getByRole("listitem").filter({ hasText: "Kickoff" }).getByRole("button", { name: "Done" }).click();
  const term = page.getByRole("row", { name: /^Milestones in time/ });
  await expect(term).toContainText("1 of 1 due ones were done by the day first agreed");
  await expect(page.getByText("On track")).toBeVisible();

  await page.goto(`/w/${workspace.slug}/scenarios/lab`);
  const pair = page.getByRole("article", { name: /^Scenario C against Scenario A/ });
  await expect(pair).toContainText("−0.0217");
  await expect(pair).toContainText("+0.0794 [−0.0362, 0.1951]");
  await expect(pair).toContainText("look the other way round");
  const experiment = page.getByRole("article", { name: /^In the final stage, or after/ });
  await expect(experiment).toContainText("95.4 %");
  await experiment.getByRole("button", { name: "End it" }).click();
  await expect(experiment).toContainText("It ended with Scenario B.");
});
