"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useShortcuts } from "@/components/shell/shortcuts";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { emptyFilter, filterOfQuery, isEmptyFilter, queryOf } from "@/lib/customers/filter";
import { paths } from "@/lib/paths";
import { errorOf } from "@/lib/request";
import { CustomerTable } from "./customer-table";
import { Filters } from "./filters";
import { NoCustomers } from "./no-customers";
import { countOf, selectionOf } from "./selection";
import { SelectionBar } from "./selection-bar";
import type { ListSlots } from "./slots";
import { useAddress } from "./use-address";
import { useCustomerPages, useListFrame, useRefreshCustomers } from "./use-customers";
import { useSelection } from "./use-selection";
import { useStatement } from "./use-statement";

type Props = ListSlots & { workspace: string; serverNow: string; mayCreate: boolean };

/** Every customer one may see: views, filters, rows, and what can be done with several. */
export function CustomersScreen({
  workspace,
  serverNow,
  mayCreate,
  renderViews,
  renderSelected,
  renderNotices,
  renderActions,
}: Props) {
  const t = useTranslations("customers");
  const router = useRouter();
  const { filter, viewId, isPartly, go } = useAddress();
  const query = queryOf(filter);
  const pages = useCustomerPages(workspace, query);
  const frame = useListFrame(workspace, query);
  const refresh = useRefreshCustomers(workspace);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const statement = useStatement(frame.data, rows.length, pages.hasNextPage);
  const selecting = useSelection(
    query,
    rows.map(({ id }) => id),
  );
  const total = frame.data?.count ?? null;
  const hasChosen = renderSelected !== null && countOf(selecting.selection, total) !== 0;
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
        {renderActions(query)}
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
      {renderNotices()}
      <Filters
        workspace={workspace}
        filter={filter}
        frame={frame.data}
        isPartly={isPartly}
        onChange={(next) => go(next, viewId)}
      />
      <div aria-busy={pages.isFetching || undefined} className={pages.isPlaceholderData ? "opacity-60" : undefined}>
        <ListFrame
          isLoading={pages.isPending}
          error={pages.error ? errorOf(pages.error) : null}
          onRetry={() => void pages.refetch()}
          isEmpty={rows.length === 0}
          empty={
            <NoCustomers
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
            selecting={renderSelected ? selecting : null}
            mayEdit={mayCreate}
            hasMore={pages.hasNextPage}
            isLoadingMore={pages.isFetchingNextPage}
            onMore={() => void pages.fetchNextPage()}
          />
        </ListFrame>
      </div>
      {hasChosen ? (
        <SelectionBar control={selecting} total={total} hasMore={pages.hasNextPage} shown={rows.length}>
          {renderSelected({
            selection: selectionOf(selecting.selection, query),
            oscs: frame.data?.oscs ?? [],
            onDone: selecting.clear,
          })}
        </SelectionBar>
      ) : null}
    </>
  );
}
