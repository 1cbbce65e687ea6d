import type { Context } from "../context";
import { exportCustomers } from "../customers/list-export";
import type { StreamedFile } from "../server/streamed";
import { record, transaction } from "../transaction";
import { openExport } from "./commands";
import type { ExportKey } from "./schema";

/** The approved file in pieces; once it is whole, the audit says how many rows left. */
export async function fetchExport(ctx: Context, key: ExportKey): Promise<StreamedFile> {
  const { query } = await openExport(ctx, key);
  async function* pieces(): AsyncGenerator<string> {
    const rows = yield* exportCustomers(ctx, query);
    await transaction({ ...ctx, now: new Date() }, async (ctx) => {
      record(ctx, "export.finished", { subject: `export:${key.id}`, detail: { rows } });
    });
  }
  return { fileName: `customers-${key.id.slice(-6)}.csv`, mediaType: "text/csv; charset=utf-8", pieces: pieces() };
}
