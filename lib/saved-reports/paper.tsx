import { translatorIn } from "../digest/letter";
import { type Locale, localeOf } from "../i18n/locales";
import { PaperLine, PaperRow, renderPaper } from "../paper/paper";
import type { Cell } from "../xlsx/workbook";

/** So many lines are printed; the rest is in the table. */
export const mostPrinted = 400;

/** More columns than these are printed across. */
const mostUpright = 5;

type Printed = { name: string; company: string; at: string; lines: readonly (readonly Cell[])[]; locale: string };

const textOf = (cell: Cell, locale: Locale): string =>
  typeof cell === "number"
    ? new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(cell)
    : cell === null
      ? "–"
      : String(cell);

/** Two groups may bear one name: a line is known by its place too. */
const placed = (place: number, line: readonly Cell[]) => `${place} ${line[0] ?? ""}`;

/** A report's table as a PDF in one language, head first; what does not fit is said and stands in the CSV. */
export async function reportPaper({
  name,
  company,
  at,
  lines,
  locale: asked,
}: Printed): Promise<Uint8Array<ArrayBuffer>> {
  const locale = localeOf(asked, null);
  const t = translatorIn(locale);
  const [head = [], ...rows] = lines;
  const widths = head.map((_, place) => (place === 0 ? 3 : 1.4));
  const cellsOf = (line: readonly Cell[]) =>
    head.map((_, place) => [String(place), textOf(line[place] ?? null, locale)] as const);
  const left = rows.length - mostPrinted;
  const body = await renderPaper({
    ...{ title: name, locale, foot: `${at} · ${company}`, isWide: head.length > mostUpright },
    children: (
      <>
        <PaperLine locale={locale} kind="quiet">
          {company}
        </PaperLine>
        <PaperLine locale={locale} kind="title">
          {name}
        </PaperLine>
        <PaperLine locale={locale} kind="quiet">
          {t("reports.paper_at", { at })}
        </PaperLine>
        <PaperRow locale={locale} widths={widths} cells={cellsOf(head)} isStrong />
        {rows.slice(0, mostPrinted).map((line, place) => (
          <PaperRow key={placed(place, line)} locale={locale} widths={widths} cells={cellsOf(line)} />
        ))}
        {rows.length === 0 ? <PaperLine locale={locale}>{t("reports.paper_empty")}</PaperLine> : null}
        {left > 0 ? <PaperLine locale={locale}>{t("reports.paper_more", { count: left })}</PaperLine> : null}
      </>
    ),
  });
  return new Uint8Array(body);
}
