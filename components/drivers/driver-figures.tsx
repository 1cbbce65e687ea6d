import { getLocale, getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { DriversReport } from "@/lib/drivers/schema";
import { figureOf, nameIn } from "./words";

const columns = ["beta", "weight", "share", "alone", "johnson", "johnsonShare", "shrunken", "priority"] as const;
const endings = ["beta", "oddsRatio", "alone", "weight", "share"] as const;

/** Every figure to four places: what the drawings show, as tables. */
export async function DriverFigures({ report }: { report: DriversReport }) {
  const t = await getTranslations("drivers");
  const locale = await getLocale();
  const { moments, outcomes, voice, outcome } = report;
  const whole: [string, number][] = [
    ...(voice?.status === "estimated" ? [["rSquared", voice.rSquared] as [string, number]] : []),
    ...(outcome?.status === "estimated"
      ? ([
          ["nullLogLikelihood", outcome.nullLogLikelihood],
          ["logLikelihood", outcome.logLikelihood],
          ["mcFadden", outcome.rSquared],
          ["intercept", outcome.intercept],
        ] as [string, number][])
      : []),
  ];
  return (
    <details className="pt-6">
      <summary className="cursor-pointer py-1 text-13 font-550">{t("figures")}</summary>
      <ScrollRegion label={t("figures")}>
        <Table
          head={t("column.moment")}
          columns={columns.map((column) => t(`figure.${column}`))}
          rows={moments.map((line) => ({
            key: `${line.type} ${line.momentId}`,
            name: nameIn(locale, line),
            values: columns.map((column) => figureOf(line[column])),
          }))}
        />
        {outcomes.length > 0 ? (
          <Table
            head={t("outcome")}
            columns={endings.map((column) => t(`figure.${column}`))}
            rows={outcomes.map((line) => ({
              key: `${line.type} ${line.momentId}`,
              name: nameIn(locale, line),
              values: endings.map((column) => figureOf(line[column])),
            }))}
          />
        ) : null}
        <dl className="mt-3 grid max-w-120 grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-12">
          {whole.map(([name, value]) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-ink-2">{t(`figure.${name}`)}</dt>
              <dd className="num text-end">
                <bdi dir="ltr">{figureOf(value)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </ScrollRegion>
    </details>
  );
}

type TableProps = { head: string; columns: string[]; rows: { key: string; name: string; values: string[] }[] };

function Table({ head, columns, rows }: TableProps) {
  return (
    <table className="mt-2 border-collapse text-12">
      <thead>
        <tr className="border-hairline-strong border-b text-ink-3">
          <th scope="col" className="py-1 pe-3 text-start font-450">
            {head}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className="px-3 py-1 text-end font-450">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, values }) => (
          <tr key={key} className="border-hairline border-b">
            <th scope="row" className="py-1 pe-3 text-start font-450">
              {name}
            </th>
            {values.map((value, place) => (
              <td key={columns[place]} className="num px-3 py-1 text-end">
                <bdi dir="ltr">{value}</bdi>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
