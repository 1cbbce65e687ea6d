import { beforeAll, describe, expect, test } from "vitest";
import { latestLapses, listLapsed } from "@/lib/lapses/queries";
import { standing } from "@/lib/lapses/read";
import { LapsedInput, type LapseMeasure, type LapsesResult } from "@/lib/lapses/schema";
import { makeAnalysis } from "@/lib/reports/analyses";
import { repeatRun, requestRun } from "@/lib/runs/commands";
import { compareRuns, readRun } from "@/lib/runs/queries";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { Team } from "../../support/owed";
import { type Contact, type Happened, makeRun, tellContacts, tellJourneys } from "../../support/passed";

const day = 86_400_000;
const began = new Date("2026-01-05T09:00:00Z");
const on = (days: number) => new Date(began.getTime() + days * day);
const enter: Happened = { day: 0, stage: "new_lead", cause: "enter" };

type Told = Omit<Contact, "at" | "recordedAt"> & { day: number; recorded?: number };

const contacts = async (team: Team, told: readonly Told[]) =>
  tellContacts(
    await team.worker(on(30)),
    told.map(({ day: at, recorded, ...contact }) => ({ ...contact, at: on(at), recordedAt: on(recorded ?? at) })),
  );

async function lapsesAt(team: Team, asOf: Date, knownAt = new Date()): Promise<{ id: string; result: LapsesResult }> {
  const ctx = await team.as(team.manager, new Date());
  return team.run(async () => {
    const { id } = await requestRun(ctx, RequestRun.parse({ kind: "lapses", asOf, knownAt }));
    await performRun(ctx, id);
    const run = await readRun(ctx, { id });
    expect(run.error).toBeNull();
    return { id, result: run.result as LapsesResult };
  });
}

const section = ({ result }: { result: LapsesResult }, measure: LapseMeasure) =>
  result.sections.find((each) => each.measure === measure);

async function behind(team: Team, input: object) {
  const ctx = await team.as(team.manager, new Date());
  return team.run(() => listLapsed(ctx, LapsedInput.parse(input)));
}

describe("silent is who nobody spoke with for the days that her stage allows", () => {
  let team: Team;
  let ids: string[];
  beforeAll(async () => {
    team = await Team.make();
    const hold: Happened = { day: 1, stage: "new_lead", cause: "hold", status: "on_hold" };
    const lost: Happened = { day: 2, stage: "new_lead", cause: "drop", status: "lost" };
    // Nobody, somebody lately, somebody long ago, only a machine and a note, on hold, lost.
    ids = await tellJourneys(await team.worker(began), team.osc.memberId, began, [
      ...[{ events: [enter] }, { events: [enter] }, { events: [enter] }, { events: [enter] }],
      ...[{ events: [enter, hold] }, { events: [enter, lost] }],
    ]);
    const [, lately = "", longAgo = "", machine = ""] = ids;
    await contacts(team, [
      { journeyId: lately, day: 18 },
      { journeyId: longAgo, day: 2 },
      { journeyId: machine, day: 19, isAutomated: true, isTwoWay: false },
      { journeyId: machine, day: 19, direction: "internal" },
      { journeyId: machine, day: 19, isTwoWay: false },
    ]);
  });

  test("and neither who is on hold nor who is lost; a machine, a note and a call nobody took are no talk", async () => {
    const found = await lapsesAt(team, on(20));
    expect(section(found, "silent")).toMatchObject({ share: { k: 3, n: 4 }, leftOut: 0 });
    const run = { run: found.id, measure: "silent" };
    const all = await behind(team, run);
    expect(all.total).toBe(3);
    expect(all.rows.map(({ days }) => days)).toEqual([20, 20, 18]);
    expect(all.rows.map(({ journeyId }) => journeyId)).not.toContain(ids[1]);
    expect(await behind(team, { ...run, by: "stage", key: "home_builder/new_lead" })).toEqual(all);
    expect(await behind(team, { ...run, by: "stage", key: "home_builder/qualified" })).toEqual({ rows: [], total: 0 });
    expect((await behind(team, { ...run, page: 2 })).rows).toEqual([]);
    for (const { by, key, share } of section(found, "silent")?.groups ?? [])
      expect([by, key, (await behind(team, { ...run, by, key })).total]).toEqual([by, key, share.k]);
  });

  test("as of an earlier day and as it was known then; what was written down later changes nothing", async () => {
    expect(section(await lapsesAt(team, on(4)), "silent")?.share).toMatchObject({ k: 0, n: 4 });
    const before = await lapsesAt(team, on(20), on(21));
    await contacts(team, [{ journeyId: ids[0] ?? "", day: 19, recorded: 25 }]);
    const ctx = await team.as(team.manager, new Date());
    await team.run(async () => {
      const again = await repeatRun(ctx, { id: before.id });
      await performRun(ctx, again.id);
      expect(await compareRuns(ctx, { id: before.id, otherId: again.id })).toMatchObject({ isSame: true });
    });
    expect(section(await lapsesAt(team, on(20)), "silent")?.share).toMatchObject({ k: 2, n: 4 });
  });

  test("is read by who may read everybody's figures, a group of another measure is not there, and another workspace's run neither", async () => {
    const { id } = await lapsesAt(team, on(20));
    await expect(behind(team, { run: id, measure: "silent", by: "pair", key: "a>b" })).rejects.toMatchObject({
      code: "not_found",
    });
    const osc = await team.as(team.osc, new Date());
    const input = LapsedInput.parse({ run: id, measure: "silent" });
    await expect(team.run(() => listLapsed(osc, input))).rejects.toMatchObject({ code: "forbidden" });
    const other = await Team.make();
    await expect(behind(other, input)).rejects.toMatchObject({ code: "not_found" });
  });
});

test("slow is who stands in a stage from the day on which four in five have left it, holds taken off", async () => {
  const team = await Team.make();
  const gone = (at: number): Happened[] => [enter, { day: at, stage: "qualified", cause: "advance" }];
  const left = Array.from({ length: 40 }, (_, place) => ({ events: gone((place % 10) + 1) }));
  const here = [4, 12, 14].map((age) => ({ events: [{ ...enter, day: 40 - age }] }));
  const held = {
    events: [
      { ...enter, day: 20 },
      { day: 21, stage: "new_lead", cause: "hold", status: "on_hold" },
      { day: 39, stage: "new_lead", cause: "resume" },
    ],
  };
  await tellJourneys(await team.worker(began), team.osc.memberId, began, [...left, ...here, held]);
  const found = await lapsesAt(team, on(40));
  const limit = found.result.limits.find(({ stage }) => stage === "new_lead");
  expect(limit?.slowFromDay).toBe(9);
  expect(section(found, "slow")?.groups.find(({ key }) => key === "home_builder/new_lead")?.share).toMatchObject({
    ...{ k: 2, n: 4 },
  });
  const slow = { run: found.id, measure: "slow", by: "stage", key: "home_builder/new_lead" };
  expect((await behind(team, slow)).rows.map(({ days }) => days)).toEqual([14, 12]);
  // Nobody has left the stage after it: nothing is said of the forty who stand there.
  expect(section(found, "slow")?.leftOut).toBe(40);
});

test("the page before the first run has nothing, and the newest run after it, which the report prints alike", async () => {
  const team = await Team.make();
  const ctx = await team.as(team.manager, new Date());
  expect(await team.run(() => latestLapses(ctx))).toBeNull();
  await makeRun(await team.worker(new Date()), "lapses");
  const found = await team.run(() => latestLapses(ctx));
  expect(found?.result.sections.map(({ measure }) => measure)).toEqual(["silent", "slow", "handoff", "capture"]);
  const printed = await team.run(() => makeAnalysis({ ...ctx, now: new Date() }, "lapses"));
  expect(printed.result).toEqual(found?.result);
});

type PlanNode = { "Actual Loops": number; "Rows Removed by Join Filter"?: number; Plans?: PlanNode[] };

const compared = (node: PlanNode): number =>
  (node["Rows Removed by Join Filter"] ?? 0) * node["Actual Loops"] +
  (node.Plans ?? []).reduce((sum, each) => sum + compared(each), 0);

test("what the database compares grows with the customers and not with their square", async () => {
  const team = await Team.make();
  const ctx = await team.worker(on(40));
  const count = 300;
  const told = Array.from({ length: count }, () => ({ events: [enter] }));
  await tellJourneys(await team.worker(began), team.osc.memberId, began, told);
  const frame = { asOf: on(40), knownAt: new Date(), agentIds: null };
  const limits = [{ template: "home_builder", stage: "new_lead", silenceDays: 7 }];
  const [row] = await team.run(
    () => ctx.db.$queryRaw<{ "QUERY PLAN": { Plan: PlanNode }[] }[]>`
      explain (analyze, format json) with ${standing(ctx, frame, limits)} select count(*) from standing`,
  );
  const plan = row?.["QUERY PLAN"][0]?.Plan;
  // Each with the few dozen stages and departments there are.
  expect(plan && compared(plan)).toBeLessThan(count * 50);
});
