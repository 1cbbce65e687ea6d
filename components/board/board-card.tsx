"use client";

import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Clock } from "@/components/ui/clock";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { SmallWheel } from "@/components/ui/small-wheel";
import { clockWords, ratioOf } from "@/components/ui/time-words";
import type { BoardCard, BoardSpoke } from "@/lib/board/schema";
import { paths } from "@/lib/paths";

type Props = {
  workspace: string;
  card: BoardCard;
  spoke: BoardSpoke | undefined;
  now: number;
  canMove: boolean;
  isBusy: boolean;
  isSelected: boolean;
  onSelect: () => void;
  onMove: () => void;
};

/** One customer of a column: who, what comes next, her day in the stage and the clock. It can be dragged, or moved by its button. */
export function BoardRow({ workspace, card, spoke, now, canMove, isBusy, isSelected, onSelect, onMove }: Props) {
  const t = useTranslations("board");
  const common = useTranslations("common");
  const element = useRef<HTMLLIElement>(null);
  const [isDragged, setDragged] = useState(false);

  useEffect(() => {
    if (!element.current || !canMove || isBusy) return undefined;
    return draggable({
      element: element.current,
      getInitialData: () => ({ journeyId: card.journeyId }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    });
  }, [card.journeyId, canMove, isBusy]);

  return (
    <li
      ref={element}
      data-journey={card.journeyId}
      aria-busy={isBusy || undefined}
      className={cn(
        "group/row relative grid grid-cols-[24px_minmax(0,1fr)] gap-x-2.25 border-hairline border-b px-3.5 py-2.5",
        canMove && "cursor-grab",
        isDragged && "z-10 rounded-control bg-float shadow-float outline-2 outline-accent",
        !isDragged && (isSelected ? "bg-selected" : "hover:bg-hover"),
      )}
    >
      <SmallWheel
        involved={card.involved}
        baton={spoke?.position ?? 0}
        isLate={card.isOffTrack}
        className="mt-0.5 size-6"
      />
      <div className="min-w-0">
        <div className="flex items-start gap-1">
          <Link
            href={paths.customer(workspace, card.customerId)}
            prefetch={false}
            draggable={false}
            onFocus={onSelect}
            data-card={card.journeyId}
            className="min-w-0 flex-1 break-words font-550 text-13"
          >
            <bdi>{card.name}</bdi>
          </Link>
          {canMove ? (
            <IconButton
              icon={ArrowLeftRight}
              label={t("move_to", { name: card.name })}
              onClick={onMove}
              disabled={isBusy}
              className="absolute end-1 top-1.5 size-6 bg-float opacity-0 focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 pointer-coarse:opacity-100"
            />
          ) : null}
        </div>
        <p className="truncate text-12 text-ink-3">
          {card.status === "on_hold" ? t("paused") : (card.nextName ?? t("nothing_next"))}
        </p>
        <div className="mt-1 flex items-end justify-between gap-2">
          <span className={cn("num whitespace-nowrap text-12", card.isSlow ? "font-550 text-warn" : "text-ink-3")}>
            {t("day", { day: Math.floor(card.days) })}
          </span>
          {card.clock ? (
            <Clock
              className="justify-end justify-items-end"
              ratio={ratioOf(card.clock.startedAt, card.clock.dueAt, now)}
              text={clockWords(new Date(card.clock.dueAt).getTime(), now, common)}
            />
          ) : null}
        </div>
      </div>
    </li>
  );
}
