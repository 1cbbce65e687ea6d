"use client";

import { useTranslations } from "next-intl";
import { useShortcuts } from "@/components/shell/shortcuts";
import type { Board, BoardCard } from "@/lib/board/schema";

function focusCard(journeyId: string | undefined): void {
  if (!journeyId) return;
  const link = document.querySelector<HTMLElement>(`[data-card="${journeyId}"]`);
  link?.focus();
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The board without a mouse: rows up and down, columns to and fro, and the move. */
export function useBoardKeys(
  board: Board | undefined,
  selectedId: string | null,
  onMove: (card: BoardCard) => void,
): void {
  const t = useTranslations("board");
  const columns = board?.columns.filter(({ cards }) => cards.length > 0) ?? [];
  const at = columns.findIndex(({ cards }) => cards.some(({ journeyId }) => journeyId === selectedId));
  const cards = columns[Math.max(0, at)]?.cards ?? [];
  const row = cards.findIndex(({ journeyId }) => journeyId === selectedId);

  const toRow = (step: number) => () =>
    focusCard(cards[at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, row + step))]?.journeyId);
  const toColumn = (step: number) => () => {
    const next = columns[at < 0 ? 0 : Math.min(columns.length - 1, Math.max(0, at + step))];
    focusCard(next?.cards[Math.min(Math.max(0, row), next.cards.length - 1)]?.journeyId);
  };
  const sideways = (step: number) => () => toColumn(document.documentElement.dir === "rtl" ? -step : step)();
  useShortcuts([
    { keys: "j", label: t("keys.next"), run: toRow(1) },
    { keys: "k", label: t("keys.previous"), run: toRow(-1) },
    { keys: "ArrowRight", label: t("keys.right"), run: sideways(1) },
    { keys: "ArrowLeft", label: t("keys.left"), run: sideways(-1) },
    {
      keys: "m",
      label: t("keys.move"),
      run: () => {
        const card = cards[row];
        if (at >= 0 && card && board?.canMove) onMove(card);
      },
    },
  ]);
}
