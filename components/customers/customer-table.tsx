"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/use-now";
import type { ListFrame, CustomerRow as Row } from "@/lib/customers/list-schema";
import { fieldOf } from "./cells";
import { CustomerRow } from "./customer-row";
import { TableHead } from "./table-head";
import { useCells } from "./use-cells";
import type { SelectionControl } from "./use-selection";

export type { Row };

type Props = {
  workspace: string;
  rows: readonly Row[];
  spokes: ListFrame["spokes"];
  serverNow: string;
  /** Null when there is nothing to be done with several. */
  selecting: SelectionControl | null;
  mayEdit: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
};

/** The rows, walked by j and k and chosen by x; the focused one opens with Enter. */
export function CustomerTable({
  workspace,
  rows,
  spokes,
  serverNow,
  selecting,
  mayEdit,
  hasMore,
  isLoadingMore,
  onMore,
}: Props) {
  const t = useTranslations("customers");
  const locale = useLocale();
  const now = useNow(serverNow);
  const body = useRef<HTMLTableSectionElement>(null);
  const cells = useCells(workspace, body);
  const [current, setCurrent] = useState(-1);
  const names = new Map(
    spokes.map((spoke) => [spoke.key, locale === "he" && spoke.nameHe ? spoke.nameHe : spoke.name]),
  );
  const step = (by: number) => {
    const next = Math.min(Math.max(current + by, 0), rows.length - 1);
    body.current?.rows[next]?.querySelector("a")?.focus();
    if (next === rows.length - 1 && hasMore) onMore();
  };
  useShortcuts([
    { keys: "j", label: t("keys.down"), run: () => step(1) },
    { keys: "k", label: t("keys.up"), run: () => step(-1) },
  ]);
  const edit = () => {
    const row = rows[current];
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.cell : undefined;
    if (row) cells.open(row, focused?.startsWith(row.id) ? fieldOf(focused) : "name");
  };
  useShortcuts(mayEdit ? [{ keys: "F2", label: t("keys.edit"), run: edit }] : []);
  useShortcuts(
    selecting
      ? [
          { keys: "x", label: t("selection.toggle"), run: () => selecting.toggle(current, false) },
          { keys: "Shift+x", label: t("selection.range"), run: () => selecting.toggle(current, true) },
        ]
      : [],
  );
  return (
    <>
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{t("title")}</caption>
        <TableHead rows={rows} selecting={selecting} />
        <tbody ref={body}>
          {rows.map((row, index) => (
            <CustomerRow
              key={row.id}
              workspace={workspace}
              row={row}
              spokeName={names.get(row.spokeKey) ?? row.spokeKey}
              now={now}
              isCurrent={index === current}
              isChosen={selecting ? selecting.has(row.id) : null}
              onChoose={(isRange) => selecting?.toggle(index, isRange)}
              cells={mayEdit ? cells : null}
              onFocus={() => setCurrent(index)}
            />
          ))}
        </tbody>
      </table>
      {hasMore ? (
        <div className="px-4 py-4 md:px-7">
          <Button onClick={onMore} isBusy={isLoadingMore}>
            {t("more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
