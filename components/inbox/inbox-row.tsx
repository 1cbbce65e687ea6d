"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Clock } from "@/components/ui/clock";
import { cn } from "@/components/ui/cn";
import { clockWords, ratioOf } from "@/components/ui/time-words";
import type { InboxItem } from "@/lib/inbox/schema";
import { paths } from "@/lib/paths";

type Props = {
  workspace: string;
  item: InboxItem;
  now: number;
  isSelected: boolean;
  onSelect: () => void;
  children: ReactNode;
};

/** One thing that is owed: how late, for whom, what, in whose hands; the selected one shows what can be done. */
export function InboxRow({ workspace, item, now, isSelected, onSelect, children }: Props) {
  const t = useTranslations("inbox");
  const common = useTranslations("common");
  const tasks = useTranslations("tasks");
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  const text =
    item.kind === "appointment"
      ? item.text
        ? t("outcome_at", { place: item.text })
        : t("outcome_of")
      : item.kind === "task" && item.detail === "introduction"
        ? tasks("introduction")
        : item.text;
  return (
    <li
      ref={row}
      aria-current={isSelected || undefined}
      data-item={item.id}
      className={cn(
        "grid grid-cols-[80px_minmax(0,1fr)] items-start gap-x-3 gap-y-1 border-hairline border-t border-s-3 py-2 ps-3.25 pe-4 md:grid-cols-[80px_minmax(130px,.5fr)_minmax(0,1.6fr)_minmax(0,.5fr)] md:ps-6.25 md:pe-7",
        isSelected ? "border-s-accent bg-selected" : "border-s-transparent hover:bg-hover",
      )}
    >
      {item.dueAt ? (
        <Clock
          ratio={ratioOf(item.startedAt, item.dueAt, now)}
          text={clockWords(new Date(item.dueAt).getTime(), now, common)}
        />
      ) : (
        <span className="text-12 text-ink-3">{t("no_clock")}</span>
      )}
      <div className="min-w-0">
        {item.canOpen ? (
          <Link
            href={paths.customer(workspace, item.customerId)}
            prefetch={false}
            className="block truncate font-550 text-13 hover:underline"
          >
            <bdi>{item.customerName}</bdi>
          </Link>
        ) : (
          <span className="block truncate font-550 text-13">
            <bdi>{item.customerName}</bdi>
          </span>
        )}
        <span className="text-12 text-ink-3">{t(`kind.${item.kind}`)}</span>
      </div>
      <button
        type="button"
        onClick={onSelect}
        className="col-start-2 min-w-0 text-start text-13 md:col-start-3"
        aria-expanded={isSelected}
      >
        <span dir="auto" className={cn("block", isSelected ? "whitespace-pre-wrap" : "truncate")}>
          {text}
        </span>
        <span className="block text-12 text-ink-3">
          {item.kind === "relay" && item.fromName ? t("asks", { name: item.fromName }) : null}
          {item.state === "acked" ? ` · ${t("acked")}` : null}
          {item.escalation > 0 ? (
            <strong className="font-550 text-bad">{` · ${t("climbed", { level: item.escalation })}`}</strong>
          ) : null}
        </span>
      </button>
      <span className="col-start-2 truncate text-12 text-ink-2 md:col-start-4">
        {item.ownerName ? t("for", { name: item.ownerName }) : t("anybody")}
      </span>
      {isSelected && children ? <div className="col-start-2 pt-1 md:col-span-2 md:col-start-3">{children}</div> : null}
    </li>
  );
}
