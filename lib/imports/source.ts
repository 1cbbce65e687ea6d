import { decodeText, detectDelimiter } from "@/lib/imports/encoding";
import { readRecords, type TextRecord } from "@/lib/imports/records";
import type { ImportFileView } from "@/lib/imports/schema";

export type SourceRecord = TextRecord & { progress: number };

/** A file that could be read: what it is, its columns, and its records without the header. */
export type Source = { view: ImportFileView; columns: string[]; records(): Generator<SourceRecord> };

export type StoredFile = { id: string; name: string; content: Uint8Array };

/**
 * Opens a stored file as delimited text; `view.refused` tells why it cannot be read (an encoding, `empty`).
 *
 * Columns without a name are called by their number, and a name that occurs again gets its count.
 */
export function openSource(file: StoredFile, offset = 0): Source {
  const view: ImportFileView = {
    id: file.id,
    name: file.name,
    size: file.content.length,
    encoding: null,
    delimiter: null,
    repaired: false,
    refused: null,
    columns: [],
    offset,
  };
  const decoded = decodeText(file.content);
  if ("refused" in decoded) return unreadable({ ...view, refused: decoded.refused });
  const delimiter = detectDelimiter(decoded.text);
  const header = readRecords(decoded.text, delimiter).next().value as TextRecord | undefined;
  if (!header || header.problem) return unreadable({ ...view, refused: header?.problem ?? "empty" });
  const columns = nameColumns(header.cells);
  return {
    view: { ...view, encoding: decoded.encoding, repaired: decoded.repaired, delimiter, columns },
    columns,
    *records() {
      const records = readRecords(decoded.text, delimiter);
      records.next();
      for (const record of records) {
        yield { ...record, cells: record.cells.map(unguard), progress: record.end / decoded.text.length };
      }
    },
  };
}

function unreadable(view: ImportFileView): Source {
  return {
    view,
    columns: [],
    *records() {
      // a file that could not be read has none
    },
  };
}

/**
 * Takes off the apostrophe that keeps a spreadsheet from reading a value as a formula, so that exports come back whole,
 * and the zero characters that no database text can hold.
 */
function unguard(cell: string): string {
  const text = cell.replaceAll("\u0000", "");
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

function nameColumns(cells: readonly string[]): string[] {
  const used = new Set<string>();
  return cells.map((cell, index) => {
    const base = cell.replace(/\s+/g, " ").trim() || `#${index + 1}`;
    let name = base;
    for (let count = 2; used.has(name); count += 1) name = `${base} (${count})`;
    used.add(name);
    return name;
  });
}
