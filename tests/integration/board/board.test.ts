import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { getBoard, getBoardCounts } from "@/lib/board/queries";
import type { Board, BoardFilterInput } from "@/lib/board/schema";
import { BoardFilter } from "@/lib/board/schema";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/identifiers";
import { moveJourney } from "@/lib/journeys/commands";
import { completeJourney, loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { reassignOsc } from "@/lib/journeys/osc";
import { holdJourney, resumeJourney } from "@/lib/journeys/pauses";
import { journeyTasks } from "@/lib/journeys/tasks";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer, stageIdOf, workerContext } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");
const days = (count: number) => new Date(monday.getTime() + count * 86_400_000);

let workspace: TestWorkspace;
let dana: TestMember;
let mara: TestMember;
let ctx: Context;
let manager: Context;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
const boardFor = (at: Context, filter: BoardFilterInput = {}) =>
  inWorkspace(at.workspaceId, () => getBoard(at, BoardFilter.parse(filter)));
const columnOf = (board: Board, name: string) => {
  const column = board.columns.find((each) => each.name === name);
  if (!column) throw new Error(`no column ${name}`);
  return column;
};

beforeEach(async () => {
  workspace = await makeWorkspace();
  dana = await makeMember(workspace, { name: "Dana Whitlock" });
  mara = await makeMember(workspace, { name: "Mara Keller" });
  ctx = await contextOf(workspace, dana, monday);
  manager = await contextOf(workspace, workspace.owner, monday, ["manager"]);
});

describe("the board by stage", () => {
  test("shows an OSC her own and a manager everybody", async () => {
    await makeCustomer(ctx, dana, { name: "Hannah Weiss" });
    await makeCustomer(ctx, mara, { name: "Dele Akande" });
    const mine = await boardFor(ctx);
    expect([mine.who, mine.total]).toEqual(["mine", 1]);
    expect(columnOf(mine, "New lead")).toMatchObject({
      count: 1,
      cards: [{ name: "Hannah Weiss", nextName: "First response" }],
    });
    const all = await boardFor(manager);
    expect([all.who, all.total]).toEqual(["all", 2]);
    expect((await boardFor(ctx, { who: "all" })).total).toBe(2);
  });

  test("counts days without the pause, and draws the line at the day by which four in five have left", async () => {
    const { customerId } = await makeCustomer(ctx, dana, { name: "Ade Bright" });
    await makeCustomer({ ...ctx, now: days(10) }, dana, { name: "Yuki Tanaka" });
    await run(() => holdJourney({ ...ctx, now: days(2) }, { customerId, until: days(6) }));
    await run(() => resumeJourney({ ...ctx, now: days(6) }, { customerId }));
    const before = columnOf(await boardFor({ ...ctx, now: days(17) }), "New lead");
    expect(before.cards.map(({ name, days: count, isSlow }) => [name, count, isSlow])).toEqual([
      ["Yuki Tanaka", 7, false],
      ["Ade Bright", 13, false],
    ]);
    const after = columnOf(await boardFor({ ...ctx, now: days(19) }), "New lead");
    expect(after.cards.at(-1)).toMatchObject({ name: "Ade Bright", days: 15, isSlow: true });
    expect([after.p50, after.p80, after.spoke.key]).toEqual([5, 14, "osc"]);
  });

  test("shows at most twenty rows of a column, those off track first, and counts all", async () => {
    const people = [];
    for (let index = 0; index < 24; index += 1) {
      people.push(
        await makeCustomer({ ...ctx, now: new Date(monday.getTime() + index * 60_000) }, dana, {
          name: `Person ${index}`,
        }),
      );
    }
    const last = people.at(-1);
    const worker = await workerContext(workspace, days(1));
    await run(async () => {
      const touchpoint = await ctx.db.touchpoint.findFirstOrThrow({
        where: { workspaceId: workspace.id, journeyId: last?.journeyId ?? "" },
      });
      await journeyTasks["touchpoint.overdue"]?.(worker, { journeyId: last?.journeyId, touchpointId: touchpoint.id });
    });
    const column = columnOf(await boardFor({ ...ctx, now: days(1) }), "New lead");
    expect([column.count, column.offTrack, column.cards.length]).toEqual([24, 1, 20]);
    expect(column.cards.find(({ isOffTrack }) => isOffTrack)?.name).toBe("Person 23");
  });

  test("names what the stage still requires and whether the need is known", async () => {
    const { customerId } = await makeCustomer(ctx, dana);
    await run(async () => {
      await moveJourney(ctx, {
        customerId,
        toStageId: await stageIdOf(ctx, "qualified"),
        fields: { price_range: "400 to 500" },
      });
    });
    expect(columnOf(await boardFor(ctx), "Qualified").cards[0]).toMatchObject({ missing: ["timing"], hasNeed: true });
  });

  test("shows another template when asked, and answers not_found for one that is not here", async () => {
    const { templates } = await boardFor(manager);
    expect(templates.map(({ name }) => name)).toEqual(["Home builder", "SaaS", "Telecom"]);
    const saas = await boardFor(manager, { template: templates[1]?.id });
    expect(saas.columns[0]?.name).toBe("Lead");
    const other = await makeWorkspace();
    const foreign = await boardFor(await contextOf(other, other.owner, monday));
    await expect(boardFor(manager, { template: foreign.templateId ?? "" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(boardFor(manager, { template: newId() })).rejects.toMatchObject({ code: "not_found" });
  });

  test("shows nobody of another workspace", async () => {
    await makeCustomer(ctx, dana, { name: "Secret Merger" });
    const other = await makeWorkspace();
    const board = await boardFor(await contextOf(other, other.owner, monday));
    expect(board.total).toBe(0);
    expect(JSON.stringify(board)).not.toContain("Secret Merger");
  });

  test("shows a department only those it has or had", async () => {
    const sales = await makeMember(workspace, { name: "Sam Sales", roles: ["sales"], spoke: "sales" });
    const seller = await contextOf(workspace, sales, monday);
    const { customerId } = await makeCustomer(ctx, dana, { name: "Ivo Brandt" });
    await makeCustomer(ctx, dana, { name: "Noor Siddiqui" });
    expect((await boardFor(seller)).total).toBe(0);
    await run(async () => {
      const toStageId = await stageIdOf(ctx, "appointment");
      await moveJourney(ctx, { customerId, toStageId, accountableId: sales.memberId });
    });
    const board = await boardFor(seller);
    expect([board.total, board.who]).toEqual([1, "all"]);
    expect(columnOf(board, "Appointment").cards.map(({ name }) => name)).toEqual(["Ivo Brandt"]);
    expect((await boardFor(seller, { who: "mine" })).total).toBe(1);
    expect((await run(() => getBoardCounts(seller, BoardFilter.parse({})))).total).toBe(1);
  });
});

test("the board reads with two statements and its counts with one, besides the session", async () => {
  await makeCustomer(ctx, dana);
  let statements = 0;
  const counted = (at: Context): Context => ({
    ...at,
    db: new Proxy(at.db, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (key !== "$queryRaw" || typeof value !== "function") throw new Error(`${String(key)} is not counted`);
        return (...input: unknown[]) => {
          statements += 1;
          return value.apply(target, input);
        };
      },
    }),
  });
  const sales = await makeMember(workspace, { name: "Sam Sales", roles: ["sales"], spoke: "sales" });
  for (const at of [ctx, manager, await contextOf(workspace, sales, monday)]) {
    for (const by of ["stage", "spoke"] as const) {
      statements = 0;
      await boardFor(counted(at), { by });
      expect(statements).toBe(2);
      await run(() => getBoardCounts(counted(at), BoardFilter.parse({ by })));
      expect(statements).toBe(3);
    }
  }
});

describe("the board by department", () => {
  test("has a column for every department with whoever stands with it, of any template", async () => {
    const { customerId } = await makeCustomer(ctx, dana, { name: "Ivo Brandt" });
    await makeCustomer(ctx, dana, { name: "Noor Siddiqui" });
    await run(async () => {
      await moveJourney(ctx, { customerId, toStageId: await stageIdOf(ctx, "appointment") });
    });
    const board = await boardFor(ctx, { by: "spoke" });
    expect(board.columns.map(({ spoke, count }) => [spoke.key, count])).toEqual([
      ["osc", 1],
      ["marketing", 0],
      ["sales", 1],
      ["senior_sales", 0],
      ["design", 0],
      ["implementation", 0],
      ["cs", 0],
      ["service", 0],
    ]);
    expect(columnOf(board, "Sales").cards[0]).toMatchObject({ name: "Ivo Brandt", involved: [0, 2] });
  });
});

describe("counts", () => {
  type Step = {
    who: number;
    does: "advance" | "skip" | "back" | "hold" | "resume" | "lose" | "reopen" | "complete" | "reassign" | "overdue";
  };
  const step: fc.Arbitrary<Step> = fc.record({
    who: fc.nat(4),
    does: fc.constantFrom(
      "advance",
      "advance",
      "advance",
      "skip",
      "back",
      "hold",
      "resume",
      "lose",
      "reopen",
      "complete",
      "reassign",
      "overdue",
    ),
  });

  let stages: { id: string; position: number }[] = [];

  let done = 0;

  async function act(customerId: string, does: Step["does"], at: Context): Promise<void> {
    const journey = await run(() =>
      at.db.journey.findFirstOrThrow({ where: { workspaceId: workspace.id, customerId } }),
    );
    const place = stages.findIndex(({ id }) => id === journey.stageId);
    const toStageId = stages[place + (does === "back" ? -1 : does === "skip" ? 2 : 1)]?.id ?? newId();
    const fields = { price_range: "x", timing: "y" };
    const commands: Record<Step["does"], () => Promise<unknown>> = {
      advance: () => moveJourney(at, { customerId, toStageId, fields }),
      skip: () => moveJourney(at, { customerId, toStageId, fields }),
      back: () => moveJourney(at, { customerId, toStageId, reason: "again" }),
      hold: () => holdJourney(at, { customerId, until: new Date(at.now.getTime() + 86_400_000) }),
      resume: () => resumeJourney(at, { customerId }),
      lose: () => loseJourney(at, { customerId, lostReason: "price", byCustomer: true }),
      reopen: () => reopenJourney(at, { customerId, reason: "back" }),
      complete: () => completeJourney(at, { customerId }),
      reassign: () =>
        reassignOsc(at, {
          customerId,
          memberId: journey.oscId === dana.memberId ? mara.memberId : dana.memberId,
          reason: "load",
        }),
      overdue: async () => {
        const touchpoint = await at.db.touchpoint.findFirst({
          where: { workspaceId: workspace.id, journeyId: journey.id, state: "due" },
        });
        if (!touchpoint) return;
        const worker = await workerContext(workspace, at.now);
        await journeyTasks["touchpoint.overdue"]?.(worker, { journeyId: journey.id, touchpointId: touchpoint.id });
      },
    };
    try {
      await run(commands[does]);
      done += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  async function recount(osc: string | null): Promise<Record<string, number>> {
    const journeys = await run(() =>
      ctx.db.journey.findMany({
        where: {
          workspaceId: workspace.id,
          status: { in: ["pre_lead", "active", "nurture", "won", "on_hold"] },
          ...(osc ? { oscId: osc } : {}),
        },
      }),
    );
    const counts: Record<string, number> = {};
    for (const { stageId } of journeys) counts[stageId] = (counts[stageId] ?? 0) + 1;
    return counts;
  }

  const countsOf = (board: Board) =>
    Object.fromEntries(board.columns.filter(({ count }) => count > 0).map(({ id, count }) => [id, count]));

  test("equal a recount after any sequence of moves, pauses, losses and hand-overs", async () => {
    stages = await run(async () => {
      const { id } = await ctx.db.journeyTemplate.findFirstOrThrow({
        where: { workspaceId: workspace.id, isDefault: true },
      });
      return ctx.db.stage.findMany({
        where: { workspaceId: workspace.id, templateId: id },
        orderBy: { position: "asc" },
      });
    });
    const people: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      people.push((await makeCustomer(ctx, index % 2 ? mara : dana, { name: `Person ${index}` })).customerId);
    }
    let minute = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 36 }), async (steps) => {
        for (const { who, does } of steps) {
          minute += 30;
          await act(people[who] ?? "", does, { ...manager, now: new Date(monday.getTime() + minute * 60_000) });
        }
        const now = new Date(monday.getTime() + minute * 60_000);
        expect(countsOf(await boardFor({ ...manager, now }))).toEqual(await recount(null));
        expect(countsOf(await boardFor({ ...ctx, now }))).toEqual(await recount(dana.memberId));
        const bySpoke = await boardFor({ ...manager, now }, { by: "spoke" });
        for (const by of ["stage", "spoke"] as const) {
          const board = await boardFor({ ...manager, now }, { by });
          const counts = await run(() => getBoardCounts({ ...manager, now }, BoardFilter.parse({ by })));
          expect(counts.columns.map(({ id, count, offTrack }) => [id, count, offTrack])).toEqual(
            board.columns.map(({ id, count, offTrack }) => [id, count, offTrack]),
          );
        }
        for (const board of [bySpoke, await boardFor({ ...manager, now })]) {
          for (const column of board.columns) {
            expect(column.cards.length).toBe(Math.min(20, column.count));
            expect(column.cards.filter(({ isOffTrack }) => isOffTrack).length).toBe(column.offTrack);
          }
        }
      }),
      { numRuns: 4 },
    );
    expect(done).toBeGreaterThan(20);
  }, 120_000);
});
