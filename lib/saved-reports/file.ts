import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { byteOrderMark, csvOf } from "../csv";
import { translatorIn } from "../digest/letter";
import { localeOf } from "../i18n/locales";
import type { Download } from "../server/download";
import type { StreamedFile } from "../server/streamed";
import { record, transaction } from "../transaction";
import { type Cell, writeWorkbook } from "../xlsx/workbook";
import { requireReport } from "./queries";
import { readRows, runDefinition } from "./result";
import type { Definition, ReportFile } from "./schema";
import { isShare, vocabulary } from "./vocabulary";
import { headOf, measuredCells, valueWords } from "./words";

/** Every line of a result's table in the reader's language, head first. */
export async function tableOf(ctx: Context, definition: Definition): Promise<Cell[][]> {
  const { groups } = await runDefinition(ctx, definition);
  const t = translatorIn(ctx.locale);
  const { subject, groupBy } = definition;
  const measures = definition.measures.map((measure) => ({ measure, isShare: isShare(subject, measure) }));
  return [
    headOf(t, { groupBy, measures }),
    ...groups.map(({ a, b, count, measured }) => [
      ...groupBy.map((dimension, place) => {
        const value = place === 0 ? a : b;
        return value ? valueWords(t, ctx.locale, dimension, value) : "";
      }),
      count,
      ...measured.flatMap(measuredCells),
    ]),
  ];
}

/** Every row behind a report in pieces, without anybody's name or words: those leave by an approved export alone. */
async function* rowsOf(ctx: Context, definition: Definition): AsyncGenerator<Cell[][], number> {
  const t = translatorIn(ctx.locale);
  const { dimensions } = vocabulary[definition.subject];
  yield [
    ["id", t("reports.at"), t("reports.customer_id"), ...dimensions.map((each) => t(`reports.dimension.${each}`))],
  ];
  let count = 0;
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await readRows(ctx, definition, { cursor, limit: 2000 });
    count += page.data.length;
    if (page.data.length > 0)
      yield page.data.map(({ id, at, customerId, values }) => [
        ...[id, at, customerId],
        ...values.map(({ dimension, value }) => valueWords(t, ctx.locale, dimension, value)),
      ]);
    cursor = page.nextCursor;
  }
  return count;
}

async function* tablePieces(ctx: Context, definition: Definition): AsyncGenerator<Cell[][], number> {
  const lines = await tableOf(ctx, definition);
  for (let from = 0; from < lines.length; from += 2000) yield lines.slice(from, from + 2000);
  return lines.length - 1;
}

/** Lines as CSV (UTF-8 with byte order mark); numbers stay numbers, text is kept from being run. */
export function csvLines(lines: readonly (readonly Cell[])[]): string {
  return csvOf(lines.map((line) => line.map((cell) => (cell === null ? "" : String(cell)))));
}

/** The moment a report was made, in words of its reader's language and the workspace's clock. */
export async function momentOf(ctx: Context): Promise<{ company: string; at: string }> {
  const { name, timeZone } = await ctx.db.workspace.findUniqueOrThrow({
    where: { id: ctx.workspaceId },
    select: { name: true, timeZone: true },
  });
  const clock = new Intl.DateTimeFormat(localeOf(ctx.locale, null), {
    dateStyle: "long",
    timeStyle: "short",
    timeZone,
  });
  return { company: name, at: clock.format(ctx.now) };
}

/** A saved report's table as a PDF to print; the audit says that it left. What writes it is loaded when somebody first asks. */
export async function getReportPaper(ctx: Context, { id }: { id: string }): Promise<Download> {
  requirePermission(ctx, "reports.read");
  const { name, definition } = await requireReport(ctx, id);
  const lines = await tableOf(ctx, definition);
  const { reportPaper } = await import("./paper");
  const body = await reportPaper({ name, lines, locale: ctx.locale, ...(await momentOf(ctx)) });
  await transaction(ctx, async (ctx) => {
    const detail = { what: "table", kind: "pdf", rows: lines.length - 1 };
    record(ctx, "saved_report.fetched", { subject: `saved_report:${id}`, detail });
  });
  return { fileName: `report-${id.slice(-6)}.pdf`, mediaType: "application/pdf", body };
}

/** A saved report's table, or the rows behind it, as a file in pieces; once it is whole, the audit says what left. */
export async function getReportFile(ctx: Context, { id, what, kind }: ReportFile): Promise<StreamedFile> {
  requirePermission(ctx, "reports.read");
  const { definition } = await requireReport(ctx, id);
  async function* lines(): AsyncGenerator<Cell[][]> {
    const rows = yield* what === "table" ? tablePieces(ctx, definition) : rowsOf(ctx, definition);
    await transaction({ ...ctx, now: new Date() }, async (ctx) => {
      record(ctx, "saved_report.fetched", { subject: `saved_report:${id}`, detail: { what, kind, rows } });
    });
  }
  async function* csv(): AsyncGenerator<string> {
    yield byteOrderMark;
    for await (const each of lines()) yield csvLines(each);
  }
  const fileName = `report-${id.slice(-6)}-${what}.${kind}`;
  if (kind === "csv") return { fileName, mediaType: "text/csv; charset=utf-8", pieces: csv() };
  const mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const isRightToLeft = localeOf(ctx.locale, null) === "he";
  return { fileName, mediaType, pieces: writeWorkbook(lines(), { isRightToLeft }) };
}
