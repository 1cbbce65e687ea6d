import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** One value of a row. */
export type Cell = string | number | boolean | Date | null;

/** One row in COPY's text format. */
function line(cells: readonly Cell[]): string {
  const texts = cells.map((cell) => {
    if (cell === null) return "\\N";
    if (cell instanceof Date) return cell.toISOString();
    return String(cell).replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");
  });
  return `${texts.join("\t")}\n`;
}

/** Streams rows into a table by COPY; the connection's role must bypass row security. */
export async function copy(
  client: pg.Client,
  table: string,
  columns: string,
  rows: () => Generator<Cell[]>,
): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
  const chunks = function* () {
    let chunk = "";
    for (const row of rows()) {
      chunk += line(row);
      if (chunk.length > 65_536) {
        yield chunk;
        chunk = "";
      }
    }
    if (chunk) yield chunk;
  };
  await pipeline(Readable.from(chunks()), stream);
}
