import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { MailForm } from "@/components/saved-reports/mail-form";
import { DeleteReport, StopMails } from "@/components/saved-reports/report-button";
import { BarChart, LineChart } from "@/components/saved-reports/report-chart";
import { type Choices, ReportForm } from "@/components/saved-reports/report-form";
import { ReportRows } from "@/components/saved-reports/report-rows";
import { ResultTable } from "@/components/saved-reports/result-table";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { Messages } from "@/components/ui/messages";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import type { Context } from "@/lib/context";
import { translatorIn } from "@/lib/digest/letter";
import { paths } from "@/lib/paths";
import { listChoices } from "@/lib/saved-reports/choices";
import { listReportReaders, requireReport } from "@/lib/saved-reports/queries";
import { readRows, runDefinition } from "@/lib/saved-reports/result";
import { type GroupValue, type ReportGroup, type ReportResult, RowsInput } from "@/lib/saved-reports/schema";
import type { Dimension } from "@/lib/saved-reports/vocabulary";
import { valueWords } from "@/lib/saved-reports/words";
import { load } from "@/lib/server/page";

type Asked = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ workspace: string; id: string }>; searchParams: Promise<Asked> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("reports"))("title") };
}

/** Which rows the address asks for; null for none, and for what nobody can read. */
function rowsAsked(asked: Asked, id: string): RowsInput | null {
  if (asked.rows !== "1") return null;
  const { a, b, cursor } = asked;
  const parsed = RowsInput.safeParse({ id, a, b, cursor });
  return parsed.success ? parsed.data : null;
}

async function readPage(ctx: Context, id: string, asked: Asked) {
  const report = await requireReport(ctx, id);
  const input = rowsAsked(asked, id);
  const [result, choices, readers, rows] = await Promise.all([
    runDefinition(ctx, report.definition),
    listChoices(ctx, report.definition.subject),
    listReportReaders(ctx),
    input ? readRows(ctx, report.definition, input) : null,
  ]);
  return { report, result, choices, readers, rows, input, memberId: ctx.memberId };
}

type Words = (dimension: Dimension, value: GroupValue) => string;

function barsOf({ definition: { groupBy }, groups }: ReportResult, wordsOf: Words) {
  const wordsAt = (value: ReportGroup["a"], place: number) => {
    const dimension = groupBy[place];
    return value && dimension ? [wordsOf(dimension, value)] : [];
  };
  return groups.map(({ a, b, count }) => ({
    key: `${a?.key}|${b?.key}`,
    label: [...wordsAt(a, 0), ...wordsAt(b, 1)].join(" · "),
    count,
  }));
}

/** One report: what it asks, what it finds as a table and a drawing, the rows behind a number, its files and its mails. */
export default async function ReportPage({ params, searchParams }: Props) {
  const { workspace, id } = await params;
  const { report, result, choices, readers, rows, input, memberId } = await load(
    workspace,
    readPage,
    id,
    await searchParams,
  );
  const t = await getTranslations("reports");
  const locale = await getLocale();
  const words = translatorIn(locale);
  const wordsOf: Words = (dimension, value) => valueWords(words, locale, dimension, value);
  const worded: Choices = choices.map(({ dimension, values }) => ({
    dimension,
    values: values.map((value) => ({ key: value.key, label: wordsOf(dimension, value) })),
  }));
  const { chart, groupBy } = result.definition;
  const bars = groupBy.length > 0 ? barsOf(result, wordsOf) : [];
  const fileAt = (what: string, kind: string) => paths.api(workspace, `/saved-reports/${id}/${what}/${kind}`);
  const more = rows?.nextCursor
    ? paths.report(
        workspace,
        id,
        new URLSearchParams({
          ...{ rows: "1", cursor: rows.nextCursor },
          ...(input?.a === undefined ? {} : { a: input.a }),
          ...(input?.b === undefined ? {} : { b: input.b }),
        }).toString(),
      )
    : null;
  return (
    <Messages namespaces={["reports"]}>
      <PageHead
        title={<bdi>{report.name}</bdi>}
        statement={t("total", { count: result.total })}
        above={
          <Link
            href={paths.reports(workspace)}
            className="text-12 text-ink-3 underline underline-offset-2 print:hidden"
          >
            {t("back")}
          </Link>
        }
      >
        {report.mayEdit ? <DeleteReport workspace={workspace} id={id} /> : null}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-4 pb-12 md:px-7">
        {report.mayEdit ? (
          <ReportForm key={report.version} workspace={workspace} report={report} choices={worded} />
        ) : null}
        <section>
          <SectionHead title={t("result")} note={<DateTime at={result.asOf} zone={result.timeZone} />} />
          {result.total === 0 ? (
            <EmptyState title={t("nothing")}>{t("nothing_hint")}</EmptyState>
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
              {chart === "bar" && bars.length > 0 ? <BarChart bars={bars} /> : null}
              {chart === "line" && bars.length > 1 ? <LineChart bars={bars} label={report.name} /> : null}
              <ResultTable workspace={workspace} id={id} result={result} wordsOf={wordsOf} />
            </div>
          )}
          <p className="pt-2 text-12 text-ink-3">
            {t("zone", { zone: result.timeZone })} {t("of_ended")}
          </p>
        </section>
        {rows ? (
          <ReportRows workspace={workspace} rows={rows.data} zone={result.timeZone} more={more} wordsOf={wordsOf} />
        ) : null}
        <section className="print:hidden">
          <SectionHead title={t("files")} note={t("files_hint")} />
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-13">
            {(["table", "rows"] as const).map((what) =>
              (["csv", "xlsx"] as const).map((kind) => (
                <a key={`${what}${kind}`} href={fileAt(what, kind)} download className="underline underline-offset-2">
                  {t(`${what}_${kind}`)}
                </a>
              )),
            )}
            <a
              href={paths.api(workspace, `/saved-reports/${id}/pdf`)}
              download
              className="underline underline-offset-2"
            >
              {t("table_pdf")}
            </a>
          </p>
        </section>
        <section className="print:hidden">
          <SectionHead title={t("mail")} />
          {report.nextMailAt ? (
            <p className="text-13">
              {t("next_mail")} <DateTime at={report.nextMailAt} zone={result.timeZone} />
            </p>
          ) : null}
          {report.recipients.some((each) => each.id === memberId) ? <StopMails workspace={workspace} id={id} /> : null}
          {report.mayEdit ? (
            <MailForm
              key={report.version}
              workspace={workspace}
              report={report}
              readers={readers}
              zone={result.timeZone}
            />
          ) : null}
        </section>
      </div>
    </Messages>
  );
}
