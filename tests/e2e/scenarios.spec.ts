import { expect, test } from "../support/page";

const complex: [label: string, value: string][] = [
  ["Onboarding complexity", "0.8"],
  ["Product hard to get at alone", "0.5"],
  ["Wish for a personal relation", "0.6"],
  ["Value among deals", "0.7"],
  ["Chance of closing", "0.6"],
  ["Free share of customer success", "0.3"],
  ["Goal: closing", "0.5"],
  ["Goal: quick onboarding", "0.8"],
];

const money: [label: string, value: string][] = [
  ["Margin of the deal, USD", "40000"],
  ["A day earlier is worth, USD", "150"],
  ["An hour of customer success costs, USD", "90"],
  ["Scenario B: Adds to the chance, points", "5"],
  ["Scenario B: Days earlier", "2"],
  ["Scenario B: Hours it takes", "4"],
  ["Scenario C: Adds to the chance, points", "4"],
  ["Scenario C: Days earlier", "9"],
  ["Scenario C: Hours it takes", "11"],
];

test("the advisor answers while one types, and a policy is published once its last rule takes every deal", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  await page.goto(`/w/${workspace.slug}/scenarios`);
  for (const [label, value] of complex) await page.getByLabel(label, { exact: true }).fill(value);
  await expect(page.getByText("Scenario C: customer success comes near the end")).toBeVisible();
  const terms = page.getByRole("region", { name: "Every scenario term by term" });
  await expect(terms.getByRole("row", { name: /^Scenario C/ }).getByRole("cell")).toHaveText([
    "0.3360",
    "0.3000",
    "0.5200",
    "−0.4550",
    "0.7010",
  ]);
  await page.getByLabel("Customer success person named").selectOption("no");
  await expect(page.getByText("Scenario A: customer success comes after the close.")).toBeVisible();

  // In money, as F60b has it.
  for (const [label, value] of money) await page.getByLabel(label, { exact: true }).fill(value);
  const worth = page.getByRole("region", { name: "In money" });
  await expect(
    worth
      .getByRole("row", { name: /^Scenario B/ })
      .getByRole("cell")
      .last(),
  ).toHaveText("$1,940");
  await expect(
    worth
      .getByRole("row", { name: /^Scenario C/ })
      .getByRole("cell")
      .last(),
  ).toHaveText("$1,960");

  await page.getByRole("button", { name: "Write the next version" }).click();
  await page.getByRole("button", { name: "Remove rule 4" }).click();
  await expect(page.getByText("The last rule must take every deal")).toBeVisible();
  // What is edited while a save is on its way is still to be saved.
  let arrive: () => void = () => undefined;
  const saveArrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/scenarios", async (route) => {
    if (route.request().method() === "POST") await saveArrived;
    await route.fallback();
  });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Publish" })).toBeDisabled();
  for (const _ of [1, 2]) await page.getByRole("button", { name: "Remove this condition of rule 3" }).first().click();
  await page.getByLabel("Scenario of rule 3").selectOption("A");
  arrive();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("version 1 is in force")).toBeVisible();
  await expect(page.getByText("Every other deal")).toBeVisible();
  await expect(page.getByText("No deal was won or lost in the last 90 days")).toBeVisible();
});
