import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecords } from "@/lib/imports/records";

const read = (text: string, delimiter: "," | ";" | "\t" | "|" = ",") => [...readRecords(text, delimiter)];
const cells = (text: string) => read(text).map((record) => record.cells);

describe("readRecords", () => {
  test("reads quotes, line ends inside them and doubled quotes", () => {
    expect(cells('a,b\r\n"x ""y""","two\nlines"\n1,2')).toEqual([
      ["a", "b"],
      ['x "y"', "two\nlines"],
      ["1", "2"],
    ]);
  });

  test("tells the physical line each record starts on, past blank lines and line ends in quotes", () => {
    expect(read('h\n\n"a\nb"\n\nc').map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  test("skips a byte order mark and the line sep= of a spreadsheet", () => {
    expect(read("\ufeffsep=;\r\na;b\r\n1;2", ";")).toMatchObject([
      { line: 2, cells: ["a", "b"] },
      { line: 3, cells: ["1", "2"] },
    ]);
  });

  test("an unclosed quote costs its own line and no other", () => {
    const records = read('name,phone\n"Dana,050\nYossi,051\nNoa,052\n');
    expect(records.map(({ line, problem }) => [line, problem])).toEqual([
      [1, null],
      [2, "broken_quotes"],
      [3, null],
      [4, null],
    ]);
    expect(records[1]?.cells).toEqual(['"Dana,050']);
  });

  test("a quote closed in the middle of a field costs its own line and no other", () => {
    const records = read('a\n"x"y\nz\n');
    expect(records.map(({ problem }) => problem)).toEqual([null, "broken_quotes", null]);
  });

  test("reads what a CSV library writes, as that library reads it", () => {
    const text = fc.stringMatching(/^[a-z",;\n\r \t|א-ת]{0,12}$/);
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { maxLength: 20 }));
    fc.assert(
      fc.property(
        table,
        fc.constantFrom("," as const, ";" as const, "\t" as const, "|" as const),
        (rows, delimiter) => {
          const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ""));
          const written = stringify(filled, { delimiter, quoted: true });
          expect(read(written, delimiter).map((record) => record.cells)).toEqual(parse(written, { delimiter }));
        },
      ),
    );
  });

  test("never throws and never loses a line that has no quote", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-c",]{1,8}$/), { maxLength: 30 }), (lines) => {
        const kept = new Set(read(lines.join("\n")).map(({ line }) => line));
        let isOpen = false;
        lines.forEach((line, index) => {
          if (line.includes('"')) isOpen = true;
          if (!isOpen && line.replaceAll(",", "") !== "") expect(kept).toContain(index + 1);
        });
      }),
    );
  });
});
