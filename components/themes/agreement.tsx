import { getLocale, getTranslations } from "next-intl/server";
import { FigureTable } from "@/components/ui/figure-table";
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
          <FigureTable
            head={t("column.theme")}
            columns={columns.map((column) => t(`agree.${column}`))}
            rows={seen.map((line) => ({
              key: line.themeId,
              name: namedIn(locale, line),
              values: [
                line.bothYes,
                line.firstOnly,
                line.secondOnly,
                line.bothNo,
                figureOf(line.kappa?.observed ?? null),
                figureOf(line.kappa?.expected ?? null),
                figureOf(line.kappa?.kappa ?? null),
              ],
              bad: line.isSound === false ? columns.indexOf("kappa") : undefined,
            }))}
          />
        </ScrollRegion>
      )}
    </>
  );
}
