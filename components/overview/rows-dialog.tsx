"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { Dialog } from "@/components/ui/dialog";
import { ListFrame } from "@/components/ui/list-frame";
import { paths } from "@/lib/paths";
import type { OverviewRow } from "@/lib/reports/schema";
import { errorOf } from "@/lib/request";
import { type RowsOf, useOverviewRows } from "./use-overview";

type Props = { workspace: string; rows: RowsOf; onClose: () => void };

/** The customers behind one number of the overview. */
export function RowsDialog({ workspace, rows, onClose }: Props) {
  const t = useTranslations("overview");
  const { data, error, isLoading, refetch } = useOverviewRows(workspace, rows.query);
  return (
    <Dialog isOpen onClose={onClose} title={rows.title} description={t("rows_hint")}>
      <ListFrame
        isLoading={isLoading}
        error={error ? { requestId: errorOf(error).requestId } : null}
        onRetry={() => void refetch()}
        isEmpty={data?.length === 0}
        empty={<p className="text-13 text-ink-2">{t("no_rows")}</p>}
      >
        <ul>
          {data?.map((row) => (
            <li
              key={row.id}
              className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-hairline border-t py-2 first:border-t-0"
            >
              <Link
                href={paths.customer(workspace, row.customerId)}
                className="truncate font-550 text-13 hover:underline"
              >
                <bdi>{row.name}</bdi>
              </Link>
              <span className="num text-12 text-ink-2">
                <DateTime at={row.at} />
              </span>
              <span className="truncate text-12 text-ink-3">
                <bdi>{row.stageName}</bdi> · <bdi>{row.oscName}</bdi>
              </span>
              <span className="text-end text-12 text-ink-3">
                <Detail kind={rows.query.kind ?? ""} row={row} />
              </span>
            </li>
          ))}
        </ul>
      </ListFrame>
    </Dialog>
  );
}

function Detail({ kind, row }: { kind: string; row: OverviewRow }) {
  const t = useTranslations("overview");
  if (kind === "speed") return <>{t(`state.${row.detail ?? "pending"}`, { minutes: Math.round(row.minutes ?? 0) })}</>;
  if (kind === "off_track") return <>{t(`trigger.${row.detail ?? "T1"}`)}</>;
  return <bdi className="line-clamp-2">{row.detail}</bdi>;
}
