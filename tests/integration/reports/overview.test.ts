import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { journeyTasks } from "@/lib/journeys/tasks";
import { getOverview, listOverviewRows } from "@/lib/reports/overview";
import { getSpeedToLeadReport } from "@/lib/reports/queries";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer, stageIdOf, workerContext } from "../../support/story";

// Monday 14:00 UTC in a week of nine to six: everything below happens within staffed hours.
const now = new Date("2026-03-02T17:30:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

let workspace: TestWorkspace;
let dana: TestMember;
let mara: TestMember;
let ctx: Context;
let manager: Context;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

beforeAll(async () => {
  workspace = await makeWorkspace();
  dana = await makeMember(workspace, { name: "Dana Whitlock" });
  mara = await makeMember(workspace, { name: "Mara Keller" });
  ctx = await contextOf(workspace, dana, now);
  manager = await contextOf(workspace, workspace.owner, now, ["manager"]);
  // F02 of the domain: ages and responses in staffed minutes.
  const leads: [age: number, response: number | null][] = [
    [500, 2],
    [480, 4],
    [300, 5],
    [200, 9],
    [100, 61],
    [40, null],
    [3, null],
    [90, 3],
  ];
  for (const [index, [age, response]] of leads.entries()) {
    const osc = index < 5 ? dana : mara;
    const { customerId } = await makeCustomer({ ...ctx, now: ago(age) }, osc, { name: `Lead ${index}` });
    if (response === null) continue;
    const at = { ...(await contextOf(workspace, osc, ago(age - response))) };
    await run(() =>
      logInteraction(
        at,
        LogInteraction.parse({
          customerId,
          medium: "phone",
          direction: "outbound",
          isTwoWay: true,
          completesNext: true,
          next: "none",
        }),
      ),
    );
  }
});

describe("speed to lead", () => {
  test("shows F02 of the domain: 4 of 7, [0.2505, 0.8418], one pending, too few to be judged", async () => {
    const { overall, slaMinutes, leads, isTruncated } = await run(() => getSpeedToLeadReport(manager));
    expect([slaMinutes, leads, isTruncated]).toEqual([5, 8, false]);
    expect([overall.met.k, overall.met.n, overall.pending, overall.needsMore]).toEqual([4, 7, 1, 13]);
    expect([overall.met.lo?.toFixed(4), overall.met.hi?.toFixed(4)]).toEqual(["0.2505", "0.8418"]);
  });

  test("lists consultants in alphabetical order, and to a consultant only herself", async () => {
    const report = await run(() => getSpeedToLeadReport(manager));
    expect(report.byOsc.map(({ name, met, pending }) => [name, met.k, met.n, pending])).toEqual([
      ["Dana Whitlock", 3, 5, 0],
      ["Mara Keller", 1, 2, 1],
    ]);
    expect((await run(() => getSpeedToLeadReport(ctx))).byOsc.map(({ name }) => name)).toEqual(["Dana Whitlock"]);
    expect(report.byOrigin.map(({ origin, met }) => [origin, met.n])).toEqual([["unknown", 7]]);
  });

  test("opens the rows behind each number", async () => {
    const missed = await run(() => listOverviewRows(manager, { kind: "speed", state: "missed" }));
    expect(missed.map(({ name }) => name).sort()).toEqual(["Lead 3", "Lead 4", "Lead 5"]);
    const due = await run(() => listOverviewRows(manager, { kind: "speed", state: "due", osc: mara.memberId }));
    expect(due.map(({ name }) => name).sort()).toEqual(["Lead 5", "Lead 7"]);
  });

  test("leaves imported leads out: nobody's clock ran for them", async () => {
    const { journeyId } = await makeCustomer({ ...ctx, now: ago(300) }, dana, { name: "Imported" });
    const importId = newId();
    await databaseTransaction(workspace.id, async (db) => {
      await db.import.create({
        data: { workspaceId: workspace.id, id: importId, name: "old", mapping: {}, files: [] },
      });
      await db.journey.update({
        where: { workspaceId_id: { workspaceId: workspace.id, id: journeyId } },
        data: { importId },
      });
    });
    expect((await run(() => getSpeedToLeadReport(manager))).leads).toBe(8);
  });

  test("counts from the day asked for", async () => {
    expect((await run(() => getSpeedToLeadReport(manager, { since: ago(150) }))).leads).toBe(4);
  });
});

describe("the overview", () => {
  test("counts customers by stage and department from the counters", async () => {
    const { customerId } = await makeCustomer(ctx, dana, { name: "Ivo Brandt" });
    await run(async () => moveJourney(ctx, { customerId, toStageId: await stageIdOf(ctx, "appointment") }));
    const { matrix, stages, spokes, total } = await run(() => getOverview(manager));
    const named = matrix.map((cell) => [
      stages.find(({ id }) => id === cell.stageId)?.name,
      spokes.find(({ id }) => id === cell.spokeId)?.code,
      cell.count,
    ]);
    expect(named.sort()).toEqual([
      ["Appointment", "Sa", 1],
      ["New lead", "◎", total - 1],
    ]);
  });

  test("says who is off track, by what and with which department, and opens the rows", async () => {
    const { journeyId } = await makeCustomer({ ...ctx, now: ago(60) }, dana, { name: "Carla Mendes" });
    const worker = await workerContext(workspace, now);
    await run(async () => {
      const touchpoint = await ctx.db.touchpoint.findFirstOrThrow({ where: { workspaceId: workspace.id, journeyId } });
      await journeyTasks["touchpoint.overdue"]?.(worker, { journeyId, touchpointId: touchpoint.id });
    });
    const { offTrack, offTrackTotal } = await run(() => getOverview(manager));
    expect([offTrack.map(({ trigger, count }) => [trigger, count]), offTrackTotal]).toEqual([[["T1", 1]], 1]);
    const rows = await run(() => listOverviewRows(manager, { kind: "off_track", trigger: "T1" }));
    expect(rows.map(({ name, oscName, stageName }) => [name, oscName, stageName])).toEqual([
      ["Carla Mendes", "Dana Whitlock", "New lead"],
    ]);
  });

  test("names relays past due by department", async () => {
    const { customerId, journeyId } = await makeCustomer(ctx, dana, { name: "Theo Park" });
    const design = await databaseTransaction(workspace.id, async (db) => {
      const spoke = await db.spoke.findFirstOrThrow({ where: { workspaceId: workspace.id, key: "design" } });
      const relay = {
        workspaceId: workspace.id,
        customerId,
        journeyId,
        fromId: dana.memberId,
        toSpokeId: spoke.id,
        sentAt: ago(300),
      };
      await db.relay.createMany({
        data: [
          { ...relay, id: newId(), question: "Which tiles?", needBy: ago(10) },
          { ...relay, id: newId(), question: "Which door?", needBy: new Date(now.getTime() + 60_000) },
          { ...relay, id: newId(), question: "Done", needBy: ago(10), state: "done" },
        ],
      });
      return spoke.id;
    });
    const { relays } = await run(() => getOverview(manager));
    expect(relays).toEqual([{ spokeId: design, count: 1, oldestNeedBy: ago(10).toISOString() }]);
    const rows = await run(() => listOverviewRows(manager, { kind: "relays", spoke: design }));
    expect(rows.map(({ name, detail }) => [name, detail])).toEqual([["Theo Park", "Which tiles?"]]);
  });

  test("measures continuity: active journeys that their consultant touched within fourteen days (F05)", async () => {
    const { continuity, continuityAll } = await run(() => getOverview(manager));
    const hers = continuity.find(({ name }) => name === "Mara Keller");
    expect([hers?.coverage.k, hers?.coverage.n, hers?.needsMore]).toEqual([1, 3, 17]);
    expect(continuityAll.k).toBe(6);
    const untouched = await run(() =>
      listOverviewRows(manager, { kind: "continuity", osc: mara.memberId, state: "untouched" }),
    );
    expect(untouched.map(({ name }) => name).sort()).toEqual(["Lead 5", "Lead 6"]);
  });

  test("is for managers and auditors only, and shows a team's manager her team", async () => {
    await expect(run(() => getOverview(ctx))).rejects.toMatchObject({ code: "forbidden" });
    await expect(run(() => listOverviewRows(ctx, { kind: "speed" }))).rejects.toMatchObject({ code: "forbidden" });
    await run(() => getOverview({ ...manager, roles: ["auditor"] }));
    const teamId = newId();
    await databaseTransaction(workspace.id, async (db) => {
      await db.team.create({ data: { workspaceId: workspace.id, id: teamId, name: "North" } });
      await db.member.update({
        where: { workspaceId_id: { workspaceId: workspace.id, id: mara.memberId } },
        data: { teamId },
      });
    });
    const north = await run(() => getOverview({ ...manager, teamId }));
    expect([north.total, north.continuity.map(({ name }) => name), north.relays]).toEqual([3, ["Mara Keller"], []]);
    const speed = await run(() => getSpeedToLeadReport({ ...manager, teamId }));
    expect(speed.byOsc.map(({ name }) => name)).toEqual(["Mara Keller"]);
  });

  test("shows nothing of another workspace", async () => {
    const other = await makeWorkspace();
    const foreign = await contextOf(other, other.owner, now);
    const overview = await inWorkspace(other.id, () => getOverview(foreign));
    expect([overview.total, overview.offTrack, overview.relays, overview.continuityAll]).toEqual([
      0,
      [],
      [],
      { k: 0, n: 0, rate: null, lo: null, hi: null },
    ]);
    expect(
      await inWorkspace(other.id, () => listOverviewRows(foreign, { kind: "continuity", osc: dana.memberId })),
    ).toEqual([]);
  });
});
