"use client";

import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { useErrorWords } from "@/components/ui/error-words";
import { late } from "@/components/ui/late";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHead } from "@/components/ui/page-head";
import { say } from "@/components/ui/toast";
import { useNow } from "@/components/ui/use-now";
import { asksForMore, type MoveTarget, moveTargets, targetOfColumn } from "@/lib/board/rules";
import type { Board, BoardCard } from "@/lib/board/schema";
import { paths } from "@/lib/paths";
import { errorOf } from "@/lib/request";
import { BoardColumnView } from "./board-column";
import { BoardFilters } from "./board-filters";
import type { MoveAnswers } from "./move-dialog";
import { type BoardParams, useBoard, useMoveCard } from "./use-board";
import { useBoardKeys } from "./use-board-keys";

const MoveDialog = late(() => import("./move-dialog").then((module) => module.MoveDialog));

type Props = { workspace: string; params: BoardParams; now: string };
type Asking = { card: BoardCard; chosen: MoveTarget | null };

/** Finds a row by its journey, wherever it stands. */
const findCard = (board: Board, journeyId: string) =>
  board.columns.flatMap(({ cards }) => cards).find((card) => card.journeyId === journeyId);

/** The board: drag a row, or press m; what the stage asks for is asked, and a refusal puts the row back and says why. */
export function BoardScreen({ workspace, params, now: serverNow }: Props) {
  const t = useTranslations("board");
  const words = useErrorWords();
  const now = useNow(serverNow, 15);
  const { data: board, error, isLoading, refetch } = useBoard(workspace, params);
  const move = useMoveCard(workspace, params);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const busyId = move.isPending ? move.variables.journeyId : null;

  function send(card: BoardCard, target: MoveTarget, answers: MoveAnswers) {
    setAsking(null);
    const { journeyId, customerId, version } = card;
    move.mutate(
      { journeyId, customerId, version, toStageId: target.stage.id, ...answers },
      {
        onError: (thrown) => {
          const refusal = errorOf(thrown);
          void say(t("put_back", { name: card.name, why: words(refusal) }), { isError: true });
          const missing = Object.keys(refusal.fields ?? {})
            .filter((key) => key.startsWith("fields."))
            .map((key) => key.slice("fields.".length));
          if (missing.length > 0) setAsking({ card, chosen: { ...target, missing } });
        },
        onSuccess: () => void say(t("moved", { name: card.name, stage: target.stage.name })),
      },
    );
  }

  function askOrSend(card: BoardCard, target: MoveTarget) {
    if (asksForMore(target)) setAsking({ card, chosen: target });
    else send(card, target, {});
  }

  function drop(journeyId: string, columnId: string) {
    const card = board && findCard(board, journeyId);
    const target = card && targetOfColumn(card, { id: columnId }, board);
    if (card && target) askOrSend(card, target);
  }
  const latestDrop = useRef(drop);
  useEffect(() => {
    latestDrop.current = drop;
  });
  useEffect(
    () =>
      monitorForElements({
        onDrop: ({ source, location }) => {
          const columnId = location.current.dropTargets[0]?.data.columnId;
          if (columnId !== undefined) latestDrop.current(String(source.data.journeyId), String(columnId));
        },
      }),
    [],
  );
  useBoardKeys(board, selectedId, (card) => setAsking({ card, chosen: null }));

  return (
    <div className="flex h-dvh min-h-96 flex-col pb-16 md:pb-0">
      <PageHead title={t("title")} statement={board ? t(`statement.${board.who}`, { count: board.total }) : undefined}>
        {board ? <BoardFilters workspace={workspace} board={board} /> : null}
      </PageHead>
      <ListFrame
        isLoading={isLoading}
        error={error ? { requestId: errorOf(error).requestId } : null}
        onRetry={() => void refetch()}
        isEmpty={board?.total === 0}
        empty={
          <EmptyState
            title={board?.who === "mine" ? t("empty_mine") : t("empty")}
            action={<LinkButton href={paths.newCustomer(workspace)}>{t("first_customer")}</LinkButton>}
          >
            {t("empty_hint")}
          </EmptyState>
        }
      >
        <section
          aria-label={t("title")}
          aria-busy={move.isPending}
          data-board
          className="relative grid min-h-0 flex-1 snap-x auto-cols-[minmax(208px,1fr)] grid-flow-col overflow-auto max-md:auto-cols-[82%] max-md:*:snap-start"
        >
          {board?.columns.map((column) => (
            <BoardColumnView
              key={column.id}
              workspace={workspace}
              board={board}
              column={column}
              now={now}
              busyId={busyId}
              selectedId={selectedId}
              onSelect={(card) => setSelectedId(card.journeyId)}
              onMove={(card) => setAsking({ card, chosen: null })}
              accepts={(journeyId) => {
                const card = findCard(board, journeyId);
                return card !== undefined && targetOfColumn(card, column, board) !== null;
              }}
            />
          ))}
        </section>
      </ListFrame>
      {asking && board ? (
        <MoveDialog
          key={`${asking.card.journeyId} ${asking.chosen?.missing.join() ?? ""}`}
          card={asking.card}
          targets={moveTargets(asking.card, board.stages)}
          spokes={board.spokes}
          chosen={asking.chosen}
          onClose={() => setAsking(null)}
          onMove={(target, answers) => send(asking.card, target, answers)}
        />
      ) : null}
    </div>
  );
}
