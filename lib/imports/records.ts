import type { Delimiter } from "@/lib/imports/encoding";

/** One record of a delimited text; `line` is the physical line it starts on, the first being 1. */
export type TextRecord = { line: number; end: number; cells: string[]; problem: "broken_quotes" | "too_long" | null };

/** Longer records are taken for a fault of the file, in characters. */
const longestRecord = 1_000_000;
/** What is kept of a record that could not be read. */
const keptOfBroken = 2_000;

type Scanned = { cells: string[]; next: number; lines: number } | { problem: "broken_quotes" | "too_long" };

/**
 * The records of a delimited text (RFC 4180 with any line ends), blank lines left out. Never throws.
 *
 * A quote that is not closed, or closed in the middle of a field, costs its own physical line and no other: the line
 * comes out as a problem and reading goes on with the next. That is why no parser stands here that loses the rest.
 */
export function* readRecords(text: string, delimiter: Delimiter): Generator<TextRecord> {
  let index = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  const declared = /^sep=.\r?\n/i.exec(text.slice(index, index + 10));
  if (declared) {
    index += declared[0].length;
    line += 1;
  }
  while (index < text.length) {
    const scanned = scanRecord(text, index, delimiter);
    if ("problem" in scanned) {
      const stop = lineEnd(text, index);
      const cells = [text.slice(index, Math.min(stop, index + keptOfBroken))];
      index = afterLineEnd(text, stop);
      yield { line, end: index, cells, problem: scanned.problem };
      line += 1;
      continue;
    }
    index = scanned.next;
    if (scanned.cells.some((cell) => cell.trim() !== "")) {
      yield { line, end: index, cells: scanned.cells, problem: null };
    }
    line += scanned.lines;
  }
}

/** Reads from the start of a record to after its line end; `lines` counts the physical lines it covers. */
function scanRecord(text: string, start: number, delimiter: string): Scanned {
  const cells: string[] = [];
  let index = start;
  let lines = 1;
  for (;;) {
    let cell: string;
    if (text[index] === '"') {
      const quoted = scanQuoted(text, index);
      if ("problem" in quoted) return quoted;
      const { next } = quoted;
      if (next < text.length && text[next] !== delimiter && !isLineEnd(text[next])) return { problem: "broken_quotes" };
      ({ cell } = quoted);
      lines += quoted.lines;
      index = next;
    } else {
      const from = index;
      while (index < text.length && text[index] !== delimiter && !isLineEnd(text[index])) index += 1;
      cell = text.slice(from, index);
    }
    if (index - start > longestRecord) return { problem: "too_long" };
    cells.push(cell);
    if (text[index] !== delimiter) return { cells, next: afterLineEnd(text, index), lines };
    index += 1;
  }
}

type Quoted = { cell: string; next: number; lines: number } | { problem: "broken_quotes" | "too_long" };

function scanQuoted(text: string, start: number): Quoted {
  let cell = "";
  let lines = 0;
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { problem: "broken_quotes" };
    if (quote - start > longestRecord) return { problem: "too_long" };
    const part = text.slice(from, quote);
    cell += part;
    lines += part.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (text[quote + 1] !== '"') return { cell, next: quote + 1, lines };
    cell += '"';
    from = quote + 2;
  }
}

function isLineEnd(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}

function lineEnd(text: string, from: number): number {
  let index = from;
  while (index < text.length && !isLineEnd(text[index])) index += 1;
  return index;
}

function afterLineEnd(text: string, index: number): number {
  return text[index] === "\r" && text[index + 1] === "\n" ? index + 2 : index + 1;
}
