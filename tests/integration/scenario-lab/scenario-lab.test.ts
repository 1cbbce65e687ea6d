import { beforeAll, describe, expect, test } from "vitest";
import { scenarioLabEndpoints } from "@/lib/api/scenario-lab";
import type { Context } from "@/lib/context";
import { logCsmHours, removeCsmHours } from "@/lib/csm-hours/commands";
import { LogCsmHours } from "@/lib/csm-hours/schema";
import { newId } from "@/lib/identifiers";
import { moveJourney } from "@/lib/journeys/commands";
import { loseJourney } from "@/lib/journeys/endings";
import { noteKickoff } from "@/lib/onboardings/commands";
import { StartOnboarding } from "@/lib/onboardings/schema";
import { startOnboarding } from "@/lib/onboardings/start";
import { repeatRun, requestRun } from "@/lib/runs/commands";
import { readRun } from "@/lib/runs/queries";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { assignScenario, listAssignments, listWaiting, standingOfDeal } from "@/lib/scenario-lab/assign";
import {
  createExperiment,
  discardExperiment,
  listExperiments,
  startExperiment,
  stopExperiment,
} from "@/lib/scenario-lab/experiments";
import type { LabReport } from "@/lib/scenario-lab/report-schema";
import { getLab } from "@/lib/scenario-lab/runs";
import { AssignmentsInput, AssignScenario, CreateExperiment } from "@/lib/scenario-lab/schema";
import { draftPolicy, publishPolicy } from "@/lib/scenarios/commands";
import { makeMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";
import { makeCustomer } from "../../support/story";
import { makeClient } from "../api/client";

let team: Team;
let manager: Context;
const week = 7 * 24 * 60;

beforeAll(async () => {
  team = await Team.make();
  manager = await team.as(team.manager, later(60));
});

/** A deal that stands at its decision stage: the last one before the sale. */
async function deal(name: string, at = monday) {
  const made = await makeCustomer(await team.as(team.osc, at), team.osc, { name, stageKey: "contract" });
  return made;
}
const assign = (ctx: Context, input: Parameters<typeof AssignScenario.parse>[0]) =>
  team.run(() => assignScenario(ctx, AssignScenario.parse(input)));

/** What it came to; the past of a deal is written as its own commands would. */
async function end(customerId: string, journeyId: string, isWon: boolean, minutes: number) {
  const ctx = await team.as(team.osc, later(minutes));
  if (!isWon) return team.run(() => loseJourney(ctx, { customerId, journeyId, lostReason: "price", byCustomer: true }));
  return team.run(async () => {
    const { workspaceId } = ctx;
    const { templateId } = await ctx.db.journey.findFirstOrThrow({ where: { workspaceId, id: journeyId } });
    const stage = await ctx.db.stage.findFirstOrThrow({
      where: { workspaceId, templateId, entryStatus: "won" },
      orderBy: { position: "asc" },
    });
    await moveJourney(ctx, { customerId, journeyId, toStageId: stage.id, need: "a home", fields: {} });
  });
}

describe("giving a deal its scenario", () => {
  test("happens once, at the decision stage, by who hands over", async () => {
    const { customerId, journeyId } = await deal("Ada Decides");
    expect((await team.run(() => listWaiting(manager))).map(({ journeyId }) => journeyId)).toContain(journeyId);
    const osc = await team.as(team.osc);
    await expect(assign(osc, { journeyId, scenario: "B" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(assign(manager, { journeyId })).rejects.toMatchObject({ reason: "scenario_needed" });
    const given = await assign(manager, { journeyId, scenario: "B" });
    expect(given).toMatchObject({ scenario: "B", source: "person" });
    await expect(assign(manager, { journeyId, scenario: "A" })).rejects.toMatchObject({ reason: "scenario_given" });
    expect(await team.run(() => standingOfDeal(manager, journeyId))).toMatchObject({
      assignment: { scenario: "B", segment: "value_unknown", decidedByName: "Max Manager" },
      mayAssign: false,
      why: "scenario_given",
    });
    expect(await team.happened(customerId)).toContain("scenario.assigned");
    const where = { workspaceId: team.workspace.id, journeyId };
    await expect(
      team.run(() => manager.db.scenarioAssignment.updateMany({ where, data: { scenario: "A" } })),
    ).rejects.toThrow();
    const early = await team.customer("Too Early");
    await expect(assign(manager, { journeyId: early.journeyId, scenario: "A" })).rejects.toMatchObject({
      reason: "not_decision_stage",
    });
    await expect(assign(manager, { journeyId: newId(), scenario: "A" })).rejects.toMatchObject({ code: "not_found" });
    const other = await Team.make();
    const stranger = await other.as(other.manager);
    await expect(
      other.run(() => assignScenario(stranger, AssignScenario.parse({ journeyId, scenario: "A" }))),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("is the policy's unless a person says why not", async () => {
    const ada = await makeMember(team.workspace, { name: "Ada Admin", roles: ["admin"] });
    const admin = await team.as(ada);
    await team.run(async () => publishPolicy(admin, await draftPolicy(admin)));
    const made = await deal("By Policy");
    await team.run(() =>
      manager.db.journey.updateMany({
        where: { workspaceId: team.workspace.id, id: made.journeyId },
        data: { valueMinor: 100n, currency: "USD", valuePercentile: 0.9, fields: { complexity: 0.8 } },
      }),
    );
    await expect(assign(manager, { journeyId: made.journeyId, scenario: "A" })).rejects.toMatchObject({
      reason: "override_reason",
    });
    expect(await assign(manager, { journeyId: made.journeyId })).toMatchObject({ scenario: "C", source: "policy" });
    const [row] = (await team.run(() => listAssignments(manager, AssignmentsInput.parse({})))).data;
    expect(row).toMatchObject({ scenario: "C", segment: "value_high", policyNumber: 1 });
  });
});

describe("an experiment", () => {
  const blocks = {
    ...{ key: "late_entry", name: "Late entry", first: "A", second: "C", method: "blocks", seed: 7, blockSize: 4 },
    ...{ expectedFirst: 0.2, expectedSecond: 0.26 },
  };

  test("is created with what each arm needs, started once, and stands from then on", async () => {
    const { id, perArm } = await team.run(() => createExperiment(manager, CreateExperiment.parse(blocks)));
    expect(perArm).toBe(772);
    await expect(team.run(() => createExperiment(manager, CreateExperiment.parse(blocks)))).rejects.toMatchObject({
      reason: "key_taken",
    });
    const seller = await team.as(team.seller);
    await expect(team.run(() => startExperiment(seller, { id, version: 1 }))).rejects.toMatchObject({
      code: "forbidden",
    });
    await team.run(() => startExperiment(manager, { id, version: 1 }));
    const where = { workspaceId: team.workspace.id, id };
    for (const data of [{ second: "B" }, { stopPerArm: 60 }, { seed: 8 }, { minPClose: 0.1 }])
      await expect(team.run(() => manager.db.scenarioExperiment.updateMany({ where, data }))).rejects.toThrow(
        "does not change",
      );
    await expect(team.run(() => discardExperiment(manager, { id }))).rejects.toMatchObject({
      reason: "experiment_started",
    });
    const second = { ...blocks, key: "another", method: "hash" };
    const next = await team.run(() => createExperiment(manager, CreateExperiment.parse(second)));
    await expect(team.run(() => startExperiment(manager, { id: next.id, version: 1 }))).rejects.toMatchObject({
      reason: "experiment_runs",
    });
    await team.run(() => discardExperiment(manager, { id: next.id }));
  });

  test("draws every deal in turn (F65d) whatever the policy says; nobody chooses while it runs", async () => {
    const arms: string[] = [];
    for (let each = 1; each <= 8; each += 1) {
      const { journeyId, customerId } = await deal(`Drawn ${each}`);
      if (each === 1)
        await expect(assign(manager, { journeyId, scenario: "A" })).rejects.toMatchObject({
          reason: "experiment_decides",
        });
      const { scenario, source } = await assign(manager, { journeyId });
      expect(source).toBe("experiment");
      arms.push(scenario);
      if (each < 7) await end(customerId, journeyId, scenario === "C", 200 + each);
    }
    expect(arms).toEqual(["C", "A", "C", "A", "C", "A", "A", "C"]);
  });

  test("keeps what has not ended pending, and stops only by its rule or with a reason", async () => {
    const ctx = await team.as(team.manager, later(week));
    const { experiments } = await team.run(() => listExperiments(ctx));
    const [found] = experiments;
    expect(found).toMatchObject({
      first: { scenario: "A", won: 0, finished: 3, pending: 1 },
      second: { scenario: "C", won: 3, finished: 3, pending: 1 },
      stopsWith: null,
      status: "running",
    });
    expect(found?.chance).toBeGreaterThan(0.95);
    expect(Object.keys(found ?? {}).some((name) => /^p(Value)?$/i.test(name))).toBe(false);
    const stop = { id: found?.id ?? "", version: found?.version ?? 0, note: "" };
    await expect(team.run(() => stopExperiment(ctx, stop))).rejects.toMatchObject({ reason: "stop_note" });
    expect(await team.run(() => stopExperiment(ctx, { ...stop, note: "Too few deals" }))).toMatchObject({
      winner: null,
    });
    const again = { ...stop, version: stop.version + 1, note: "x" };
    await expect(team.run(() => stopExperiment(ctx, again))).rejects.toMatchObject({
      reason: "experiment_not_running",
    });
  });

  test("in the database no two run at once", async () => {
    const of = async (key: string) =>
      team.run(() => createExperiment(manager, CreateExperiment.parse({ ...blocks, key })));
    const [one, two] = [await of("one"), await of("two")];
    const started = await Promise.allSettled(
      [one, two].map(({ id }) => team.run(() => startExperiment(manager, { id, version: 1 }))),
    );
    expect(started.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(started.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { reason: "experiment_runs" },
    });
  });
});

describe("the lab", () => {
  async function performed(input: object = {}): Promise<{ id: string; report: LabReport; sha: string | null }> {
    const now = new Date();
    const ctx = { ...manager, now };
    const { id } = await team.run(() => requestRun(ctx, RequestRun.parse({ kind: "handoff-lab", ...input })));
    await team.run(() => performRun(ctx, id));
    const run = await team.run(() => readRun(ctx, { id }));
    expect(run.error).toBeNull();
    return { id, report: run.result as LabReport, sha: run.resultSha256 };
  }

  test("counts every deal by what it was given, with what was won, waited for and is pending", async () => {
    const { report } = await performed();
    expect(report.deals).toBe(10);
    expect(report.drawn).toBe(8);
    const [a, b, c] = report.outcomes;
    expect(a).toMatchObject({ assigned: 4, pending: 1, close: { k: 0, n: 3 } });
    expect(b).toMatchObject({ assigned: 1, pending: 1, close: { n: 0, rate: null } });
    expect(c).toMatchObject({ assigned: 5, pending: 2, close: { k: 3, n: 3 } });
    expect(c?.kickoff).toMatchObject({ n: 3, come: 0, median: null });
    expect(report.pairs.map(({ crude }) => crude)).toEqual([null, null, null]);
  });

  test("what was written down later is not known earlier, and a repetition finds the same bytes", async () => {
    const before = await performed();
    const where = { workspaceId: team.workspace.id, status: "won" };
    const [won] = await team.run(() => manager.db.journey.findMany({ where }));
    const ctx = { ...(await team.as(team.manager, later(2 * week))), now: new Date() };
    const { id } = await team.run(() =>
      startOnboarding(ctx, StartOnboarding.parse({ customerId: won?.customerId, ownerId: team.manager.memberId })),
    );
    const on = new Date(monday.getTime() + 9 * 86_400_000).toISOString().slice(0, 10);
    await team.run(() => noteKickoff(ctx, { id, on }));
    const after = await performed();
    expect(after.report.outcomes[2]?.kickoff).toMatchObject({ n: 3, come: 1 });
    const { id: again } = await team.run(() => repeatRun({ ...manager, now: new Date() }, { id: before.id }));
    await team.run(() => performRun({ ...manager, now: new Date() }, again));
    const repeated = await team.run(() => readRun(manager, { id: again }));
    expect(repeated.resultSha256).toBe(before.sha);
    expect(after.sha).not.toBe(before.sha);
  });

  test("counts hours before the sale of deals that ended; taken back later, they stay known for then", async () => {
    const cleo = await makeMember(team.workspace, { name: "Cleo Sun", roles: ["cs"], spoke: "cs" });
    const where = { workspaceId: team.workspace.id, scenario: "C" };
    const given = await team.run(() => manager.db.scenarioAssignment.findMany({ where, orderBy: { id: "asc" } }));
    const ids = given.map(({ journeyId }) => journeyId);
    const won = { workspaceId: team.workspace.id, id: { in: ids }, status: "won" };
    const [first] = await team.run(() => manager.db.journey.findMany({ where: won, orderBy: { id: "asc" } }));
    const spent = { journeyId: first?.id, memberId: cleo.memberId, spentOn: "2026-03-02" };
    const log = (rest: object) => team.run(() => logCsmHours(manager, LogCsmHours.parse({ ...spent, ...rest })));
    const { id: early } = await log({ minutes: 90, presale: true });
    await log({ minutes: 600, presale: false });
    const before = await performed();
    // An hour and a half in one of three that ended is half an hour each; A's three were given none.
    expect(before.report.outcomes[2]?.hours).toMatchObject({ n: 3, mean: 0.5 });
    expect(before.report.outcomes[0]?.hours).toMatchObject({ n: 3, mean: 0 });
    expect(before.report.outcomes[1]?.hours).toMatchObject({ n: 0, mean: null });
    await team.run(() => removeCsmHours(manager, { id: early }));
    expect((await performed()).report.outcomes[2]?.hours).toMatchObject({ n: 3, mean: 0 });
    const { id: again } = await team.run(() => repeatRun({ ...manager, now: new Date() }, { id: before.id }));
    await team.run(() => performRun({ ...manager, now: new Date() }, again));
    expect((await team.run(() => readRun(manager, { id: again }))).resultSha256).toBe(before.sha);
  });

  test("is read from its newest run by managers, and by nobody of another workspace", async () => {
    await performed();
    const lab = await team.run(() => getLab(manager, { weeks: 0 }));
    expect(lab.report?.deals).toBe(10);
    expect(lab.run?.seed).toBe(64);
    const seller = await team.as(team.seller);
    await expect(team.run(() => getLab(seller, { weeks: 0 }))).rejects.toMatchObject({ code: "forbidden" });
    const other = await Team.make();
    const stranger = await other.as(other.manager);
    expect(await other.run(() => getLab(stranger, { weeks: 0 }))).toMatchObject({ run: null, report: null });
    expect((await other.run(() => listExperiments(stranger))).experiments).toEqual([]);
  });

  test("the API refuses arms that are the same and rates that cannot be told apart, with the field", async () => {
    const client = await makeClient(scenarioLabEndpoints, "manager");
    const body = {
      key: "k",
      name: "n",
      first: "A",
      second: "A",
      method: "hash",
      expectedFirst: 0.2,
      expectedSecond: 0.2,
    };
    const response = await client.send("POST", "/scenario-experiments", { body });
    expect(response.status).toBe(400);
    const text = JSON.stringify(await response.json());
    expect(text).toContain("same_scenario");
    expect(text).toContain("same_rate");
    const good = await client.send("POST", "/scenario-experiments", {
      body: { ...body, second: "B", expectedSecond: 0.26 },
    });
    expect(good.status).toBe(201);
    expect(await good.json()).toMatchObject({ perArm: 772 });
    expect(await (await client.send("GET", "/reports/handoff-lab")).json()).toEqual({
      run: null,
      report: null,
      isMoving: false,
    });
  });
});
