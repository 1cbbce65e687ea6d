import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status-mark";
import type { ImportField, ImportPreview, PreviewRow } from "@/lib/imports/schema";

/** The first rows, typed as they would arrive; a row that would be rejected says why. */
export function PreviewTable({ fields, rows }: Pick<ImportPreview, "fields" | "rows">) {
  const t = useTranslations("imports");
  if (rows.length === 0) return <p className="py-2 text-13 text-ink-2">{t("wizard.previewEmpty")}</p>;
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3 whitespace-nowrap";
  const cell = "max-w-64 truncate py-1.5 pe-4 text-13";
  return (
    <ScrollRegion className="max-h-96" label={t("wizard.preview")}>
      <table className="w-full border-collapse">
        <thead>
          <tr>
            <th className={head}>{t("wizard.previewRow")}</th>
            {fields.map((field) => (
              <th key={field} className={head}>
                {t(`fields.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} className="border-hairline border-t">
              <td className={`${cell} text-ink-3 tabular-nums`}>{row.line}</td>
              {row.reason ? (
                <td colSpan={Math.max(1, fields.length)} className="py-1.5 text-13 text-bad">
                  <span className="inline-flex items-baseline gap-1.5">
                    <StatusMark state="overdue" />
                    {t(`reasons.${row.reason}`)}
                    {row.column ? (
                      <>
                        {" · "}
                        <bdi>{row.column}</bdi>
                      </>
                    ) : null}
                  </span>
                </td>
              ) : (
                fields.map((field) => (
                  <td key={field} className={cell}>
                    <Value row={row} field={field} />
                  </td>
                ))
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Value({ row, field }: { row: PreviewRow; field: ImportField }) {
  const value = row.values[field];
  if (!value) return null;
  if (field === "first_contact_at") return <DateTime at={value} shape="long" />;
  return <bdi>{value}</bdi>;
}
