import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import type { ScorecardRow } from "@/lib/evaluations/schema";
import { paths } from "@/lib/paths";

type Props = { workspace: string; rows: readonly ScorecardRow[]; zone: string };

/** Contacts that wait for a judge, newest first. */
export function ScorecardList({ workspace, rows, zone }: Props) {
  const t = useTranslations("scorecards");
  const common = useTranslations("common");
  const interactions = useTranslations("interactions");
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent" });
  if (rows.length === 0) return <EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>;
  return (
    <ul aria-label={t("title")} className="px-4 pb-10 md:px-7">
      {rows.map((row) => (
        <li key={row.interactionId} className="border-hairline border-b">
          <Link
            href={paths.scorecard(workspace, row.interactionId)}
            prefetch={false}
            className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-0.5 py-1.5 text-13 hover:bg-hover"
          >
            <span className="num w-28 text-12 text-ink-3">
              <DateTime at={row.startedAt} zone={zone} />
            </span>
            <bdi className="w-44 font-550">{row.agentName}</bdi>
            <span className="flex-1 text-ink-2">
              {common(`media.${row.medium}`)} · {interactions(`types.${row.type.replaceAll(/[ /]/g, "_")}`)}
            </span>
            <span className="text-12 text-ink-3">
              {t("judged", { judged: row.judged, total: row.total })}
              {row.raw === null ? "" : ` · ${percent.format(row.raw)}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
