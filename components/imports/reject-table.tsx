import { useTranslations } from "next-intl";
import { buttonStyle } from "@/components/ui/button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { ImportReport } from "@/lib/imports/schema";
import { paths } from "@/lib/paths";

/** Why rows were rejected, the first of them, and the download of all. */
export function RejectTable({ workspace, view }: { workspace: string; view: ImportReport }) {
  const t = useTranslations("imports");
  if (view.rejects.length === 0) return null;
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  const cell = "py-1.5 pe-4 align-top text-13";
  const count = view.counts.rejected;
  return (
    <div className="min-w-0">
      <SectionHead title={t("report.rejects")}>
        <a
          className={buttonStyle({ kind: "plain" })}
          href={paths.api(workspace, `/imports/${view.id}/rejects`)}
          download
          title={t("report.downloadHint")}
        >
          {t("report.download")}
        </a>
      </SectionHead>
      <ul className="grid gap-0.5 pb-2 text-13 text-ink-2">
        {view.reasons.map(({ reason, count }) => (
          <li key={reason}>
            {t(`reasons.${reason}`)}: <span className="tabular-nums">{t("report.times", { count })}</span>
          </li>
        ))}
      </ul>
      <ScrollRegion label={t("report.rejects")}>
        <table className="w-full border-collapse">
          <thead>
            <tr>
              {view.files.length > 1 ? <th className={head}>{t("report.file")}</th> : null}
              <th className={head}>{t("report.line")}</th>
              <th className={head}>{t("report.reason")}</th>
              <th className={head}>{t("report.row")}</th>
            </tr>
          </thead>
          <tbody>
            {view.rejects.map((reject) => (
              <tr key={`${reject.file}:${reject.line}`} className="border-hairline border-t">
                {view.files.length > 1 ? (
                  <td className={cell}>
                    <bdi>{reject.file}</bdi>
                  </td>
                ) : null}
                <td className={`${cell} tabular-nums`}>{reject.line}</td>
                <td className={cell}>
                  {t(`reasons.${reject.reason}`)}
                  {reject.column || reject.value ? (
                    <span className="block text-12 text-ink-3">
                      <bdi>{[reject.column, reject.value].filter(Boolean).join(": ")}</bdi>
                    </span>
                  ) : null}
                </td>
                <td className={`${cell} max-w-96 truncate text-12 text-ink-2`}>
                  <bdi>{reject.cells.filter((value) => value.trim() !== "").join(" · ")}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {count > view.rejects.length ? (
        <p className="pt-2 text-12 text-ink-3">{t("report.rejectsMore", { shown: view.rejects.length, count })}</p>
      ) : null}
    </div>
  );
}
