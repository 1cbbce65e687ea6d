import { useLocale, useTranslations } from "next-intl";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { StandardVersionView } from "@/lib/standards/schema";

/** A published version: its criteria as interactions are judged by them. */
export function StandardReader({ standard }: { standard: StandardVersionView }) {
  const t = useTranslations("standards");
  const members = useTranslations("members");
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  const cell = "py-2 pe-4 text-13";
  const inHebrew = (name: string | null, nameHe: string | null) => (locale === "he" && nameHe) || name || "";
  return (
    <ScrollRegion label={t("criteria")} className="px-4 pb-10 md:px-7">
      <table className="w-full min-w-2xl border-collapse">
        <caption className="sr-only">{t("criteria")}</caption>
        <thead>
          <tr>
            {["criterion", "weight", "judged_by", "critical", "moment", "responsible"].map((key) => (
              <th key={key} scope="col" className={key === "weight" ? head.replace("text-start", "text-end") : head}>
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {standard.criterionList.map((criterion) => (
            <tr key={criterion.id} className="border-hairline border-t">
              <th scope="row" className={`${cell} text-start font-550`}>
                {inHebrew(criterion.name, criterion.nameHe)}
              </th>
              <td className={`${cell} num text-end`}>{number.format(criterion.weight)}</td>
              <td className={cell}>
                {criterion.rule ? t(`rules.${criterion.rule}`) : t(`kinds.${criterion.kind}`)}
                {criterion.threshold === null
                  ? ""
                  : ` · ${t("at_most", { amount: number.format(criterion.threshold) })}`}
              </td>
              <td className={cell}>{criterion.critical ? t(`criticals.${criterion.critical}`) : t("not_critical")}</td>
              <td className={cell}>{inHebrew(criterion.momentName, criterion.momentNameHe) || t("no_moment")}</td>
              <td className={cell}>
                {criterion.responsibleRole ? members(`roles.${criterion.responsibleRole}`) : t("nobody")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
