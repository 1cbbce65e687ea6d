import { getLocale, getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ThemesReport } from "@/lib/themes/schema";
import { figureOf, namedIn } from "./words";

/** Every figure of the report to four places, as a table. */
export async function ThemeFigures({ report }: { report: ThemesReport }) {
  const t = await getTranslations("themes");
  const locale = await getLocale();
  const columns = ["k", "n", "prevalence", "negative", "lo", "hi", "base", "lift"] as const;
  const cell = "num px-3 py-1 text-end";
  return (
    <details className="pt-4">
      <summary className="cursor-pointer py-1 text-13 font-550">{t("figures")}</summary>
      <ScrollRegion label={t("figures")}>
        <table className="mt-2 border-collapse text-12">
          <thead>
            <tr className="border-hairline-strong border-b text-ink-3">
              <th scope="col" className="py-1 pe-3 text-start font-450">
                {t("column.theme")}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-1 text-end font-450">
                  {t(`figure.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.themes
              .filter(({ prevalence }) => prevalence.k > 0)
              .map((line) => (
                <tr key={line.themeId} className="border-hairline border-b">
                  <th scope="row" className="py-1 pe-3 text-start font-450">
                    {namedIn(locale, line)}
                  </th>
                  <td className={cell}>{line.prevalence.k}</td>
                  <td className={cell}>{line.prevalence.n}</td>
                  {(
                    [
                      ["prevalence", line.prevalence.rate],
                      ["negative", line.negative.rate],
                      ["lo", line.negative.lo],
                      ["hi", line.negative.hi],
                      ["base", line.negativeOfAll.rate],
                      ["lift", line.lift],
                    ] as const
                  ).map(([name, value]) => (
                    <td key={name} className={cell}>
                      {figureOf(value)}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}
