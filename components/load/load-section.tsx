"use client";

import { useTranslations } from "next-intl";
import { SectionHead } from "@/components/ui/section-head";
import { LoadTable } from "./load-table";
import { useLoad } from "./use-load";

/** The load of every consultant as a part of another page. */
export function LoadSection({ workspace }: { workspace: string }) {
  const t = useTranslations("load");
  const { data } = useLoad(workspace);
  return (
    <>
      <SectionHead id="loads" title={t("title_all")} note={t("tick")} />
      {data && data.loads.length > 0 ? (
        <LoadTable workspace={workspace} loads={data.loads} spokeKeys={data.spokeKeys} labelledBy="loads" />
      ) : (
        <p className="text-13 text-ink-3">{t("empty")}</p>
      )}
    </>
  );
}
