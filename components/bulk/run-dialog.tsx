"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { ListFrame } from "@/components/ui/list-frame";
import { errorOf } from "@/lib/request";
import { RowList } from "./row-list";
import { useRun } from "./use-bulk";

/** The rows of a run that need a word: whom it refused, whom its undo left. */
export function RunDialog({ workspace, id, onClose }: { workspace: string; id: string; onClose: () => void }) {
  const t = useTranslations("bulk");
  const { data, error, isPending, refetch } = useRun(workspace, id);
  return (
    <Dialog isOpen onClose={onClose} title={t("details")}>
      <ListFrame
        isLoading={isPending}
        error={error ? errorOf(error) : null}
        onRetry={() => void refetch()}
        isEmpty={!data || data.refused.length + data.kept.length === 0}
        empty={<p className="text-14">{t("nobody")}</p>}
      >
        <div className="grid gap-4">
          {data && data.refused.length > 0 ? (
            <section className="grid gap-1">
              <h3 className="font-550 text-13">{t("not_possible", { count: data.counts.refused })}</h3>
              <RowList workspace={workspace} rows={data.refused} />
            </section>
          ) : null}
          {data && data.kept.length > 0 ? (
            <section className="grid gap-1">
              <h3 className="font-550 text-13">{t("kept", { count: data.counts.kept })}</h3>
              <RowList workspace={workspace} rows={data.kept} />
            </section>
          ) : null}
        </div>
      </ListFrame>
    </Dialog>
  );
}
