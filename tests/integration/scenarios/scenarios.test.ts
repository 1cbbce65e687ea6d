import { beforeAll, describe, expect, test } from "vitest";
import { scenarioEndpoints } from "@/lib/api/scenarios";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { loseJourney } from "@/lib/journeys/endings";
import { discardPolicy, draftPolicy, publishPolicy, savePolicy } from "@/lib/scenarios/commands";
import { getAdviceInputs, getPolicy } from "@/lib/scenarios/queries";
import type { PolicyView, SavePolicy } from "@/lib/scenarios/schema";
import { setScenarios } from "@/prisma/demo/scenarios";
import { makeMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";
import { makeCustomer } from "../../support/story";
import { makeClient } from "../api/client";

let team: Team;
let admin: Context;
const day = 24 * 60;

beforeAll(async () => {
  team = await Team.make();
  const ada = await makeMember(team.workspace, { name: "Ada Admin", roles: ["admin"] });
  admin = await team.as(ada, later(day));
});

const contentOf = (policy: PolicyView | null): Omit<SavePolicy, "id" | "version"> => {
  if (!policy) throw new Error("no policy");
  const { weights, companyStage, rules, hoursB, hoursC, freeHours } = policy;
  return { weights, companyStage, rules, hoursB, hoursC, freeHours };
};

/** A deal of a new customer that was won, or lost, at that minute. */
async function deal(minutes: number, isWon: boolean, known: { value?: number; fields?: Record<string, unknown> } = {}) {
  const osc = await team.as(team.osc, later(minutes - 10));
  const made = await makeCustomer(osc, team.osc, { name: `Deal ${minutes}`, stageKey: isWon ? "won" : "first" });
  const { journeyId, customerId } = made;
  await team.run(async () => {
    await osc.db.journey.updateMany({
      where: { workspaceId: team.workspace.id, id: journeyId },
      data: {
        ...(known.value === undefined ? {} : { valueMinor: 100n, currency: "USD", valuePercentile: known.value }),
        ...(known.fields ? { fields: known.fields as Record<string, string> } : {}),
      },
    });
    if (!isWon)
      await loseJourney(
        { ...osc, now: later(minutes) },
        { customerId, journeyId, lostReason: "price", byCustomer: true },
      );
  });
  return made;
}

describe("the policy", () => {
  test("only an administrator writes it", async () => {
    for (const member of [team.osc, team.seller, team.manager]) {
      const ctx = await team.as(member);
      await expect(team.run(() => draftPolicy(ctx))).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("begins with the usual rules, and nothing is in force before the first is published", async () => {
    const { id } = await team.run(() => draftPolicy(admin));
    const state = await team.run(() => getPolicy(admin));
    expect(state).toMatchObject({ inForce: null, draft: { id, number: 1, issues: [] }, simulation: { deals: 0 } });
    await expect(team.run(() => draftPolicy(admin))).rejects.toMatchObject({
      code: "conflict",
      reason: "draft_exists",
      details: { current: { id } },
    });
  });

  test("is not published without a rule that takes every deal, nor by a stale hand", async () => {
    const { draft } = await team.run(() => getPolicy(admin));
    const key = { id: draft?.id ?? "", version: 1 };
    const content = contentOf(draft);
    const rules = content.rules.slice(0, 3);
    await team.run(() => savePolicy(admin, { ...key, ...content, rules, freeHours: 20 }));
    await expect(team.run(() => publishPolicy(admin, { ...key, version: 2 }))).rejects.toMatchObject({
      code: "refused",
      reason: "policy_incomplete",
      details: { fields: { rules: "no_catch_all" } },
    });
    await expect(team.run(() => savePolicy(admin, { ...key, ...content }))).rejects.toMatchObject({
      code: "conflict",
      reason: "version",
      details: { current: { version: 2 } },
    });
    await team.run(() => savePolicy(admin, { ...key, version: 2, ...content, freeHours: 20 }));
    expect(await team.run(() => publishPolicy(admin, { ...key, version: 3 }))).toEqual({ id: key.id, number: 1 });
    const { inForce, draft: next } = await team.run(() => getPolicy(admin));
    expect([inForce?.number, inForce?.publishedByName, inForce?.freeHours, next]).toEqual([1, "Ada Admin", 20, null]);
  });

  test("never changes once published, not even in the database", async () => {
    const { inForce } = await team.run(() => getPolicy(admin));
    const id = inForce?.id ?? "";
    const key = { id, version: inForce?.version ?? 0 };
    await expect(team.run(() => savePolicy(admin, { ...key, ...contentOf(inForce) }))).rejects.toMatchObject({
      reason: "not_a_draft",
    });
    await expect(team.run(() => discardPolicy(admin, { id }))).rejects.toMatchObject({ reason: "not_a_draft" });
    const where = { workspaceId: team.workspace.id, id };
    await expect(team.run(() => admin.db.scenarioPolicy.updateMany({ where, data: { hoursB: 1 } }))).rejects.toThrow(
      "does not change",
    );
  });

  test("names only templates that are there", async () => {
    const { id } = await team.run(() => draftPolicy(admin));
    const { draft } = await team.run(() => getPolicy(admin));
    const content = contentOf(draft);
    const rule = (value: string) => ({
      conditions: [{ field: "template" as const, is: "equal" as const, value }],
      scenario: "B" as const,
    });
    const save = (value: string) =>
      team.run(() => savePolicy(admin, { id, version: 1, ...content, rules: [rule(value), ...content.rules] }));
    await expect(save("nowhere")).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { "rules.0.conditions.0.value": "no_such_template" } },
    });
    await save((await team.run(() => getPolicy(admin))).templates[0]?.key ?? "");
    await team.run(() => discardPolicy(admin, { id }));
    expect((await team.run(() => getPolicy(admin))).versions.map(({ number }) => number)).toEqual([1]);
  });

  test("keeps what was done in the audit log", async () => {
    const where = { workspaceId: team.workspace.id, action: { startsWith: "scenario_policy." } };
    const rows = await team.run(() => admin.db.auditEntry.findMany({ where, orderBy: { seq: "asc" } }));
    expect(rows.map(({ action }) => action.split(".")[1])).toEqual([
      ...["drafted", "saved", "saved", "published"],
      ...["drafted", "saved", "discarded"],
    ]);
  });
});

describe("the simulation", () => {
  test("places the deals that ended in 90 days by what is stored of them", async () => {
    await deal(100, true, { value: 0.7, fields: { complexity: "0.8" } });
    await deal(200, false, { value: 0.6, fields: { complexity: 0.3 } });
    await deal(300, true, { value: 0.1, fields: { relationship: 0.7 } });
    await deal(400, true, { value: 0.1, fields: { relationship: 0.2 } });
    await deal(500, false);
    await deal(-91 * day, true, { value: 0.9, fields: { complexity: 0.9 } });
    const { simulation } = await team.run(() => getPolicy(admin));
    expect(simulation).toEqual({
      days: 90,
      deals: 5,
      byRule: [1, 1, 1, 1],
      byScenario: { A: 1, B: 2, C: 1 },
      undecided: 1,
      missing: [
        { field: "complexity", deals: 1 },
        { field: "value", deals: 1 },
      ],
      isPartial: false,
      hoursNeeded: 19,
      freeHours: 20,
    });
  });

  test("the chance of closing is the share of those deals that was won", async () => {
    const inputs = await team.run(() => getAdviceInputs(admin, {}));
    expect(inputs.closeRate).toMatchObject({ k: 3, n: 5, rate: 0.6 });
    expect(inputs.known).toEqual({ pClose: 0.6 });
  });

  test("a journey brings what is stored of it, its stage's rate and its rule; who may not see it is told nothing", async () => {
    const { journeyId } = await deal(600, false, { value: 0.8, fields: { complexity: 0.9, relationship: "much" } });
    const osc = await team.as(team.osc, later(day));
    const found = await team.run(() => getAdviceInputs(osc, { journeyId }));
    expect(found.known).toEqual({ complexity: 0.9, valuePct: 0.8, pClose: 0 });
    expect(found.closeRate).toMatchObject({ k: 0, n: 3 });
    expect(found.placed).toEqual({ rule: 1, scenario: "C", missing: null });
    const designer = await team.as(team.designer, later(day));
    await expect(team.run(() => getAdviceInputs(designer, { journeyId }))).rejects.toMatchObject({ code: "not_found" });
    await expect(team.run(() => getAdviceInputs(osc, { journeyId: newId() }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("the demo begins with a policy in force", async () => {
    const demo = await Team.make();
    const { memberId } = demo.workspace.owner;
    await setScenarios(demo.workspace.id, memberId, later(day));
    const { inForce } = await demo.run(async () => getPolicy(await demo.as(demo.manager, later(day))));
    expect([inForce?.number, inForce?.freeHours, inForce?.rules.length]).toEqual([1, 120, 4]);
  });

  test("another workspace sees none of it", async () => {
    const other = await Team.make();
    const stranger = await other.as(other.manager, monday);
    const state = await other.run(() => getPolicy(stranger));
    expect(state).toMatchObject({ inForce: null, draft: null, versions: [], simulation: null });
    const { draft } = { draft: await team.run(() => draftPolicy(admin)) };
    const boss: Context = { ...stranger, roles: ["admin"] };
    await expect(inWorkspace(other.workspace.id, () => discardPolicy(boss, { id: draft.id }))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the advice of the API", () => {
  const complex = {
    ...{ complexity: 0.8, inaccessibility: 0.5, relationship: 0.6, valuePct: 0.7 },
    ...{ pClose: 0.6, csmSlack: 0.3, kpiClose: 0.5, kpiOnboard: 0.8 },
  };

  test("is the worked example, term by term", async () => {
    const client = await makeClient(scenarioEndpoints, "sales");
    const response = await client.send("POST", "/handoffs/advice", { body: complex });
    expect(response.status).toBe(200);
    const answer = (await response.json()) as Record<string, unknown> & {
      scenarios: Record<"A" | "B" | "C", Record<string, number>>;
    };
    expect(answer).toMatchObject({ choice: "C", between: ["C"], policyNumber: null });
    expect(answer.scenarios.A).toEqual({ close: 0, relationship: 0, onboarding: 0, csmCost: 0, score: 0 });
    const { B, C } = answer.scenarios;
    for (const [name, value] of Object.entries({
      close: 0.48,
      relationship: 0.24,
      onboarding: 0.156,
      csmCost: -0.2275,
    }))
      expect(B[name]).toBeCloseTo(value, 9);
    for (const [name, value] of Object.entries({ close: 0.336, relationship: 0.3, onboarding: 0.52, csmCost: -0.455 }))
      expect(C[name]).toBeCloseTo(value, 9);
    expect([B.score, C.score]).toEqual([expect.closeTo(0.6485, 9), expect.closeTo(0.701, 9)]);
  });

  test("refuses what is out of range, missing or unknown, with its field", async () => {
    const client = await makeClient(scenarioEndpoints, "sales");
    const { complexity: _complexity, ...missing } = complex;
    for (const body of [{ ...complex, pClose: 1.1 }, { ...complex, pClose: "0.5" }, missing, { ...complex, more: 1 }]) {
      const response = await client.send("POST", "/handoffs/advice", { body });
      expect(response.status).toBe(400);
    }
  });

  test("says in minor units what each is worth when amounts are sent, beliefs drawn towards what was observed", async () => {
    const client = await makeClient(scenarioEndpoints, "sales");
    const amounts = { marginMinor: 4_000_000, valuePerDayMinor: 15_000, hourMinor: 9_000 };
    const B = { pCloseGain: 0.05, daysSaved: 2, hours: 4 };
    const C = { pCloseGain: 0.04, daysSaved: 9, hours: 11 };
    const ask = async (money: object) =>
      (await client.send("POST", "/handoffs/advice", { body: { ...complex, money } })).json();
    expect(await ask({ ...amounts, B, C })).toMatchObject({ money: { A: 0, B: 194_000, C: 196_000 } });
    const evidence = { observed: 0.1, n: 60 };
    // .0625 of the margin instead of .04: 90 000 more.
    expect(await ask({ ...amounts, B, C: { ...C, evidence } })).toMatchObject({ money: { C: 286_000 } });
    expect(await ask({ ...amounts, hourMinor: 0.5, B, C })).toMatchObject({ status: 400 });
  });

  test("follows the weights of the policy in force, and its rules of power", async () => {
    const client = await makeClient(scenarioEndpoints, "sales");
    const head = await client.as("admin");
    const drafted = (await (await head.send("POST", "/scenario-policy/draft")).json()) as { id: string };
    const state = (await (await head.send("GET", "/scenario-policy")).json()) as { draft: PolicyView };
    const content = { ...contentOf(state.draft), weights: { close: 0, relationship: 0, onboarding: 0, csmCost: 1 } };
    const body = { version: 1, ...content };
    expect((await client.send("PATCH", `/scenario-policy/${drafted.id}`, { body })).status).toBe(403);
    expect((await head.send("PATCH", `/scenario-policy/${drafted.id}`, { body })).status).toBe(200);
    const published = await head.send("POST", `/scenario-policy/${drafted.id}/publish`, { body: { version: 2 } });
    expect(published.status).toBe(200);
    const advice = await (await client.send("POST", "/handoffs/advice", { body: complex })).json();
    expect(advice).toMatchObject({ choice: "A", policyNumber: 1, sources: { weights: "data", pClose: "person" } });
    const few = { ...complex, hasNamedCsm: false, freeHours: 2 };
    const gated = await (await client.send("POST", "/handoffs/advice", { body: few })).json();
    expect(gated).toMatchObject({ gates: { C: { isFeasible: false, failed: ["named_csm", "csm_hours"] } } });
  });
});
