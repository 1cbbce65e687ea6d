import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Cell, writeWorkbook } from "@/lib/xlsx/workbook";

/** The files of an archive by name, read by its central directory. */
function unzip(archive: Buffer): Map<string, string> {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  const files = new Map<string, string>();
  for (let at = archive.readUInt32LE(end + 16); archive.readUInt32LE(at) === 0x02014b50; ) {
    const [packed, size] = [archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 24)];
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.subarray(at + 46, at + 46 + nameLength).toString();
    const start = archive.readUInt32LE(at + 42);
    const from = start + 30 + archive.readUInt16LE(start + 26);
    const text = inflateRawSync(archive.subarray(from, from + packed)).toString();
    expect(Buffer.byteLength(text)).toBe(size);
    files.set(name, text);
    at += 46 + nameLength;
  }
  return files;
}

async function bookOf(batches: Cell[][][], options = {}): Promise<Map<string, string>> {
  async function* source() {
    yield* batches;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of writeWorkbook(source(), { isRightToLeft: false, ...options })) pieces.push(piece);
  return unzip(Buffer.concat(pieces));
}

describe("a spreadsheet", () => {
  test("writes numbers as numbers and text as text that nothing runs, Hebrew from right to left", async () => {
    const files = await bookOf([[["שם", "=1+1", 2.5, null, "a<b & \u0000c"]]], { isRightToLeft: true });
    const sheet = files.get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet).toContain('rightToLeft="1"');
    expect(sheet).toContain(">שם</t>");
    expect(sheet).toContain('<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c><c><v>2.5</v></c><c/>');
    expect(sheet).toContain(">a&lt;b &amp; c</t>");
    expect(sheet).not.toContain("<f>");
    expect([...files.keys()].sort()).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
  });

  test("goes on in another sheet when one is full, and loses no row", async () => {
    const rows = Array.from({ length: 25 }, (_, each): Cell[] => [each]);
    const files = await bookOf([rows.slice(0, 7), [], rows.slice(7)], { rowsPerSheet: 10 });
    const counts = [1, 2, 3].map((each) => files.get(`xl/worksheets/sheet${each}.xml`)?.match(/<row>/g)?.length);
    expect(counts).toEqual([10, 10, 5]);
    expect(files.get("xl/workbook.xml")?.match(/<sheet /g)).toHaveLength(3);
  });
});
