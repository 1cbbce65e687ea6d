import { repairHebrew } from "@/lib/imports/hebrew-repair";
import { decodeWestern, looksHebrew } from "@/lib/imports/single-byte";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1255" | "windows-1252";

/**
 * Why a file cannot be read as text: a workbook or another binary file, Unicode with broken places, or Hebrew that
 * was read as Thai and has lost the bytes 0x80-0x9F, and with them most of its letters.
 */
export type RefusedEncoding = "spreadsheet" | "binary" | "unicode_damaged" | "hebrew_lossy";

/** `repaired` tells that Hebrew which had been read as Thai was put right. */
export type DecodedText = { text: string; encoding: TextEncoding; repaired: boolean };

/**
 * The text of a file of unknown encoding, without byte order mark, or the reason why it is refused (DOMAIN F94).
 *
 * Never guesses past damage: an import of unreadable names would cost more than a refusal.
 */
export function decodeText(bytes: Uint8Array): DecodedText | { refused: RefusedEncoding } {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return { refused: "spreadsheet" };
  }
  const encoding = encodingOf(bytes);
  if (typeof encoding === "object") return encoding;
  const text = decode(bytes, encoding);
  if (text === null) return { refused: "unicode_damaged" };
  const repair = repairHebrew(text);
  if (repair === "not_needed") return { text, encoding, repaired: false };
  return repair === "lossy" ? { refused: "hebrew_lossy" } : { text: repair.text, encoding, repaired: true };
}

function decode(bytes: Uint8Array, encoding: TextEncoding): string | null {
  if (encoding === "windows-1252") return decodeWestern(bytes);
  if (encoding === "windows-1255") return new TextDecoder(encoding).decode(bytes);
  return decodeStrictly(bytes, encoding);
}

function encodingOf(bytes: Uint8Array): TextEncoding | { refused: RefusedEncoding } {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) return { refused: "binary" };
  if (startsWith(bytes, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(bytes, [0xfe, 0xff])) return "utf-16be";
  const controls = countControls(bytes);
  if (controls.zeros > 0) return utf16ByZeros(bytes, controls) ?? { refused: "binary" };
  if (controls.others > bytes.length / 100) return { refused: "binary" };
  if (decodeStrictly(bytes, "utf-8") !== null) return "utf-8";
  if (startsWith(bytes, [0xef, 0xbb, 0xbf]) || isMostlyUtf8(bytes)) return { refused: "unicode_damaged" };
  return looksHebrew(bytes) ? "windows-1255" : "windows-1252";
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}

type Controls = { zeros: number; evenZeros: number; others: number };

function countControls(bytes: Uint8Array): Controls {
  const counts = { zeros: 0, evenZeros: 0, others: 0 };
  bytes.forEach((byte, index) => {
    if (byte === 0) {
      counts.zeros += 1;
      counts.evenZeros += 1 - (index % 2);
    } else if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1a) counts.others += 1;
  });
  return counts;
}

/** In UTF-16 every ASCII character has one zero byte, always on the same side. */
function utf16ByZeros(bytes: Uint8Array, { zeros, evenZeros }: Controls): TextEncoding | null {
  if (bytes.length % 2 === 1 || zeros < bytes.length / 50) return null;
  if (evenZeros <= zeros / 50) return "utf-16le";
  return zeros - evenZeros <= zeros / 50 ? "utf-16be" : null;
}

function decodeStrictly(bytes: Uint8Array, encoding: TextEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Text of another encoding hardly ever forms the multi-byte sequences of UTF-8, so many of them betray it. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder("utf-8").decode(bytes);
  let whole = 0;
  let broken = 0;
  for (const character of text) {
    if (character === "\ufffd") broken += 1;
    else if (character > "\u007f") whole += 1;
  }
  return whole > 4 * broken;
}

export type Delimiter = "," | ";" | "\t" | "|";

const delimiters: readonly Delimiter[] = [",", ";", "\t", "|"];
const sampleLength = 65_536;

/**
 * The character that separates the fields of a delimited text: the one that gives the most records the same number of
 * fields, the higher number at a tie; a comma when there is nothing to tell.
 *
 * Quoted fields may contain any of them, and line ends. A first line `sep=;`, as Excel writes it, decides.
 */
export function detectDelimiter(text: string): Delimiter {
  const declared = /^\ufeff?sep=([,;\t|])\r?\n/i.exec(text)?.[1];
  const stated = delimiters.find((delimiter) => delimiter === declared);
  if (stated) return stated;
  let best: { delimiter: Delimiter; agreement: number; fields: number } | null = null;
  for (const delimiter of delimiters) {
    const { agreement, fields } = agreementOf(countFields(text, delimiter));
    const isBetter = !best || agreement > best.agreement || (agreement === best.agreement && fields > best.fields);
    if (fields > 1 && isBetter) best = { delimiter, agreement, fields };
  }
  return best?.delimiter ?? ",";
}

type FieldCounts = { counts: number[]; brokenQuotes: number };

/** The share of records with as many fields as the first, which names the columns; a broken quote speaks against it. */
function agreementOf({ counts, brokenQuotes }: FieldCounts): { agreement: number; fields: number } {
  const fields = counts[0] ?? 0;
  const agreeing = counts.filter((count) => count === fields).length;
  return { agreement: agreeing / Math.max(1, counts.length + brokenQuotes), fields };
}

/**
 * The number of fields of each record at the start of the text; blank lines and a record cut off do not count. A quote
 * is broken when its field goes on behind it.
 */
function countFields(text: string, delimiter: Delimiter): FieldCounts {
  const counts: number[] = [];
  let brokenQuotes = 0;
  const length = Math.min(text.length, sampleLength);
  let fields = 1;
  let isQuoted = false;
  let fieldStart = 0;
  let recordStart = 0;
  for (let index = 0; index < length; index += 1) {
    const character = text[index];
    if (isQuoted) {
      if (character !== '"') continue;
      const next = text[index + 1];
      if (next === '"') index += 1;
      else {
        isQuoted = false;
        if (next !== undefined && next !== delimiter && next !== "\n" && next !== "\r") brokenQuotes += 1;
      }
    } else if (character === '"' && index === fieldStart) isQuoted = true;
    else if (character === delimiter) {
      fields += 1;
      fieldStart = index + 1;
    } else if (character === "\n" || character === "\r") {
      if (index > recordStart) counts.push(fields);
      fields = 1;
      fieldStart = index + 1;
      recordStart = index + 1;
    }
  }
  if (length === text.length && length > recordStart && !isQuoted) counts.push(fields);
  return { counts, brokenQuotes: brokenQuotes + (isQuoted && length === text.length ? 1 : 0) };
}
