import { describe, expect, test } from "vitest";
import { activeDays, hiddenRows, moveTargets, orderCards, targetOfColumn, withCardMoved } from "@/lib/board/rules";
import type { Board, BoardCard, BoardColumn, BoardSpoke, BoardStage } from "@/lib/board/schema";

const spoke = (id: string, position: number): BoardSpoke => ({
  id,
  key: id,
  code: id,
  name: id,
  nameHe: id,
  position,
});
const osc = spoke("osc", 0);
const sales = spoke("sales", 2);

const stage = (position: number, spokeId: string, more: Partial<BoardStage> = {}): BoardStage => ({
  id: `stage-${position}`,
  templateId: "template",
  key: `key_${position}`,
  name: `Stage ${position}`,
  position,
  spokeId,
  entryStatus: "active",
  p50: 3,
  p80: 7,
  allowedNext: [],
  requiredFields: [],
  ...more,
});

const stages = [
  stage(0, "osc", { entryStatus: "pre_lead" }),
  stage(1, "osc", { allowedNext: ["key_2", "key_3"], requiredFields: ["budget"] }),
  stage(2, "sales", { requiredFields: ["timing"] }),
  stage(3, "sales", { entryStatus: "won" }),
];

const card = (id: string, more: Partial<BoardCard> = {}): BoardCard => ({
  journeyId: id,
  customerId: `customer-${id}`,
  version: 1,
  name: id,
  place: null,
  status: "active",
  templateId: "template",
  stageId: "stage-1",
  spokeId: "osc",
  days: 3,
  isSlow: false,
  isOffTrack: false,
  nextName: "Call",
  clock: null,
  involved: [],
  missing: [],
  hasNeed: true,
  ...more,
});

const column = (from: BoardStage, cards: BoardCard[], count = cards.length): BoardColumn => ({
  id: from.id,
  name: from.name,
  spoke: from.spokeId === "osc" ? osc : sales,
  p50: from.p50,
  p80: from.p80,
  count,
  offTrack: cards.filter(({ isOffTrack }) => isOffTrack).length,
  cards,
});

const board = (cards: BoardCard[]): Board => ({
  by: "stage",
  who: "all",
  templateId: "template",
  templates: [],
  stages,
  spokes: [osc, sales],
  columns: stages.map((each) =>
    column(
      each,
      cards.filter(({ stageId }) => stageId === each.id),
    ),
  ),
  total: cards.length,
  canMove: true,
});

describe("days in a stage", () => {
  const enteredStageAt = new Date("2026-03-02T10:00:00Z");
  const now = new Date("2026-03-12T10:00:00Z");

  test("leave out the time the customer had asked to wait", () => {
    expect(activeDays({ enteredStageAt, heldMinutes: 2 * 1440, holdStartedAt: null }, now)).toBe(8);
  });

  test("stand still while a pause lasts", () => {
    const holdStartedAt = new Date("2026-03-06T10:00:00Z");
    expect(activeDays({ enteredStageAt, heldMinutes: 0, holdStartedAt }, now)).toBe(4);
  });
});

test("rows stand by days, the slow ones below the line", () => {
  const rows = [card("slow", { days: 9, isSlow: true }), card("older", { days: 6 }), card("newer", { days: 1 })];
  expect(orderCards(rows).map(({ journeyId }) => journeyId)).toEqual(["newer", "older", "slow"]);
});

describe("the last line of a column", () => {
  test("says that the rest is on track when every row off track is shown", () => {
    expect(hiddenRows(column(stages[1] as BoardStage, [card("a"), card("b", { isOffTrack: true })], 14))).toEqual({
      count: 12,
      kind: "on_track",
    });
  });

  test("says only how many when some off track may be hidden, or all that is shown is slow", () => {
    expect(hiddenRows({ ...column(stages[1] as BoardStage, [card("a")], 14), offTrack: 2 }).kind).toBe("unknown");
    expect(hiddenRows(column(stages[1] as BoardStage, [card("a", { isSlow: true })], 14)).kind).toBe("unknown");
  });

  test("is absent when everybody is shown", () => {
    expect(hiddenRows(column(stages[1] as BoardStage, [card("a")])).kind).toBe("none");
  });
});

describe("where a row may go", () => {
  test("forward along the template's edges with what the stage still requires, back with a reason", () => {
    const targets = moveTargets(card("a", { missing: ["budget"] }), stages);
    expect(targets.map((each) => [each.stage.key, each.direction, each.needsReason, each.missing])).toEqual([
      ["key_0", "back", true, []],
      ["key_2", "forward", false, ["budget"]],
      ["key_3", "forward", false, ["budget"]],
    ]);
  });

  test("only the next stage when the stage names none", () => {
    const targets = moveTargets(card("a", { stageId: "stage-2" }), stages);
    expect(targets.filter(({ direction }) => direction === "forward").map(({ stage }) => stage.key)).toEqual(["key_3"]);
  });

  test("asks for the need before somebody becomes a lead", () => {
    const [target] = moveTargets(card("a", { stageId: "stage-0", hasNeed: false }), stages);
    expect(target).toMatchObject({ stage: { key: "key_1" }, needsNeed: true });
  });

  test("nowhere while the customer asked for a pause", () => {
    expect(moveTargets(card("a", { status: "on_hold" }), stages)).toEqual([]);
  });

  test("dropping on a department means its nearest stage forward", () => {
    const bySpoke = { by: "spoke" as const, stages };
    expect(targetOfColumn(card("a"), { id: "sales" }, bySpoke)?.stage.key).toBe("key_2");
    expect(targetOfColumn(card("a"), { id: "osc" }, bySpoke)).toBeNull();
  });
});

describe("moving a row on the screen", () => {
  test("takes it out of its column, puts it first in the other and moves both counts", () => {
    const before = board([card("a", { isOffTrack: true }), card("b"), card("c", { stageId: "stage-2", days: 5 })]);
    const after = withCardMoved(before, "a", "stage-2");
    expect(after.columns.map(({ count, offTrack }) => [count, offTrack])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [0, 0],
    ]);
    expect(after.columns[2]?.cards.map(({ journeyId }) => journeyId)).toEqual(["a", "c"]);
    expect(after.columns[2]?.cards[0]).toMatchObject({ days: 0, stageId: "stage-2", missing: ["timing"] });
    expect(before.columns[1]?.cards).toHaveLength(2);
  });

  test("changes nothing for a row that is not shown or a stage that is not there", () => {
    const before = board([card("a")]);
    expect(withCardMoved(before, "z", "stage-2")).toBe(before);
    expect(withCardMoved(before, "a", "stage-9")).toBe(before);
    expect(withCardMoved(before, "a", "stage-1")).toBe(before);
  });

  test("takes the status of the stage, and a won journey stays won forward", () => {
    const lead = withCardMoved(board([card("a", { stageId: "stage-0", status: "pre_lead" })]), "a", "stage-1");
    expect(lead.columns[1]?.cards[0]?.status).toBe("active");
    const won = withCardMoved(board([card("a", { stageId: "stage-2", status: "won" })]), "a", "stage-3");
    expect(won.columns[3]?.cards[0]?.status).toBe("won");
    const back = withCardMoved(board([card("a", { stageId: "stage-3", status: "won" })]), "a", "stage-2");
    expect(back.columns[2]?.cards[0]?.status).toBe("active");
  });

  test("between stages of one department keeps the row in its column", () => {
    const bySpoke: Board = {
      ...board([]),
      by: "spoke",
      columns: [osc, sales].map((each) => ({
        id: each.id,
        name: each.name,
        spoke: each,
        p50: null,
        p80: null,
        count: each.id === "sales" ? 1 : 0,
        offTrack: 0,
        cards: each.id === "sales" ? [card("a", { stageId: "stage-2", spokeId: "sales" })] : [],
      })),
    };
    const after = withCardMoved(bySpoke, "a", "stage-3");
    expect(after.columns.map(({ count }) => count)).toEqual([0, 1]);
    expect(after.columns[1]?.cards[0]?.stageId).toBe("stage-3");
  });
});
