import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PacketFileKey, packetFile } from "@/app/api/w/[workspace]/customers/[id]/packet/pdf/packet-file";
import { packetPaper } from "@/components/handoffs/packet-paper";
import { getPacket } from "@/lib/handoffs/queries";
import { askedOf } from "@/lib/server/download";
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

const pagesOf = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length;

test("a usual packet is one sheet; a long one goes on over numbered sheets and loses nothing", async () => {
  const team = await Team.make();
  const { customerId } = await team.customer();
  const ctx = await team.as(team.osc);
  const { packet } = await team.run(() => getPacket(ctx, { customerId }));
  const written = (text: string) => ({ ...packet, items: packet.items.map((item) => ({ ...item, text })) });
  const usual = "She decides, he signs; her mother chooses the bath. The sale of their flat closes only in May.";
  expect(pagesOf(await packetPaper(written(usual), "Northwind Homes", "en"))).toBe(1);
  expect(pagesOf(await packetPaper(written("הגינה פונה דרומה והמטבח לצפון. ".repeat(3)), "בית", "he"))).toBe(1);
  const long = await packetPaper(written(`${"So it goes on. ".repeat(260)}The end.`), "Northwind Homes", "en");
  expect(pagesOf(long)).toBeGreaterThan(5);
  if (!hasReader) return;
  const path = join(tmpdir(), `packet-long.${process.pid}.pdf`);
  writeFileSync(path, long);
  const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" });
  expect(text.match(/The end\./g)).toHaveLength(packet.items.length);
  expect(text).toContain(`2 / ${pagesOf(long)}`);
});

test("the packet to save is that of the journey that was asked for, and of no other customer or workspace", async () => {
  const team = await Team.make();
  const first = await team.customer("Ada First");
  const second = await team.customer("Bea Second");
  const ctx = await team.as(team.osc);
  const ask = (search: string) =>
    PacketFileKey.parse(askedOf(PacketFileKey, new URLSearchParams(search), { id: first.customerId }));
  expect(ask(`journey=${first.journeyId}&at=1`)).toEqual({ id: first.customerId, journey: first.journeyId });
  expect(ask(`id=${second.customerId}`)).toEqual({ id: first.customerId });
  for (const search of ["", `journey=${first.journeyId}`]) {
    const file = await team.run(() => packetFile(ctx, ask(search)));
    expect([file.fileName, file.mediaType]).toEqual(["packet.pdf", "application/pdf"]);
    expect(Buffer.from(file.body).subarray(0, 5).toString()).toBe("%PDF-");
  }
  await expect(team.run(() => packetFile(ctx, ask(`journey=${second.journeyId}`)))).rejects.toMatchObject({
    code: "not_found",
  });
  expect(() => ask("journey=nonsense")).toThrow();
  const other = await Team.make();
  const stranger = await other.as(other.manager);
  await expect(other.run(() => packetFile(stranger, ask("")))).rejects.toMatchObject({ code: "not_found" });
});
