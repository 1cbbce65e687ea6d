import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status-mark";
import type { ImportFileView } from "@/lib/imports/schema";

const delimiterKeys: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" };

type Props = { files: readonly ImportFileView[]; onRemove?: (id: string) => void };

/** What each file is and whether it can be read. */
export function FileTable({ files, onRemove }: Props) {
  const t = useTranslations("imports");
  const size = new Intl.NumberFormat(useLocale(), { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  const cell = "py-2 pe-4 align-top text-13";
  return (
    <ScrollRegion label={t("report.files")}>
      <table className="w-full border-collapse">
        <thead>
          <tr>
            <th className={head}>{t("wizard.file")}</th>
            <th className={head}>{t("wizard.size")}</th>
            <th className={head}>{t("wizard.encoding")}</th>
            <th className={head}>{t("wizard.delimiter")}</th>
            <th className={head}>{t("wizard.found")}</th>
            {onRemove ? <td /> : null}
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.id} className="border-hairline border-t">
              <td className={`${cell} break-all`}>
                <bdi>{file.name}</bdi>
              </td>
              <td className={`${cell} whitespace-nowrap tabular-nums`}>
                {size.format(Math.max(1, Math.round(file.size / 1024)))}
              </td>
              <td className={cell}>
                <bdi>{file.encoding ?? ""}</bdi>
              </td>
              <td className={cell}>
                {file.delimiter ? t(`delimiters.${delimiterKeys[file.delimiter] ?? "comma"}`) : ""}
              </td>
              <td className={cell}>
                <Found file={file} />
              </td>
              {onRemove ? (
                <td className="w-8 py-1">
                  <IconButton
                    icon={X}
                    label={t("wizard.remove", { name: file.name })}
                    onClick={() => onRemove(file.id)}
                  />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Found({ file }: { file: ImportFileView }) {
  const t = useTranslations("imports");
  if (file.refused) {
    return (
      <span role="alert" className="inline-flex items-baseline gap-1.5 text-bad">
        <StatusMark state="overdue" />
        {t.has(`refused.${file.refused}`) ? t(`refused.${file.refused}`) : t("errors.other")}
      </span>
    );
  }
  if (file.encoding === null) return null;
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <StatusMark state="good" />
      {file.repaired ? t("wizard.repaired") : t("wizard.ok")}
    </span>
  );
}
