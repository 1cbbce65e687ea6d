"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/use-now";
import type { ListFrame, CustomerRow as Row } from "@/lib/customers/list-schema";
import { CustomerRow } from "./customer-row";

type Props = {
  workspace: string;
  rows: readonly Row[];
  spokes: ListFrame["spokes"];
  serverNow: string;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
};

const heads = [
  ["", ""],
  ["name", ""],
  ["stage_place", "hidden md:table-cell"],
  ["baton", "hidden md:table-cell"],
  ["next", "hidden lg:table-cell"],
  ["clock", ""],
  ["last_activity", "hidden md:table-cell text-end pe-7"],
] as const;

/** The rows, walked by j and k; the focused one opens with Enter. */
export function CustomerTable({ workspace, rows, spokes, serverNow, hasMore, isLoadingMore, onMore }: Props) {
  const t = useTranslations("customers");
  const locale = useLocale();
  const now = useNow(serverNow);
  const body = useRef<HTMLTableSectionElement>(null);
  const [selected, setSelected] = useState(-1);
  const names = new Map(
    spokes.map((spoke) => [spoke.key, locale === "he" && spoke.nameHe ? spoke.nameHe : spoke.name]),
  );
  const step = (by: number) => {
    const next = Math.min(Math.max(selected + by, 0), rows.length - 1);
    body.current?.rows[next]?.querySelector("a")?.focus();
    if (next === rows.length - 1 && hasMore) onMore();
  };
  useShortcuts([
    { keys: "j", label: t("keys.down"), run: () => step(1) },
    { keys: "k", label: t("keys.up"), run: () => step(-1) },
  ]);
  return (
    <>
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr className="text-start text-12 text-ink-3">
            {heads.map(([key, className], index) => (
              <th
                key={key || "wheel"}
                scope="col"
                className={`h-8 whitespace-nowrap text-start font-medium ${index === 0 ? "w-14 md:w-17" : ""} ${key === "clock" ? "w-22" : ""} ${key === "last_activity" ? "w-24" : ""} ${className}`}
              >
                {key ? t(`columns.${key}`) : <span className="sr-only">{t("columns.wheel")}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <CustomerRow
              key={row.id}
              workspace={workspace}
              row={row}
              spokeName={names.get(row.spokeKey) ?? row.spokeKey}
              now={now}
              isSelected={index === selected}
              onFocus={() => setSelected(index)}
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
