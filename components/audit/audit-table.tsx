import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import type { AuditEntryView } from "@/lib/audit/schema";

const kinds = ["system", "key", "customer", "member"] as const;

/** Rows of the audit log, newest first; what changed opens in place. */
export function AuditTable({ entries }: { entries: readonly AuditEntryView[] }) {
  const t = useTranslations("audit");
  const head = "py-2 pe-4 text-start font-medium text-12 text-ink-3";
  const cell = "py-2 pe-4 align-top text-13";
  const nameOf = ({ actor, actorName }: AuditEntryView) => {
    const kind = kinds.find((each) => actor === each || actor.startsWith(`${each}:`));
    return actorName ?? (kind ? t(`kinds.${kind}`) : actor);
  };
  return (
    <section className="overflow-x-auto" aria-labelledby="audit-rows">
      <table className="w-full min-w-3xl border-collapse">
        <thead>
          <tr>
            <th className={head}>{t("column.seq")}</th>
            <th className={head}>{t("column.at")}</th>
            <th className={head}>{t("column.actor")}</th>
            <th className={head}>{t("column.action")}</th>
            <th className={head}>{t("column.subject")}</th>
            <th className={head}>{t("column.detail")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq} className="border-hairline border-t">
              <td className={`${cell} tabular-nums`}>{entry.seq}</td>
              <td className={`${cell} whitespace-nowrap tabular-nums`}>
                <DateTime at={entry.at} />
              </td>
              <td className={cell}>
                <bdi>{nameOf(entry)}</bdi>
              </td>
              <td className={cell}>
                <bdi>{entry.action}</bdi>
              </td>
              <td className={`${cell} max-w-60 break-all text-12 text-ink-2`}>
                <bdi>{entry.subject}</bdi>
              </td>
              <td className={`${cell} w-80`}>
                <details>
                  <summary className="cursor-pointer text-accent-text">{t("detail")}</summary>
                  <pre dir="ltr" className="mt-2 whitespace-pre-wrap break-all text-12 text-ink-2">
                    {JSON.stringify(JSON.parse(entry.detail), null, 2)}
                  </pre>
                  <p className="mt-2 break-all text-11 text-ink-3">
                    {t("seal")} <bdi>{entry.hash}</bdi>
                  </p>
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
