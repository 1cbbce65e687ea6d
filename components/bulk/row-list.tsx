import { useTranslations } from "next-intl";
import type { BulkRowView } from "@/lib/bulk/schema";
import { paths } from "@/lib/paths";

/** Customers that a run left as they are, each with the reason. */
export function RowList({ workspace, rows }: { workspace: string; rows: readonly BulkRowView[] }) {
  const t = useTranslations("bulk");
  return (
    <ul className="grid gap-1 text-13">
      {rows.map(({ position, customerId, name, reason }) => (
        <li key={position} className="flex flex-wrap justify-between gap-x-4 border-hairline border-t py-1.5">
          {customerId && name ? (
            <a href={paths.customer(workspace, customerId)} className="font-550 hover:underline">
              <bdi>{name}</bdi>
            </a>
          ) : (
            <span className="text-ink-3">{t("somebody")}</span>
          )}
          <span className="text-ink-2">{t.has(`reasons.${reason}`) ? t(`reasons.${reason}`) : t("reasons.other")}</span>
        </li>
      ))}
    </ul>
  );
}
