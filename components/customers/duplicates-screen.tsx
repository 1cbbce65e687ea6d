"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { say } from "@/components/ui/toast";
import { keepApartAction } from "@/lib/customers/actions";
import type { PairView } from "@/lib/customers/pairs";
import { paths } from "@/lib/paths";
import { errorOf, readJson } from "@/lib/request";
import { useCustomerErrors } from "./customer-words";
import { pairsKey } from "./list-keys";
import { MergeDialog } from "./merge-dialog";
import { PairRow } from "./pair-row";
import { useRefreshCustomers } from "./use-customers";

/** Pairs that look like one customer, side by side, with why; a manager merges them or keeps them apart. */
export function DuplicatesScreen({ workspace }: { workspace: string }) {
  const t = useTranslations("customers.duplicates");
  const errors = useCustomerErrors();
  const refresh = useRefreshCustomers(workspace);
  const [merging, setMerging] = useState<PairView | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: pairsKey(workspace),
    queryFn: ({ signal }) => readJson<PairView[]>(paths.api(workspace, "/customers/pairs"), signal),
  });
  const keepApart = async (pair: PairView) => {
    const result = await keepApartAction(workspace, { pairId: pair.id });
    void say(result.ok ? t("kept_apart") : errors.words(result.error), { isError: !result.ok });
    await refresh();
  };
  return (
    <>
      <PageHead title={t("title")} statement={data ? t("statement", { count: data.length }) : undefined} />
      <ListFrame
        isLoading={isPending}
        error={error ? errorOf(error) : null}
        onRetry={() => void refetch()}
        isEmpty={data?.length === 0}
        empty={<EmptyState title={t("empty_title")}>{t("empty_text")}</EmptyState>}
      >
        <ul>
          {data?.map((pair) => (
            <PairRow
              key={pair.id}
              workspace={workspace}
              pair={pair}
              onMerge={() => setMerging(pair)}
              onKeepApart={() => void keepApart(pair)}
            />
          ))}
        </ul>
      </ListFrame>
      {merging ? (
        <MergeDialog
          workspace={workspace}
          firstId={merging.first.id}
          secondId={merging.second.id}
          onClose={() => setMerging(null)}
        />
      ) : null}
    </>
  );
}
