import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packetPaper } from "@/components/handoffs/packet-paper";
import { getPacket } from "@/lib/handoffs/queries";
import { Team } from "../../support/owed";

let hasReader = true;
try {
  execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
} catch {
  hasReader = false;
}

test("a packet is a whole sheet in both languages, with its customer and its items in reading order", async () => {
  const team = await Team.make();
  const { customerId } = await team.customer("גלית Winter");
  const ctx = await team.as(team.osc);
  const { packet } = await team.run(() => getPacket(ctx, { customerId }));
  for (const [locale, word] of [
    ["en", "Missing"],
    ["he", "חסר"],
  ] as const) {
    const pdf = await packetPaper(packet, "Northwind Homes", locale);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    if (!hasReader) continue;
    const path = join(tmpdir(), `packet-${locale}.${process.pid}.pdf`);
    writeFileSync(path, pdf);
    const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" });
    for (const part of ["גלית", "Winter", "Northwind Homes", word])
      expect(text.toLowerCase()).toContain(part.toLowerCase());
  }
});
