"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { late } from "@/components/ui/late";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { paths } from "@/lib/paths";
import { errorOf } from "@/lib/request";
import { ContinuitySection } from "./continuity-section";
import { MatrixSection } from "./matrix-section";
import { OriginsSection } from "./origins-section";
import { SpeedSection } from "./speed-section";
import { TroubleSection } from "./trouble-section";
import { type RowsOf, useOverview } from "./use-overview";

const RowsDialog = late(() => import("./rows-dialog").then((module) => module.RowsDialog));

/** Where customers stand, who is off the wheel, how fast leads were answered; every number opens its customers. */
export function OverviewScreen({ workspace, load }: { workspace: string; load: ReactNode }) {
  const t = useTranslations("overview");
  const { data, error, isLoading, refetch } = useOverview(workspace);
  const [rows, setRows] = useState<RowsOf | null>(null);
  const overview = data?.overview;
  const late = overview?.relays.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <>
      <PageHead
        title={overview?.isTeam ? t("title_team") : t("title")}
        statement={overview ? t("statement", { total: overview.total, off: overview.offTrackTotal, late }) : undefined}
      >
        <LinkButton href={paths.programme(workspace)}>{t("programme_page")}</LinkButton>
        <LinkButton href={paths.speed(workspace)}>{t("speed_page")}</LinkButton>
      </PageHead>
      <ListFrame
        isLoading={isLoading}
        error={error ? { requestId: errorOf(error).requestId } : null}
        onRetry={() => void refetch()}
        isEmpty={overview?.total === 0 && data?.speed.leads === 0}
        empty={
          <EmptyState
            title={t("empty")}
            action={<LinkButton href={paths.newCustomer(workspace)}>{t("first_customer")}</LinkButton>}
          >
            {t("empty_hint")}
          </EmptyState>
        }
      >
        {data ? (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pb-12 md:px-8">
            <TroubleSection overview={data.overview} onOpen={setRows} />
            <SpeedSection speed={data.speed} onOpen={setRows} />
            <MatrixSection workspace={workspace} overview={data.overview} />
            {load}
            <ContinuitySection overview={data.overview} onOpen={setRows} />
            <OriginsSection workspace={workspace} origins={data.origins} />
          </div>
        ) : null}
      </ListFrame>
      {rows ? <RowsDialog workspace={workspace} rows={rows} onClose={() => setRows(null)} /> : null}
    </>
  );
}
