import type { Board, BoardCard, BoardColumn, BoardStage } from "./schema";

/** How many rows a column shows; the rest is a number and a link. */
export const shownPerColumn = 20;

/** Days in a stage without the time the customer had asked to wait. */
export function activeDays(
  stay: { enteredStageAt: Date; heldMinutes: number; holdStartedAt: Date | null },
  now: Date,
): number {
  const until = stay.holdStartedAt ?? now;
  return Math.max(0, until.getTime() - stay.enteredStageAt.getTime() - stay.heldMinutes * 60_000) / 86_400_000;
}

/** The rows of a column as they are read: by days, the slow ones last. */
export function orderCards(cards: readonly BoardCard[]): BoardCard[] {
  return [...cards].sort(
    (a, b) => Number(a.isSlow) - Number(b.isSlow) || a.days - b.days || (a.journeyId < b.journeyId ? -1 : 1),
  );
}

/**
 * What the rows that are not shown have in common: nobody is hidden (`none`), all of them are on track (`on_track`), or that
 * cannot be said (`unknown`).
 */
export function hiddenRows(column: BoardColumn): { count: number; kind: "none" | "on_track" | "unknown" } {
  const count = Math.max(0, column.count - column.cards.length);
  if (count === 0) return { count, kind: "none" };
  const shownOffTrack = column.cards.filter(({ isOffTrack }) => isOffTrack).length;
  const isEveryShownOneSlow = column.cards.every(({ isSlow, isOffTrack }) => isSlow || isOffTrack);
  return { count, kind: shownOffTrack >= column.offTrack && !isEveryShownOneSlow ? "on_track" : "unknown" };
}

/** A place one may move a row to, and what the move will ask for. */
export type MoveTarget = {
  stage: BoardStage;
  direction: "forward" | "back";
  needsReason: boolean;
  needsNeed: boolean;
  missing: string[];
};

/**
 * Where a row may go: forward along the template's edges, back to any earlier stage of the template. The server decides
 * again; this only says what to offer and what to ask for beforehand.
 */
export function moveTargets(card: BoardCard, stages: readonly BoardStage[]): MoveTarget[] {
  const from = stages.find(({ id }) => id === card.stageId);
  if (!from || card.status === "on_hold") return [];
  return stages
    .filter((stage) => stage.templateId === card.templateId && stage.id !== from.id)
    .sort((a, b) => a.position - b.position)
    .flatMap((stage): MoveTarget[] => {
      if (stage.position < from.position) {
        return [{ stage, direction: "back", needsReason: true, needsNeed: false, missing: [] }];
      }
      const isEdge =
        from.allowedNext.length > 0 ? from.allowedNext.includes(stage.key) : stage.position === from.position + 1;
      if (!isEdge) return [];
      const needsNeed = from.entryStatus === "pre_lead" && stage.entryStatus !== "pre_lead" && !card.hasNeed;
      return [{ stage, direction: "forward", needsReason: false, needsNeed, missing: card.missing }];
    });
}

/** Whether a move asks for anything before it can be made. */
export function asksForMore(target: MoveTarget): boolean {
  return target.needsReason || target.needsNeed || target.missing.length > 0;
}

/**
 * The target that dropping a row on a column means: the stage itself, or the spoke's nearest stage forward, else its nearest
 * back. Null when the template has no way there.
 */
export function targetOfColumn(
  card: BoardCard,
  column: Pick<BoardColumn, "id">,
  board: Pick<Board, "by" | "stages">,
): MoveTarget | null {
  const targets = moveTargets(card, board.stages);
  if (board.by === "stage") return targets.find(({ stage }) => stage.id === column.id) ?? null;
  if (card.spokeId === column.id) return null;
  const there = targets.filter(({ stage }) => stage.spokeId === column.id);
  return there.find(({ direction }) => direction === "forward") ?? there.at(-1) ?? null;
}

/**
 * The board as it will look when the row has moved to the stage: it leaves its column, stands first in the other with a fresh
 * day count, and both counts follow. A row that is not shown, or a stage of no column, changes nothing.
 */
export function withCardMoved(board: Board, journeyId: string, toStageId: string): Board {
  const stage = board.stages.find(({ id }) => id === toStageId);
  const source = board.columns.find(({ cards }) => cards.some((card) => card.journeyId === journeyId));
  const card = source?.cards.find((each) => each.journeyId === journeyId);
  if (!stage || !source || !card || card.stageId === stage.id) return board;
  const targetId = board.by === "stage" ? stage.id : stage.spokeId;
  const wasWon = card.status === "won" && !(stage.entryStatus !== "won" && isBack(board, card, stage));
  const moved: BoardCard = {
    ...card,
    stageId: stage.id,
    spokeId: stage.spokeId,
    status: wasWon ? "won" : stage.entryStatus,
    days: 0,
    isSlow: false,
    clock: null,
    nextName: null,
    missing: [...stage.requiredFields],
  };
  const columns = board.columns.map((column): BoardColumn => {
    const isTarget = column.id === targetId;
    if (column.id === source.id) {
      const cards = column.cards.filter((each) => each.journeyId !== journeyId);
      const left = { ...column, count: column.count - 1, offTrack: column.offTrack - Number(card.isOffTrack), cards };
      return isTarget ? arrive(left, moved) : left;
    }
    return isTarget ? arrive(column, moved) : column;
  });
  return { ...board, columns };
}

function arrive(column: BoardColumn, card: BoardCard): BoardColumn {
  return {
    ...column,
    count: column.count + 1,
    offTrack: column.offTrack + Number(card.isOffTrack),
    cards: orderCards([card, ...column.cards]),
  };
}

function isBack(board: Board, card: BoardCard, to: BoardStage): boolean {
  const from = board.stages.find(({ id }) => id === card.stageId);
  return from !== undefined && to.position < from.position;
}

/** The search string of a board, without what goes without saying. */
export function boardQuery(filter: {
  by?: string;
  who?: string | undefined;
  template?: string | null | undefined;
}): string {
  const params = new URLSearchParams();
  if (filter.by === "spoke") params.set("by", "spoke");
  if (filter.who) params.set("who", filter.who);
  if (filter.template && filter.by !== "spoke") params.set("template", filter.template);
  return params.toString();
}

/** The search string of the customers list that shows everybody of a column. */
export function columnQuery(board: Pick<Board, "by" | "who">, column: BoardColumn): string {
  const params = new URLSearchParams();
  if (board.by === "stage") params.append("stage", column.id);
  else params.append("spoke", column.spoke.key);
  if (board.who === "mine") params.append("osc", "me");
  return params.toString();
}
