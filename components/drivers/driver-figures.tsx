import { getLocale, getTranslations } from "next-intl/server";
import { FigureFold, FigureList, FigureTable } from "@/components/ui/figure-table";
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
    <FigureFold title={t("figures")}>
      <FigureTable
        head={t("column.moment")}
        columns={columns.map((column) => t(`figure.${column}`))}
        rows={moments.map((line) => ({
          key: `${line.type} ${line.momentId}`,
          name: nameIn(locale, line),
          values: columns.map((column) => figureOf(line[column])),
        }))}
      />
      {outcomes.length > 0 ? (
        <FigureTable
          head={t("outcome")}
          columns={endings.map((column) => t(`figure.${column}`))}
          rows={outcomes.map((line) => ({
            key: `${line.type} ${line.momentId}`,
            name: nameIn(locale, line),
            values: endings.map((column) => figureOf(line[column])),
          }))}
        />
      ) : null}
      <FigureList figures={whole.map(([name, value]) => [t(`figure.${name}`), figureOf(value)])} />
    </FigureFold>
  );
}
