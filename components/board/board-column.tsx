"use client";

import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { SpokeCode } from "@/components/ui/spoke-code";
import { columnQuery, hiddenRows } from "@/lib/board/rules";
import type { Board, BoardCard, BoardColumn } from "@/lib/board/schema";
import { paths } from "@/lib/paths";
import { BoardRow } from "./board-card";
import { DwellStrip } from "./dwell-strip";

type Props = {
  workspace: string;
  board: Board;
  column: BoardColumn;
  now: number;
  busyId: string | null;
  selectedId: string | null;
  onSelect: (card: BoardCard) => void;
  onMove: (card: BoardCard) => void;
  /** Whether a dragged row may land here; null while none is dragged. */
  accepts: (journeyId: string) => boolean;
};

/** One column: its head says how many stand here and for how long, its rows stand by days, slow ones below the line. */
export function BoardColumnView({ workspace, board, column, accepts, ...rows }: Props) {
  const t = useTranslations("board");
  const locale = useLocale();
  const id = useId();
  const element = useRef<HTMLElement>(null);
  const latest = useRef(accepts);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    latest.current = accepts;
  });

  useEffect(() => {
    if (!element.current) return undefined;
    return dropTargetForElements({
      element: element.current,
      getData: () => ({ columnId: column.id }),
      canDrop: ({ source }) => latest.current(String(source.data.journeyId)),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    });
  }, [column.id]);

  const spokeName = locale === "he" ? column.spoke.nameHe || column.spoke.name : column.spoke.name;
  const name = board.by === "spoke" ? spokeName : column.name;
  return (
    <section
      ref={element}
      aria-labelledby={id}
      data-column={column.id}
      className={cn("min-w-0 border-hairline border-e", isOver && "bg-selected")}
    >
      <header className="sticky top-0 z-10 border-hairline-strong border-b bg-sheet px-3.5 pt-3 pb-2">
        <div className="flex justify-between gap-2">
          <h2 id={id} className="truncate font-550 text-14">
            <bdi>{name}</bdi>
          </h2>
          <span className="num text-ink-3">{t("count", { count: column.count })}</span>
        </div>
        <p className="flex h-5 items-start gap-1.5 truncate text-12 text-ink-3">
          <SpokeCode code={column.spoke.code} position={column.spoke.position} name={spokeName} />
          <span className="truncate">
            {board.by === "stage" ? spokeName : ""}
            {column.p50 === null ? "" : t("half_by", { day: column.p50 })}
          </span>
        </p>
        <DwellStrip column={column} />
      </header>
      <ColumnRows {...rows} workspace={workspace} board={board} column={column} labelId={id} />
    </section>
  );
}

function ColumnRows({
  workspace,
  board,
  column,
  labelId,
  now,
  busyId,
  selectedId,
  onSelect,
  onMove,
}: Omit<Props, "accepts"> & { labelId: string }) {
  const t = useTranslations("board");
  const hidden = hiddenRows(column);
  const firstSlow = column.cards.findIndex(({ isSlow }) => isSlow);
  return (
    <ol aria-labelledby={labelId}>
      {column.cards.map((card, index) => [
        index === firstSlow ? (
          <li
            key="slow"
            className="flex items-center gap-2 px-3.5 py-1.5 text-11 text-warn after:flex-1 after:border-warn after:border-t-[1.5px]"
          >
            {column.p80 === null ? t("slow") : t("slow_past", { day: column.p80 })}
          </li>
        ) : null,
        <BoardRow
          key={card.journeyId}
          workspace={workspace}
          card={card}
          spoke={board.spokes.find(({ id }) => id === card.spokeId)}
          now={now}
          canMove={board.canMove}
          isBusy={busyId === card.journeyId}
          isSelected={selectedId === card.journeyId}
          onSelect={() => onSelect(card)}
          onMove={() => onMove(card)}
        />,
      ])}
      {column.count === 0 ? <li className="px-3.5 py-3 text-12 text-ink-3">{t("nobody_here")}</li> : null}
      {hidden.kind === "none" ? null : (
        <li className="px-3.5 py-3 text-12 text-ink-3">
          <Link
            href={paths.customers(workspace, columnQuery(board, column))}
            prefetch={false}
            className="underline decoration-hairline-strong underline-offset-2 hover:text-ink-1"
          >
            {t(hidden.kind === "on_track" ? "more_on_track" : "more", { count: hidden.count })}
          </Link>
        </li>
      )}
    </ol>
  );
}
