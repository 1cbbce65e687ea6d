"use client";

import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { SectionHead } from "@/components/ui/section-head";
import { SmallWheel } from "@/components/ui/small-wheel";
import { type Queue, type QueueItem, queueGroups } from "@/lib/home/schema";
import { QueueRow } from "./queue-row";

type Props = {
  workspace: string;
  queue: Queue;
  now: number;
  selectedId: string | null;
  onSelect: (item: QueueItem) => void;
  emptyAction: ReactNode;
};

/** The groups of Home in their order; the last line says what is silent. */
export function HomeList({ workspace, queue, now, selectedId, onSelect, emptyAction }: Props) {
  const t = useTranslations("home");
  if (queue.items.length === 0) {
    return (
      <EmptyState title={queue.onTrack > 0 ? t("all_quiet") : t("nobody_yet")} action={emptyAction}>
        {queue.onTrack > 0 ? t("silent", { count: queue.onTrack, held: queue.onHold }) : t("nobody_hint")}
      </EmptyState>
    );
  }
  return (
    <div className="min-w-0 flex-1 pb-10">
      {queueGroups.map((group) => {
        const items = queue.items.filter((item) => item.group === group);
        if (items.length === 0) return null;
        return (
          <Fragment key={group}>
            <div className="px-4 md:px-7">
              <SectionHead
                id={`group-${group}`}
                title={t(`group.${group}`)}
                note={
                  group === "unanswered"
                    ? t("answer_within", { count: items.length, minutes: queue.firstResponseMinutes })
                    : String(items.length)
                }
              />
            </div>
            <ul aria-labelledby={`group-${group}`} className="border-hairline border-b">
              {items.map((item) => (
                <QueueRow
                  key={item.journeyId}
                  workspace={workspace}
                  item={item}
                  now={now}
                  isSelected={item.customerId === selectedId}
                  onSelect={() => onSelect(item)}
                />
              ))}
            </ul>
          </Fragment>
        );
      })}
      {queue.hasMoreWithoutClock ? (
        <p className="px-4 pt-3 text-12 text-ink-3 md:px-7">{t("more_without_clock")}</p>
      ) : null}
      <p className="flex items-center gap-2 px-4 pt-4 text-12 text-ink-3 md:px-7">
        <SmallWheel involved={[]} baton={0} className="size-5" />
        {t("silent", { count: queue.onTrack, held: queue.onHold })}
      </p>
    </div>
  );
}
