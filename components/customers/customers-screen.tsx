"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { useSearch } from "@/components/ui/use-search";
import { type CustomerFilter, emptyFilter, filterOfQuery, isEmptyFilter, queryOf } from "@/lib/customers/filter";
import { countLimit, type ListFrame as Frame } from "@/lib/customers/list-schema";
import { paths } from "@/lib/paths";
import { errorOf } from "@/lib/request";
import type { SavedViewView } from "@/lib/views/schema";
import { CustomerTable } from "./customer-table";
import { FilterBar } from "./filter-bar";
import { useCustomerPages, useListFrame, useRefreshCustomers } from "./use-customers";

export type ViewSlot = {
  views: readonly SavedViewView[];
  query: string;
  currentId: string | null;
  onOpen: (view: SavedViewView | null) => void;
  onChanged: (currentId?: string | null) => void;
};

type Props = { workspace: string; serverNow: string; mayCreate: boolean; renderViews: (slot: ViewSlot) => ReactNode };

/** The filter and the view of the address; changing them is no navigation, so nothing is rendered anew on the server. */
function useAddress() {
  const [asked, ask] = useSearch();
  const filter = filterOfQuery(asked);
  const viewId = new URLSearchParams(asked).get("view");
  const go = (next: CustomerFilter, nextViewId: string | null) => {
    const search = new URLSearchParams(queryOf(next));
    if (nextViewId) search.set("view", nextViewId);
    ask(search.toString());
  };
  return { filter, viewId, go };
}

function useStatement(frame: Frame | undefined, shown: number, hasMore: boolean): string {
  const t = useTranslations("customers");
  const number = new Intl.NumberFormat(useLocale());
  if (!frame) return "";
  if (frame.count === null)
    return hasMore ? t("count_some", { count: shown }) : t("count", { count: shown, shown: number.format(shown) });
  if (frame.count > countLimit) return t("count_many", { limit: number.format(countLimit) });
  return t("count", { count: frame.count, shown: number.format(frame.count) });
}

/** Every customer one may see: views, filters, rows. */
export function CustomersScreen({ workspace, serverNow, mayCreate, renderViews }: Props) {
  const t = useTranslations("customers");
  const router = useRouter();
  const { filter, viewId, go } = useAddress();
  const query = queryOf(filter);
  const pages = useCustomerPages(workspace, query);
  const frame = useListFrame(workspace, query);
  const refresh = useRefreshCustomers(workspace);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const statement = useStatement(frame.data, rows.length, pages.hasNextPage);
  useShortcuts(
    mayCreate ? [{ keys: "n", label: t("keys.new"), run: () => router.push(paths.newCustomer(workspace)) }] : [],
  );
  const changed = (currentId?: string | null) => {
    void refresh();
    if (currentId !== undefined) go(filter, currentId);
  };
  const waiting = frame.data?.openDuplicates ?? 0;
  return (
    <>
      <PageHead title={t("title")} statement={statement}>
        {waiting > 0 ? (
          <LinkButton href={paths.duplicates(workspace)}>{t("duplicates_waiting", { count: waiting })}</LinkButton>
        ) : null}
        {mayCreate ? (
          <LinkButton kind="primary" href={paths.newCustomer(workspace)} aria-keyshortcuts="n">
            {t("new")}
          </LinkButton>
        ) : null}
      </PageHead>
      {renderViews({
        views: frame.data?.views ?? [],
        query,
        currentId: viewId,
        onOpen: (view) => go(view ? filterOfQuery(view.query) : emptyFilter, view?.id ?? null),
        onChanged: changed,
      })}
      <FilterBar filter={filter} frame={frame.data} onChange={(next) => go(next, viewId)} />
      <div aria-busy={pages.isFetching || undefined} className={pages.isPlaceholderData ? "opacity-60" : undefined}>
        <ListFrame
          isLoading={pages.isPending}
          error={pages.error ? errorOf(pages.error) : null}
          onRetry={() => void pages.refetch()}
          isEmpty={rows.length === 0}
          empty={
            <Empty
              workspace={workspace}
              isFiltered={!isEmptyFilter(filter)}
              mayCreate={mayCreate}
              onClear={() => go(emptyFilter, null)}
            />
          }
        >
          <CustomerTable
            workspace={workspace}
            rows={rows}
            spokes={frame.data?.spokes ?? []}
            serverNow={serverNow}
            hasMore={pages.hasNextPage}
            isLoadingMore={pages.isFetchingNextPage}
            onMore={() => void pages.fetchNextPage()}
          />
        </ListFrame>
      </div>
    </>
  );
}

function Empty({
  workspace,
  isFiltered,
  mayCreate,
  onClear,
}: {
  workspace: string;
  isFiltered: boolean;
  mayCreate: boolean;
  onClear: () => void;
}) {
  const t = useTranslations("customers");
  if (isFiltered)
    return <EmptyState title={t("empty_filtered")} action={<Button onClick={onClear}>{t("filters.clear")}</Button>} />;
  const action = mayCreate ? (
    <LinkButton kind="primary" href={paths.newCustomer(workspace)}>
      {t("new")}
    </LinkButton>
  ) : undefined;
  return (
    <EmptyState title={t("empty_title")} action={action}>
      {t("empty_text")}
    </EmptyState>
  );
}
