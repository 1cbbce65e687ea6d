import { useTranslations } from "next-intl";
import type { Impact } from "@/lib/templates/schema";

/** What publishing changes, in sentences: for whom nothing changes comes first. */
export function ImpactView({ impact }: { impact: Impact }) {
  const t = useTranslations("templates");
  const { replaces, keepOld, added, removed, changed, becomesDefault, newStart } = impact;
  const isSame = replaces !== null && added.length + removed.length + changed.length === 0;
  return (
    <div className="grid gap-2 text-13">
      <p className="font-serif text-16">
        {replaces ? t("impact.keep", { count: keepOld, number: replaces.number }) : t("impact.first")}
      </p>
      {newStart ? (
        <p className="text-ink-2">
          {newStart.touchpoint
            ? t("impact.start_with", { stage: newStart.name, touchpoint: newStart.touchpoint })
            : t("impact.start", { stage: newStart.name })}
          {becomesDefault ? ` ${t("impact.default")}` : ""}
        </p>
      ) : null}
      {isSame ? <p className="text-ink-2">{t("impact.same")}</p> : null}
      <ul className="grid">
        {added.map(({ key, name }) => (
          <li key={`added ${key}`} className="border-hairline border-t py-1.5">
            {t("impact.added", { name })}
          </li>
        ))}
        {removed.map(({ key, name, running }) => (
          <li key={`removed ${key}`} className="border-hairline border-t py-1.5">
            {t("impact.removed", { name, count: running })}
          </li>
        ))}
        {changed.map(({ key, name, parts, newFields }) => (
          <li key={`changed ${key}`} className="border-hairline border-t py-1.5">
            {t("impact.changed", { name, parts: parts.map((part) => t(`parts.${part}`)).join(", ") })}
            {newFields.length > 0 ? (
              <span className="block text-12 text-warn">
                {t("impact.new_fields", { fields: newFields.join(", ") })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
