import { stringify } from "csv-stringify/sync";

/** What a spreadsheet needs at the start of a file to read it as UTF-8. */
export const byteOrderMark = "\ufeff";

/** Text that would be run as a formula gets an apostrophe before it, as spreadsheets do themselves. */
function guarded(cell: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

/** Rows as CSV, quoted where needed, with nothing in them that a spreadsheet would run. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(rows.map((row) => row.map(guarded)));
}
