import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PaperLine, renderPaper } from "@/lib/paper/paper";

const hasReader = (() => {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** What somebody copies out of a sheet with one line. */
async function copied(words: string): Promise<string> {
  const line = (
    <PaperLine locale="en" kind="strong">
      {words}
    </PaperLine>
  );
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-paper-"));
  const path = join(folder, "sheet.pdf");
  writeFileSync(path, await renderPaper({ title: "Sheet", locale: "en", foot: "Foot", children: line }));
  const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return text;
}

test.runIf(hasReader)("a price is copied whole, whatever another sheet's signs stood for", async () => {
  await copied("a … b");
  expect(await copied("2,149.87")).toContain("2,149.87");
});

test("sheets asked for at once are all drawn", async () => {
  const sheets = ["one", "two", "three"].map((title) =>
    renderPaper({
      title,
      locale: "he",
      foot: title,
      children: <PaperLine locale="he">מחיר 3.5</PaperLine>,
    }),
  );
  for (const sheet of await Promise.all(sheets)) expect(sheet.subarray(0, 5).toString()).toBe("%PDF-");
});
