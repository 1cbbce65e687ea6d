import { readFileSync } from "node:fs";
import { makeMember } from "../support/factories";
import { expect, test } from "../support/page";

const rows = [
  "Full name;E-mail;Mobile;City;Lead source",
  ...Array.from(
    { length: 120 },
    (_, index) => `Person ${index};person${index}@example.com;+9725010${1000 + index};Haifa;web`,
  ),
  "Broken;nobody at example;;;",
  "Person 3 again;person3@example.com;;;",
].join("\n");

const csv = (name: string, content: string | Buffer) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.isBuffer(content) ? content : Buffer.from(content),
});

test("a manager imports a file, corrects what was rejected, and takes it all back", async ({
  page,
  workspace,
  signIn,
}) => {
  const manager = await makeMember(workspace, { name: "Max Manager", roles: ["manager"] });
  await signIn(manager);
  await page.goto(`/w/${workspace.slug}/imports`);
  await expect(page.getByText("Bring the customers you already have")).toBeVisible();
  await page.getByRole("link", { name: "New import" }).click();

  await page.getByLabel("Drop CSV files here").setInputFiles(csv("people.csv", rows));
  await expect(page.getByText("semicolon")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Mobile" })).toHaveValue("phone");
  await expect(page.getByRole("region", { name: "First rows" })).toContainText("person0@example.com");

  await page.getByRole("combobox", { name: "City" }).selectOption("need");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "City" })).toHaveValue("need");

  await page.getByRole("button", { name: "Check all rows" }).click();
  await expect(page.getByRole("main").getByRole("status")).toHaveText(
    "120 customers would arrive, nobody is known already, 2 rows are rejected.",
  );
  await page.getByRole("button", { name: "Start the import" }).click();
  await expect(page.getByRole("main").getByRole("status")).toHaveText(
    "120 customers arrived, nobody was known already, 2 rows were rejected.",
  );
  await expect(page.getByText("The e-mail address is not valid: one row")).toBeVisible();

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download rejected rows" }).click();
  const rejected = readFileSync(await (await downloading).path(), "utf8");
  expect(rejected).toContain("122,The e-mail address is not valid (E-mail: nobody at example)");

  await page.getByRole("button", { name: "Undo this import" }).click();
  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByRole("main").getByRole("status")).toHaveText(
    "120 customers were removed, none had to be restored, nobody stays.",
  );
});

test("Hebrew that was read as Thai is repaired, and refused with the reason when letters are lost", async ({
  page,
  workspace,
  signIn,
}) => {
  await signIn(workspace.owner);
  const hebrew = Buffer.from("שם,טלפון\nדנה לוי,0501234567\n");
  const garbled = new TextDecoder("windows-874").decode(hebrew);
  await page.goto(`/w/${workspace.slug}/imports/new`);
  await page.getByLabel("Drop CSV files here").setInputFiles(csv("garbled.csv", garbled));
  await expect(page.getByText("Hebrew that had been read as Thai was put right")).toBeVisible();
  await expect(page.getByRole("region", { name: "First rows" })).toContainText("דנה לוי");

  await page.getByRole("button", { name: "Remove garbled.csv" }).click();
  const lossy = garbled.replace(/[\u0080-\u009f€…‘’“”•–—]/g, "");
  await page.getByLabel("Drop CSV files here").setInputFiles(csv("lossy.csv", lossy));
  await expect(page.getByText("It cannot be repaired")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check all rows" })).toBeDisabled();
});

test("who may not import gets a 404, and sends no file", async ({ page, workspace, signIn, expectedErrors }) => {
  expectedErrors.push("404", "403");
  const osc = await makeMember(workspace, { name: "Olga Osc", roles: ["osc"] });
  await signIn(osc);
  for (const path of ["imports", "imports/new", "imports/01890000-0000-7000-8000-000000000000"]) {
    const response = await page.goto(`/w/${workspace.slug}/${path}`);
    expect(response?.status()).toBe(404);
  }
  await page.goto(`/w/${workspace.slug}/home`);
  const status = await page.evaluate(async (slug) => {
    const answer = await fetch(`/api/w/${slug}/imports/files?name=x.csv`, { method: "POST", body: "a,b" });
    return answer.status;
  }, workspace.slug);
  expect(status).toBe(403);
});
