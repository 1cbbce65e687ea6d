import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { byteOrderMark, csvOf } from "@/lib/csv";
import { AppError } from "@/lib/errors";
import { type ImportId, linesPerFile, type RejectView } from "@/lib/imports/schema";
import { storedFiles, toReject } from "@/lib/imports/stored";
import en from "@/lib/messages/en/imports.json";
import he from "@/lib/messages/he/imports.json";

const pageSize = 2000;

export type RejectsFile = { fileName: string; mediaType: string; body: string };

/**
 * The rejected rows as CSV (UTF-8 with byte order mark, for spreadsheets): their own columns, then line and reason in
 * the reader's language. Values that a spreadsheet would run as a formula are guarded; corrected, it can be imported.
 */
export async function getRejects(ctx: Context, { id }: ImportId): Promise<RejectsFile> {
  requirePermission(ctx, "imports.run");
  const { workspaceId } = ctx;
  const found = await ctx.db.import.findFirst({ where: { workspaceId, id }, select: { files: true } });
  if (!found) throw new AppError("not_found", "import");
  const files = storedFiles(found.files);
  const words = ctx.locale === "he" ? he : en;
  const columns = [...new Set(files.flatMap((file) => file.columns))];
  let body = `${byteOrderMark}${csvOf([[...columns, ...(files.length > 1 ? [words.report.file] : []), words.report.line, words.report.reason]])}`;
  for (let after = -1; ; ) {
    const rows = await ctx.db.importRow.findMany({
      where: { workspaceId, importId: id, outcome: "rejected", line: { gt: after } },
      orderBy: { line: "asc" },
      take: pageSize,
    });
    body += csvOf(
      rows.map((row) => {
        const reject = toReject(row, files);
        const place = files.length > 1 ? [reject.file, String(reject.line)] : [String(reject.line)];
        const own = files[Math.floor(row.line / linesPerFile)]?.columns ?? [];
        return [...cellsOf(reject, columns, own), ...place, reasonText(reject, words)];
      }),
    );
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) break;
    after = last.line;
  }
  return { fileName: `rejected-${id.slice(-6)}.csv`, mediaType: "text/csv; charset=utf-8", body };
}

/** The row under the columns of all files; what stands beyond its own columns is kept in the last one. */
function cellsOf(reject: RejectView, columns: readonly string[], own: readonly string[]): string[] {
  const cells = [...reject.cells];
  if (own.length > 0 && cells.length > own.length) {
    cells.splice(own.length - 1, cells.length, cells.slice(own.length - 1).join(","));
  }
  return columns.map((column) => cells[own.indexOf(column)] ?? "");
}

function reasonText(reject: RejectView, words: typeof en): string {
  const text = words.reasons[reject.reason];
  const where = [reject.column, reject.value].filter(Boolean).join(": ");
  return where ? `${text} (${where})` : text;
}
