import { getLocale, getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status-mark";
import type { AgreementReport } from "@/lib/themes/schema";
import { figureOf, namedIn } from "./words";

/** How alike two people read the codebook: kappa with n over all, and for each theme that anybody saw. */
export async function Agreement({ report }: { report: AgreementReport }) {
  const t = await getTranslations("themes");
  const locale = await getLocale();
  const seen = report.themes.filter(({ bothYes, firstOnly, secondOnly }) => bothYes + firstOnly + secondOnly > 0);
  const columns = ["both_yes", "first_only", "second_only", "both_no", "observed", "expected", "kappa"] as const;
  const cell = "num px-3 py-1 text-end";
  return (
    <>
      <p className="text-14">
        <StatusMark state={report.isSound === null ? "idle" : report.isSound ? "good" : "overdue"} />{" "}
        {report.all === null
          ? t("agreement_none", { comments: report.comments })
          : t(report.isSound ? "agreement_sound" : "agreement_weak", {
              kappa: report.all.kappa.toFixed(2),
              comments: report.comments,
              first: report.firstName,
              second: report.secondName,
              number: report.codebookNumber,
            })}
      </p>
      {seen.length === 0 ? null : (
        <ScrollRegion label={t("agreement")}>
          <table className="mt-2 border-collapse text-12">
            <thead>
              <tr className="border-hairline-strong border-b text-ink-3">
                <th scope="col" className="py-1 pe-3 text-start font-450">
                  {t("column.theme")}
                </th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="px-3 py-1 text-end font-450">
                    {t(`agree.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {seen.map((line) => (
                <tr key={line.themeId} className="border-hairline border-b">
                  <th scope="row" className="py-1 pe-3 text-start font-450">
                    {namedIn(locale, line)}
                  </th>
                  <td className={cell}>{line.bothYes}</td>
                  <td className={cell}>{line.firstOnly}</td>
                  <td className={cell}>{line.secondOnly}</td>
                  <td className={cell}>{line.bothNo}</td>
                  <td className={cell}>{figureOf(line.kappa?.observed ?? null)}</td>
                  <td className={cell}>{figureOf(line.kappa?.expected ?? null)}</td>
                  <td className={`${cell} ${line.isSound === false ? "text-bad" : ""}`}>
                    {figureOf(line.kappa?.kappa ?? null)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  );
}
