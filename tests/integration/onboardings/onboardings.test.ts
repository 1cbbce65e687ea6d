import { beforeAll, describe, expect, test } from "vitest";
import { onboardingEndpoints } from "@/lib/api/onboardings";
import type { Context } from "@/lib/context";
import { newId } from "@/lib/identifiers";
import { getContactPage } from "@/lib/links/queries";
import { addMilestone, editMilestone, endOnboarding, noteKickoff, setMilestone } from "@/lib/onboardings/commands";
import { defineFirstValue, getFirstValue, measureFirstValue } from "@/lib/onboardings/first-value";
import { createPlan, listPlans, savePlan } from "@/lib/onboardings/plans";
import { getOnboarding, listOnboardings } from "@/lib/onboardings/queries";
import { AddMilestone, CreatePlan, OnboardingsInput, StartOnboarding } from "@/lib/onboardings/schema";
import { startOnboarding } from "@/lib/onboardings/start";
import { onboardingTasks } from "@/lib/onboardings/tasks";
import { makeMember, type TestMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";
import { makeCustomer } from "../../support/story";
import { makeClient } from "../api/client";

const day = 24 * 60;
let team: Team;
let csm: TestMember;
let cs: Context;

beforeAll(async () => {
  team = await Team.make();
  csm = await makeMember(team.workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  cs = await team.as(csm);
});

const at = (minutes: number, who: TestMember = csm) => team.as(who, later(minutes));
const open = OnboardingsInput.parse({});

async function won(name: string, minutes = 0) {
  return makeCustomer(await team.as(team.osc, later(minutes)), team.osc, { name, stageKey: "won" });
}

/** A customer who was won now, with her onboarding by the CSM. */
async function begun(name: string) {
  const made = await won(name);
  const { id } = await team.run(() => startOnboarding(cs, StartOnboarding.parse({ customerId: made.customerId })));
  return { ...made, id };
}

const view = async (id: string, minutes = 0, who: TestMember = csm) => {
  const ctx = await at(minutes, who);
  return team.run(() => getOnboarding(ctx, { id }));
};

describe("beginning", () => {
  test("copies the usual plan where there is none, in business days, with her own department's milestones hers", async () => {
    const { id, customerId } = await begun("Ada First");
    const found = await view(id);
    expect(found).toMatchObject({ state: "open", ownerName: "Ruth Lindqvist", wonOn: "2026-03-02", done: 0, total: 6 });
    expect(found.milestones.map(({ name, dueAt }) => [name, dueAt.slice(0, 10)])).toEqual([
      ["Promises of the sale read through", "2026-03-04"],
      ["Kickoff", "2026-03-16"],
      ["Everything set up", "2026-03-30"],
      ["People know their way around", "2026-04-07"],
      ["First value noticed", "2026-04-15"],
      ["Review together", "2026-05-29"],
    ]);
    expect(found.milestones.map(({ ownerName }) => ownerName !== null)).toEqual([true, true, false, true, true, true]);
    expect(found.health).toMatchObject({ score: null, level: "no_data" });
    expect(await team.happened(customerId)).toContain("onboarding.started");
    expect(await team.told(team.osc)).toContain("onboarding_started");
  });

  test("is for journeys that were won, once, by who may", async () => {
    const { customerId } = await team.customer("Not Yet");
    const input = StartOnboarding.parse({ customerId });
    await expect(team.run(() => startOnboarding(cs, input))).rejects.toMatchObject({ code: "not_found" });
    const osc = await team.as(team.osc);
    await expect(team.run(() => startOnboarding(osc, input))).rejects.toMatchObject({ reason: "not_won" });
    const seller = await team.as(team.seller);
    await expect(team.run(() => startOnboarding(seller, input))).rejects.toMatchObject({ code: "forbidden" });
    const { customerId: twice } = await begun("Once Only");
    await expect(
      team.run(() => startOnboarding(cs, StartOnboarding.parse({ customerId: twice }))),
    ).rejects.toMatchObject({ reason: "onboarding_exists" });
  });

  test("later changes of a plan leave what was begun alone", async () => {
    const manager = await team.as(team.manager);
    const milestone = { name: "Call", nameHe: "שיחה", spokeKey: "cs", dueDays: 1, isCustomerVisible: true };
    const plan = await team.run(() =>
      createPlan(manager, CreatePlan.parse({ name: "Short", milestones: [milestone] })),
    );
    const { customerId } = await won("Planned");
    const { id } = await team.run(() =>
      startOnboarding(cs, StartOnboarding.parse({ customerId, planId: plan.id, ownerId: csm.memberId })),
    );
    const changed = [{ ...milestone, name: "Long call", dueDays: 9 }];
    await team.run(() => savePlan(manager, { id: plan.id, version: 1, name: "Short", milestones: changed }));
    expect((await view(id)).milestones.map(({ name }) => name)).toEqual(["Call"]);
    expect((await team.run(() => listPlans(cs))).data[0]).toMatchObject({ version: 2, name: "Short" });
    const stale = { id: plan.id, version: 1, name: "Short", milestones: changed };
    await expect(team.run(() => savePlan(manager, stale))).rejects.toMatchObject({ code: "conflict" });
    await expect(team.run(() => savePlan(cs, { ...stale, version: 2 }))).rejects.toMatchObject({ code: "forbidden" });
    const nowhere = [{ ...milestone, spokeKey: "moon" }];
    await expect(
      team.run(() => savePlan(manager, { ...stale, version: 2, milestones: nowhere })),
    ).rejects.toMatchObject({ details: { fields: { "milestones.0.spokeKey": "no_such_department" } } });
    await team.run(() =>
      manager.db.onboardingPlan.updateMany({ where: { workspaceId: team.workspace.id }, data: { archivedAt: monday } }),
    );
  });
});

describe("milestones", () => {
  test("are taken by their owner and department, and by who leads; what ended stays so", async () => {
    const { id } = await begun("Steps Taken");
    const [first, , setUp] = (await view(id)).milestones;
    const seller = await at(60, team.seller);
    const take = { id, milestoneId: first?.id ?? "", version: 1, state: "done" as const, note: "" };
    await expect(team.run(() => setMilestone(seller, take))).rejects.toMatchObject({ code: "not_found" });
    expect(await team.run(async () => setMilestone(await at(60), take))).toEqual({ version: 2 });
    await expect(team.run(async () => setMilestone(await at(61), { ...take, version: 2 }))).rejects.toMatchObject({
      reason: "milestone_state",
    });
    await expect(team.run(async () => setMilestone(await at(61), take))).rejects.toMatchObject({ code: "conflict" });
    const servant = await makeMember(team.workspace, { name: "Amir", roles: ["service"], spoke: "service" });
    const service = await at(70, servant);
    const other = { id, milestoneId: setUp?.id ?? "", version: 1, state: "in_progress" as const, note: "" };
    await expect(team.run(() => setMilestone(service, other))).rejects.toMatchObject({ code: "forbidden" });
    const manager = await at(70, team.manager);
    const content = { name: "Set up", nameHe: null, ownerId: servant.memberId, spokeId: setUp?.spokeId ?? "" };
    const rest = { dueAt: later(40 * day), isCustomerVisible: false };
    await team.run(() => editMilestone(manager, { id, milestoneId: setUp?.id ?? "", version: 1, ...content, ...rest }));
    await team.run(() => setMilestone(service, { ...other, version: 2 }));
    const found = await view(id, 80);
    expect(found.milestones[2]).toMatchObject({ name: "Set up", state: "in_progress", ownerName: "Amir" });
    expect(found.milestones[2]?.firstDueAt.slice(0, 10)).toBe("2026-03-30");
  });

  test("are added by who leads, at the end, and named people and departments must be there", async () => {
    const { id } = await begun("One More");
    const { spokeId } = await view(id);
    const added = AddMilestone.parse({
      id,
      name: "Train the night shift",
      spokeId,
      dueAt: later(9 * day).toISOString(),
      isCustomerVisible: true,
    });
    await team.run(() => addMilestone(cs, added));
    expect((await view(id)).milestones.at(-1)).toMatchObject({ name: "Train the night shift", state: "planned" });
    for (const wrong of [{ spokeId: newId() }, { ownerId: newId() }])
      await expect(team.run(() => addMilestone(cs, { ...added, ...wrong }))).rejects.toMatchObject({
        code: "not_found",
      });
  });

  test("end with the onboarding: done needs all of them, cancelling a reason", async () => {
    const { id } = await begun("The End");
    const end = { id, state: "done" as const, note: "" };
    const { version } = await view(id);
    await expect(team.run(() => endOnboarding(cs, { ...end, version }))).rejects.toMatchObject({
      reason: "milestones_open",
    });
    for (const { id: milestoneId } of (await view(id)).milestones)
      await team.run(() => setMilestone(cs, { id, milestoneId, version: 1, state: "done", note: "" }));
    const now = await view(id);
    await team.run(() => endOnboarding(cs, { ...end, version: now.version }));
    expect(await view(id)).toMatchObject({ state: "done", done: 6, late: 0, next: null });
    const ended = await team.run(() => listOnboardings(cs, OnboardingsInput.parse({ show: "ended" })));
    expect(ended.data.map(({ id }) => id)).toContain(id);
  });
});

describe("kickoff and first value", () => {
  test("are written down once; days to first value count from the win", async () => {
    const { id, customerId, journeyId } = await begun("First Value");
    const said = { text: "One report a week.", sign: "They stop asking for it.", targetOn: "2026-04-10" };
    const define = { customerId, ...said, version: 0 };
    await expect(
      team.run(() => measureFirstValue(cs, { customerId, reachedOn: "2026-03-02", evidence: "x" })),
    ).rejects.toMatchObject({ reason: "no_first_value" });
    await team.run(() => defineFirstValue(cs, define));
    await expect(team.run(() => defineFirstValue(cs, define))).rejects.toMatchObject({ code: "conflict" });
    const month = await at(32 * day);
    await team.run(() => noteKickoff(month, { id, on: "2026-03-12" }));
    await expect(team.run(() => noteKickoff(month, { id, on: "2026-03-13" }))).rejects.toMatchObject({
      reason: "kickoff_noted",
    });
    const reached = { customerId, reachedOn: "2026-03-30", evidence: "The board saw it on Monday." };
    await expect(
      team.run(() => measureFirstValue(month, { ...reached, reachedOn: "2026-05-01" })),
    ).rejects.toMatchObject({ reason: "in_the_future" });
    await expect(
      team.run(() => measureFirstValue(month, { ...reached, reachedOn: "2026-02-27" })),
    ).rejects.toMatchObject({ reason: "before_the_win" });
    await team.run(() => measureFirstValue(month, reached));
    await expect(team.run(() => measureFirstValue(month, reached))).rejects.toMatchObject({
      reason: "first_value_measured",
    });
    await expect(team.run(() => defineFirstValue(month, { ...define, version: 2 }))).rejects.toMatchObject({
      reason: "first_value_measured",
    });
    const found = await view(id, 32 * day);
    expect(found).toMatchObject({ kickoffOn: "2026-03-12", reachedOn: "2026-03-30", daysToFirstValue: 28 });
    expect((await team.run(() => getFirstValue(cs, { customerId }))).firstValue).toMatchObject({ version: 2, ...said });
    const where = { workspaceId: team.workspace.id, journeyId };
    await expect(
      team.run(() => month.db.firstValue.updateMany({ where, data: { reachedOn: monday } })),
    ).rejects.toThrow("does not change");
  });
});

describe("health", () => {
  test("counts late milestones and shows every term; those in danger stand first", async () => {
    const { id: late } = await begun("Late One");
    const { id: good } = await begun("Good One");
    const inTime = await at(day);
    for (const { id: milestoneId } of (await view(good)).milestones)
      await team.run(() => setMilestone(inTime, { id: good, milestoneId, version: 1, state: "done", note: "" }));
    const minutes = 20 * day;
    const found = await view(late, minutes);
    expect(found.late).toBe(2);
    expect(found.health.terms.find(({ name }) => name === "milestones")).toMatchObject({
      value: 0,
      points: 0,
      facts: { due: 2, inTime: 0 },
    });
    expect(found.health.level).toBe("at_risk");
    const ctx = await at(minutes);
    const ids = (await team.run(() => listOnboardings(ctx, open))).data.map(({ id }) => id);
    expect(ids.indexOf(late)).toBeLessThan(ids.indexOf(good));
    expect((await view(good, minutes)).health.terms[0]).toMatchObject({ value: 1 });
  });

  test("is kept ninety days after the win, once, and nobody can change it", async () => {
    const { id } = await begun("Kept");
    const late = await team.worker(later(98 * day));
    const keep = (ctx: Context) => onboardingTasks["onboarding.keep_health"]?.(ctx, { onboardingId: id });
    await team.run(async () => keep(late));
    const worker = await team.worker(later(90 * day));
    for (const _ of [1, 2]) await team.run(async () => keep(worker));
    const where = { workspaceId: team.workspace.id, onboardingId: id };
    const kept = await team.run(() => worker.db.onboardingHealth.findMany({ where }));
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ day: 90, score: expect.any(Number) });
    await expect(
      team.run(() => worker.db.onboardingHealth.updateMany({ where, data: { score: 1 } })),
    ).rejects.toThrow();
    const jobs = await team.run(() =>
      worker.db.event.count({ where: { workspaceId: team.workspace.id, type: "onboarding.health_kept" } }),
    );
    expect(jobs).toBe(1);
  });
});

describe("who sees what", () => {
  test("the customer sees on her page what is meant for her, and nothing else", async () => {
    const { id, customerId } = await begun("Page Reader");
    const [, kickoff] = (await view(id)).milestones;
    await team.run(() =>
      setMilestone(cs, { id, milestoneId: kickoff?.id ?? "", version: 1, state: "done", note: "secret" }),
    );
    const ctx = await team.worker(later(60));
    const page = await team.run(() => getContactPage(ctx, customerId));
    expect(page.milestones.map(({ name }) => name)).not.toContain("Promises of the sale read through");
    expect(page.milestones[0]).toEqual({
      ...{ id: kickoff?.id, name: "Kickoff", nameHe: "פגישת התנעה", state: "done" },
      dueAt: kickoff?.dueAt,
    });
    expect(JSON.stringify(page)).not.toContain("secret");
  });

  test("another workspace sees none of it, and who may not see the customer is told nothing", async () => {
    const { id } = await begun("Hidden");
    const seller = await team.as(team.seller);
    await expect(team.run(() => getOnboarding(seller, { id }))).rejects.toMatchObject({ code: "not_found" });
    const other = await Team.make();
    const stranger = await other.as(other.manager);
    await expect(other.run(() => getOnboarding(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    expect((await other.run(() => listOnboardings(stranger, open))).data).toEqual([]);
  });

  test("the API answers the board and refuses bad input with its field", async () => {
    const client = await makeClient(onboardingEndpoints, "cs");
    expect(await (await client.send("GET", "/onboardings")).json()).toEqual({
      data: [],
      nextCursor: null,
      isPartial: false,
    });
    const plans = (await (await client.send("GET", "/onboarding-plans")).json()) as {
      data: { milestones: unknown[] }[];
    };
    expect(plans.data[0]?.milestones).toHaveLength(6);
    const bad = await client.send("POST", `/customers/${newId()}/first-value`, {
      body: { text: "", sign: "x", targetOn: "soon", version: 0 },
    });
    expect(bad.status).toBe(400);
    expect(JSON.stringify(await bad.json())).toContain("targetOn");
  });
});
