import { useLocale, useTranslations } from "next-intl";
import type { StandardDiff } from "@/lib/standards/schema";

/** What publishing changes, in sentences. */
export function DiffView({ diff }: { diff: StandardDiff | null }) {
  const t = useTranslations("standards");
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent" });
  if (!diff) return <p className="text-13">{t("diff.first")}</p>;
  const { passMark, added, removed, changed } = diff;
  if (!passMark && added.length + removed.length + changed.length === 0)
    return <p className="text-13">{t("diff.same")}</p>;
  const lines = [
    ...(passMark
      ? [t("diff.mark", { before: percent.format(passMark.before), after: percent.format(passMark.after) })]
      : []),
    ...added.map((name) => t("diff.added", { name })),
    ...removed.map((name) => t("diff.removed", { name })),
    ...changed.map(({ name, parts }) =>
      t("diff.changed", { name, parts: parts.map((part) => t(`parts.${part}`)).join(", ") }),
    ),
  ];
  return (
    <ul className="text-13">
      {lines.map((line) => (
        <li key={line} className="border-hairline border-b py-1.5">
          {line}
        </li>
      ))}
    </ul>
  );
}
