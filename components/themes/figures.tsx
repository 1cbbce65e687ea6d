import { getLocale, getTranslations } from "next-intl/server";
import { FigureFold, FigureTable } from "@/components/ui/figure-table";
import type { ThemesReport } from "@/lib/themes/schema";
import { figureOf, namedIn } from "./words";

/** Every figure of the report to four places, as a table. */
export async function ThemeFigures({ report }: { report: ThemesReport }) {
  const t = await getTranslations("themes");
  const locale = await getLocale();
  const columns = ["k", "n", "prevalence", "negative", "lo", "hi", "base", "lift"] as const;
  return (
    <FigureFold title={t("figures")}>
      <FigureTable
        head={t("column.theme")}
        columns={columns.map((column) => t(`figure.${column}`))}
        rows={report.themes
          .filter(({ prevalence }) => prevalence.k > 0)
          .map((line) => ({
            key: line.themeId,
            name: namedIn(locale, line),
            values: [
              line.prevalence.k,
              line.prevalence.n,
              ...[
                line.prevalence.rate,
                line.negative.rate,
                line.negative.lo,
                line.negative.hi,
                line.negativeOfAll.rate,
                line.lift,
              ].map(figureOf),
            ],
          }))}
      />
    </FigureFold>
  );
}
