import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText, detectDelimiter } from "@/lib/imports/encoding";
import { isHebrewReadAsThai, repairHebrew } from "@/lib/imports/hebrew-repair";
import { fixtureTest } from "../domain-fixtures";

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), isLittleEndian);
  return new Uint8Array(view.buffer);
}

/** Text in windows-1255, for Hebrew letters and ASCII. */
function windows1255(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x5d0 ? code - 0x5d0 + 0xe0 : code;
  });
}

/** What a reader that takes UTF-8 for ISO-8859-11 shows. */
function readAsThai(text: string): string {
  return Array.from(utf8(text), (byte) => String.fromCharCode(byte > 0xa0 ? byte - 0xa1 + 0x0e01 : byte)).join("");
}

const hebrewRows = "שם,טלפון\nדנה לוי,050-1234567\nיוסי כהן,052-7654321\n";
const hebrewText = fc.string({ unit: fc.constantFrom(..."אבגדהוזחטיךכלםמןנסעףפץצקרשת"), minLength: 1, maxLength: 40 });

describe("decodeText", () => {
  test("reads UTF-8 with and without a byte order mark", () => {
    expect(decodeText(utf8(hebrewRows))).toEqual({ text: hebrewRows, encoding: "utf-8", repaired: false });
    expect(decodeText(utf8(`\ufeff${hebrewRows}`))).toEqual({ text: hebrewRows, encoding: "utf-8", repaired: false });
    expect(decodeText(bytesOf())).toEqual({ text: "", encoding: "utf-8", repaired: false });
  });

  test.each([
    [true, "utf-16le"],
    [false, "utf-16be"],
  ] as const)("reads UTF-16, little endian: %s, with and without a byte order mark", (isLittleEndian, encoding) => {
    const expected = { text: hebrewRows, encoding, repaired: false };
    expect(decodeText(utf16(`\ufeff${hebrewRows}`, isLittleEndian))).toEqual(expected);
    expect(decodeText(utf16(hebrewRows, isLittleEndian))).toEqual(expected);
  });

  test("tells Hebrew of old Windows from western European", () => {
    const western = "nome,cidade\nJos\xe9 da Concei\xe7\xe3o,S\xe3o Paulo \x96 SP\nAndr\xe9,Bras\xedlia \x80\n";
    expect(decodeText(windows1255(hebrewRows))).toMatchObject({ text: hebrewRows, encoding: "windows-1255" });
    expect(decodeText(Uint8Array.from(western, (letter) => letter.charCodeAt(0)))).toEqual({
      text: "nome,cidade\nJosé da Conceição,São Paulo – SP\nAndré,Brasília €\n",
      encoding: "windows-1252",
      repaired: false,
    });
  });

  test("repairs Hebrew that was read as Thai", () => {
    expect(decodeText(utf8(readAsThai(hebrewRows)))).toEqual({ text: hebrewRows, encoding: "utf-8", repaired: true });
    expect(decodeText(utf16(`\ufeff${readAsThai(hebrewRows)}`, true))).toMatchObject({
      text: hebrewRows,
      encoding: "utf-16le",
      repaired: true,
    });
  });

  test("refuses it when the bytes 0x80 to 0x9F are lost", () => {
    const lost = readAsThai(hebrewRows).replace(/[\u0080-\u009f]/g, "");
    const replaced = readAsThai(hebrewRows).replace(/[\u0080-\u009f]/g, "\ufffd");
    expect(decodeText(utf8(lost))).toEqual({ refused: "hebrew_lossy" });
    expect(decodeText(utf8(replaced))).toEqual({ refused: "hebrew_lossy" });
  });

  test("leaves real Thai alone", () => {
    const thai = "ชื่อ,เมือง\nสมชาย,กรุงเทพมหานคร\nมือถือ,เชียงใหม่\n";
    expect(decodeText(utf8(thai))).toEqual({ text: thai, encoding: "utf-8", repaired: false });
  });

  test("refuses Unicode with broken places instead of reading it as something else", () => {
    const broken = utf8(hebrewRows);
    broken[1] = 0x20;
    expect(decodeText(broken)).toEqual({ refused: "unicode_damaged" });
    expect(decodeText(utf8(hebrewRows).slice(0, 14))).toEqual({ refused: "unicode_damaged" });
    expect(decodeText(bytesOf(0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00))).toEqual({ refused: "unicode_damaged" });
  });

  test("refuses workbooks and other binary files", () => {
    expect(decodeText(bytesOf(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00))).toEqual({ refused: "spreadsheet" });
    expect(decodeText(bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toEqual({ refused: "spreadsheet" });
    expect(decodeText(bytesOf(0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 0, 0x42, 0))).toEqual({ refused: "binary" });
    expect(decodeText(bytesOf(1, 2, 3, 4, 0x41))).toEqual({ refused: "binary" });
  });

  test("gives back whatever was written as UTF-8", () => {
    const written = fc.oneof(hebrewText, fc.string({ unit: fc.constantFrom(...'aé,;"\n שלוםกข€') }));
    fc.assert(
      fc.property(written, (text) => {
        expect(decodeText(utf8(text))).toEqual({ text, encoding: "utf-8", repaired: false });
      }),
    );
  });
});

describe("repairHebrew", () => {
  const shalom = "\u0e37\u0e09\u0e37\u009c\u0e37\u0095\u0e37\u009d";

  test("puts the worked example right", () => {
    expect(isHebrewReadAsThai(shalom)).toBe(true);
    expect(repairHebrew(shalom)).toEqual({ text: "שלום" });
    expect(repairHebrew("שלום")).toBe("not_needed");
    expect(repairHebrew("")).toBe("not_needed");
  });

  test("reads the signs that windows-874 shows in place of some bytes", () => {
    const shown = readAsThai("הוזחטדה").replace(
      /[\u0091-\u0097]/g,
      (sign) => "‘’“”•–—"[sign.charCodeAt(0) - 0x91] ?? "",
    );
    expect(repairHebrew(shown)).toEqual({ text: "הוזחטדה" });
  });

  test("repairs any Hebrew exactly", () => {
    fc.assert(
      fc.property(hebrewText, (text) => {
        expect(repairHebrew(readAsThai(text))).toEqual({ text });
      }),
    );
  });

  fixtureTest<{ garbled_codepoints: string[] }, { repaired: string }>("F94_mojibake", (given, expected) => {
    const garbled = String.fromCodePoint(...given.garbled_codepoints.map(Number));
    expect(repairHebrew(garbled)).toEqual({ text: expected.repaired });
  });
});

describe("detectDelimiter", () => {
  test.each([
    ["name,phone\nDana,050\n", ","],
    ["name;price\nDana;1,50\nYossi;2,75\n", ";"],
    ["name\tphone\r\nDana, Levi\t050\r\n", "\t"],
    ["name|phone|city\nDana|050|Haifa", "|"],
    ['"Levi, Dana";"a;b"\n"Cohen, Yossi";"c"\n', ";"],
    ['name,note\nDana,"two\nlines; and ""quotes"""\nYossi,\n', ","],
    ["sep=;\nname;phone\nDana;050\n", ";"],
    ["name\nDana\n", ","],
    ["", ","],
    ["a,b;c,d\ne,f;g,h\n", ","],
    ["\n\nname;phone\n\nDana;050", ";"],
  ])("finds the one of %j", (text, expected) => {
    expect(detectDelimiter(text)).toBe(expected);
  });

  test("finds it in whatever is written with quotes where they are needed", () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab,;\t|"\n שלום'), maxLength: 8 });
    const rows = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 3, maxLength: 8 }),
      );
    fc.assert(
      fc.property(rows, fc.constantFrom(",", ";", "\t", "|"), (table, delimiter) => {
        const quoted = table.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter));
        expect(detectDelimiter(quoted.join("\r\n"))).toBe(delimiter);
      }),
    );
  });
});
