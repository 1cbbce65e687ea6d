"use client";

import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { SectionHead } from "@/components/ui/section-head";
import { errorOf } from "@/lib/request";
import { LoadTable } from "./load-table";
import { useLoad } from "./use-load";

/** How full is she, and everybody's for those who lead. */
export function LoadScreen({ workspace }: { workspace: string }) {
  const t = useTranslations("load");
  const locale = useLocale();
  const { data, error, isLoading, refetch } = useLoad(workspace);
  const mine = data?.loads.find(({ memberId }) => memberId === data.me);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const full = data?.loads.filter(({ level }) => level === "red").length ?? 0;
  const statement =
    data === undefined
      ? undefined
      : data.isEverybody
        ? t("statement_all", { count: data.loads.length, full })
        : mine
          ? t(`statement.${mine.level}`, {
              share: percent.format(mine.utilisation),
              load: number.format(mine.load),
              capacity: number.format(mine.capacity),
            })
          : t("nothing");
  return (
    <>
      <PageHead title={data?.isEverybody ? t("title_all") : t("title")} statement={statement} />
      <ListFrame
        isLoading={isLoading}
        error={error ? { requestId: errorOf(error).requestId } : null}
        onRetry={() => void refetch()}
        isEmpty={data?.loads.length === 0}
        empty={<EmptyState title={t("empty")}>{t("empty_hint")}</EmptyState>}
      >
        <div className="px-4 pb-10 md:px-7">
          <SectionHead id="loads" title={t("by_person")} note={t("tick")} />
          {data ? (
            <LoadTable workspace={workspace} loads={data.loads} spokeKeys={data.spokeKeys} labelledBy="loads" />
          ) : null}
          <p className="max-w-[46em] pt-4 text-12 text-ink-3">{t("definition")}</p>
        </div>
      </ListFrame>
    </>
  );
}
