import { expect, test } from "vitest";
import { makeAnalysis, readAnalysis } from "@/lib/reports/analyses";
import { requestRun } from "@/lib/runs/commands";
import { readRun } from "@/lib/runs/queries";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { listStays } from "@/lib/survival/queries";
import type { SurvivalResult } from "@/lib/survival/schema";
import { Team } from "../../support/owed";
import { type Happened, tellJourneys } from "../../support/passed";

const day = 86_400_000;
const began = new Date("2026-01-05T09:00:00Z");
const on = (days: number) => new Date(began.getTime() + days * day);
const enter: Happened = { day: 0, stage: "new_lead", cause: "enter" };
const advance = (at: number): Happened[] => [enter, { day: at, stage: "qualified", cause: "advance" }];
const drop = (at: number): Happened[] => [enter, { day: at, stage: "new_lead", cause: "drop", status: "lost" }];

const tellOf = async (team: Team, told: Parameters<typeof tellJourneys>[3]) =>
  tellJourneys(await team.worker(began), team.osc.memberId, began, told);

async function survivalAt(team: Team, asOf: Date, knownAt = new Date()): Promise<SurvivalResult> {
  const ctx = await team.as(team.manager, new Date());
  return team.run(async () => {
    const { id } = await requestRun(ctx, RequestRun.parse({ kind: "survival", asOf, knownAt }));
    await performRun(ctx, id);
    return (await readRun(ctx, { id })).result as SurvivalResult;
  });
}

const stageIn = ({ stages }: SurvivalResult, key: string) => {
  const found = stages.find(({ stage, entries }) => stage === key && entries > 0);
  if (!found) throw new Error(`Nobody entered ${key}.`);
  return found;
};

test("ten stays make the curves of the worked example, and never the one that takes advance for still there", async () => {
  const team = await Team.make();
  // 3A 5A 5D 7C 8A 10D 12A 12C 15D 20C: who is open came that many days before the run.
  const told = [3, 5, 8, 12].map((at) => ({ events: advance(at) }));
  const lost = [5, 10, 15].map((at) => ({ events: drop(at) }));
  const open = [7, 12, 20].map((age) => ({ events: [{ ...enter, day: 20 - age }] }));
  await tellOf(team, [...told, ...lost, ...open]);
  const first = stageIn(await survivalAt(team, on(20)), "new_lead");
  expect(first).toMatchObject({
    entries: 10,
    advanced: 4,
    dropped: 3,
    open: 3,
    q25: 5,
    median: 10,
    p80: 15,
    isEnough: false,
  });
  expect(first.points.map(({ day, atRisk }) => [day, atRisk])).toEqual([
    [3, 10],
    [5, 9],
    [8, 6],
    [10, 5],
    [12, 4],
    [15, 2],
  ]);
  const last = first.points.at(-1);
  expect([last?.advance, last?.drop, last?.still].map((share) => share?.toFixed(4))).toEqual([
    "0.4333",
    "0.3917",
    "0.1750",
  ]);
  expect(first.slow).toMatchObject({ k: 1, n: 3 });
});

test("holds are taken off, who is on hold was last seen before it, merged and gone back are open, and first stays count", async () => {
  const team = await Team.make();
  const hold = (at: number): Happened => ({ day: at, stage: "new_lead", cause: "hold", status: "on_hold" });
  const resume = (at: number): Happened => ({ day: at, stage: "new_lead", cause: "resume" });
  const [held] = await tellOf(team, [
    { events: [enter, hold(2), resume(12), { day: 15, stage: "qualified", cause: "advance" }] },
    { events: [enter, hold(4)] },
    { events: [enter, { day: 6, stage: "new_lead", cause: "merge", status: "merged" }] },
    {
      events: [
        ...advance(3),
        { day: 8, stage: "new_lead", cause: "back" },
        { day: 9, stage: "new_lead", cause: "drop", status: "lost" },
      ],
    },
    {
      events: [
        ...drop(7),
        { day: 10, stage: "new_lead", cause: "reopen" },
        { day: 30, stage: "qualified", cause: "advance" },
      ],
    },
  ]);
  const result = await survivalAt(team, on(40));
  const first = stageIn(result, "new_lead");
  // Five days without the hold; three, seven; open after four and six days.
  expect(first).toMatchObject({ entries: 5, advanced: 2, dropped: 1, open: 2 });
  expect(first.points.map(({ day, atRisk }) => [day, atRisk])).toEqual([
    [3, 5],
    [5, 3],
    [7, 1],
  ]);
  expect(stageIn(result, "qualified")).toMatchObject({ entries: 3, advanced: 0, dropped: 0, open: 3 });
  const ctx = await team.as(team.manager, new Date());
  const [run] = await team.run(() =>
    ctx.db.analyticsRun.findMany({ where: { workspaceId: ctx.workspaceId, kind: "survival" } }),
  );
  const key = { run: run?.id ?? "", template: first.template, stage: "new_lead", ended: "advanced" as const };
  const behind = await team.run(() => listStays(ctx, key));
  expect(behind.total).toBe(2);
  expect(behind.rows.find(({ journeyId }) => journeyId === held)?.days).toBe(5);
});

test("what happened or was written down later does not count, and what came out of order is told by its own time", async () => {
  const team = await Team.make();
  await tellOf(team, [
    { events: advance(10) },
    // Written down on the thirtieth day that she had gone on with the fifth.
    { events: [enter, { day: 5, stage: "qualified", cause: "advance", recorded: 30 }] },
    // Her later step was written down first.
    {
      events: [
        enter,
        { day: 9, stage: "appointment", cause: "advance" },
        { day: 4, stage: "qualified", cause: "advance" },
      ],
    },
    // Something is written from before she came: in no curve, and counted.
    {
      events: [
        { ...enter, day: 6 },
        { day: 2, stage: "qualified", cause: "advance" },
      ],
    },
  ]);
  const early = await survivalAt(team, on(8), on(9));
  expect(early.leftOut).toBe(1);
  expect(stageIn(early, "new_lead")).toMatchObject({ entries: 3, advanced: 1, open: 2 });
  const late = await survivalAt(team, on(20));
  expect(stageIn(late, "new_lead").points.map(({ day }) => day)).toEqual([4, 5, 10]);
  expect(stageIn(late, "qualified")).toMatchObject({ entries: 3, advanced: 1 });
  expect(await survivalAt(team, on(8), on(9))).toEqual(early);
});

test("origins are compared only where both sides have thirty ends, and nobody has a curve in an empty workspace", async () => {
  const team = await Team.make();
  const ctx = await team.as(team.manager, new Date());
  const empty = (await team.run(() => readAnalysis(ctx, "survival"))).result as unknown as SurvivalResult;
  expect(
    empty.stages.every(({ entries, points, median }) => entries === 0 && points.length === 0 && median === null),
  ).toBe(true);
  expect(empty.tests).toBe(0);
  const many = (origin: string, count: number, at: number) =>
    Array.from({ length: count }, (_, place) => ({
      origin,
      events: place % 3 === 0 ? drop(at + (place % 4)) : advance(at + (place % 5)),
    }));
  await tellOf(team, [...many("web", 40, 2), ...many("phone", 40, 12), ...many("fair", 12, 6)]);
  const { result } = await team.run(() => makeAnalysis(ctx, "survival", on(60).toISOString()));
  const { groups } = stageIn(result as unknown as SurvivalResult, "new_lead");
  expect(groups.map(({ origin, verdict }) => [origin, verdict])).toEqual([
    ["fair", "not_enough"],
    ["phone", "differs"],
    ["web", "differs"],
  ]);
  expect(groups[0]?.p).toBeNull();
  await expect(team.run(() => readAnalysis(ctx, "survival", "2099-01-01"))).rejects.toMatchObject({
    reason: "in_the_future",
  });
});

test("who may not read everybody's figures reads none of these", async () => {
  const team = await Team.make();
  const seller = await team.as(team.seller, new Date());
  await expect(team.run(() => readAnalysis(seller, "survival"))).rejects.toMatchObject({ code: "forbidden" });
});
