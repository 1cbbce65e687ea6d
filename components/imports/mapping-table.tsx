import { useTranslations } from "next-intl";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Select } from "@/components/ui/select";
import { type ColumnMatch, type ImportField, importFields } from "@/lib/imports/schema";

type Props = {
  matches: readonly ColumnMatch[];
  /** Whether the person has chosen herself; how sure the guess was is then no longer said. */
  isChosen: boolean;
  onChange: (column: string, field: ImportField | null) => void;
};

/** What each column of the files brings, guessed and open to change. */
export function MappingTable({ matches, isChosen, onChange }: Props) {
  const t = useTranslations("imports");
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  const cell = "py-1.5 pe-4 align-middle text-13";
  const options = importFields.map((field) => ({ value: field, label: t(`fields.${field}`) }));
  return (
    <ScrollRegion label={t("wizard.mapping")}>
      <table className="w-full border-collapse">
        <thead>
          <tr>
            <th className={head}>{t("wizard.column")}</th>
            <th className={`${head} hidden md:table-cell`}>{t("wizard.sample")}</th>
            <th className={head}>{t("wizard.brings")}</th>
            <th className={head}>{t("wizard.confidence")}</th>
          </tr>
        </thead>
        <tbody>
          {matches.map(({ column, field, confidence, samples }) => (
            <tr key={column} className="border-hairline border-t">
              <th scope="row" className={`${cell} text-start font-550`}>
                <bdi>{column}</bdi>
              </th>
              <td className={`${cell} hidden max-w-80 truncate text-12 text-ink-2 md:table-cell`}>
                <bdi>{samples.join(" · ")}</bdi>
              </td>
              <td className={`${cell} w-52 min-w-36`}>
                <Select
                  aria-label={column}
                  value={field ?? ""}
                  placeholder={t("wizard.ignore")}
                  options={options}
                  onChange={({ target }) =>
                    onChange(column, importFields.find((each) => each === target.value) ?? null)
                  }
                />
              </td>
              <td className={`${cell} whitespace-nowrap text-12 text-ink-2`}>
                {field === null
                  ? t("wizard.none")
                  : t(
                      `wizard.${isChosen ? "chosen" : confidence >= 1 ? "sure" : confidence > 0.7 ? "likely" : "guess"}`,
                    )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
