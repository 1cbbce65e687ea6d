import { beforeAll, describe, expect, test } from "vitest";
import { csmHourEndpoints } from "@/lib/api/csm-hours";
import { logCsmHours, removeCsmHours, setCsmCapacity } from "@/lib/csm-hours/commands";
import { getBudgets, listCsmHours } from "@/lib/csm-hours/queries";
import { CsmHoursInput, LogCsmHours } from "@/lib/csm-hours/schema";
import { newId } from "@/lib/identifiers";
import { moveJourney } from "@/lib/journeys/commands";
import { getAdviceInputs, giveAdvice } from "@/lib/scenarios/queries";
import { makeMember, type TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";
import { makeClient } from "../api/client";

let house: HandoffTeam;
let cleo: TestMember;
const day = 24 * 60;
const today = "2026-03-02";
const run = <T>(work: () => Promise<T>) => house.team.run(work);
const asManager = (minutes = 0) => house.team.as(house.team.manager, later(minutes));
const asCleo = (minutes = 0) => house.team.as(cleo, later(minutes));

beforeAll(async () => {
  house = await HandoffTeam.make();
  cleo = await makeMember(house.team.workspace, { name: "Cleo Sun", roles: ["cs"], spoke: "cs" });
});

const entry = (of: object, rest: object = {}) => LogCsmHours.parse({ minutes: 90, spentOn: today, ...of, ...rest });

describe("time of customer success", () => {
  test("is logged by whose it was on a deal she sees, before the sale until the deal is won, and taken back", async () => {
    const { customerId, journeyId } = await house.customer("appointment", house.team.seller);
    const manager = await asManager();
    // She sees the deal only once it is won or handed to her.
    await expect(run(async () => logCsmHours(await asCleo(), entry({ journeyId })))).rejects.toMatchObject({
      code: "not_found",
    });
    const of = { journeyId, memberId: cleo.memberId };
    const early = await run(() => logCsmHours(manager, entry(of, { note: "Joined the demo" })));
    expect(early.presale).toBe(true);
    const stages = await run(() => manager.db.stage.findMany({ where: { workspaceId: manager.workspaceId } }));
    const way = ["working", "contract", "design"].map((key) => stages.find((stage) => stage.key === key)?.id ?? "");
    for (const toStageId of way) await run(() => moveJourney(manager, { customerId, toStageId }));
    const after = await asCleo(day);
    const later2 = await run(() => logCsmHours(after, entry({ journeyId }, { spentOn: "2026-03-03", minutes: 30 })));
    expect(later2.presale).toBe(false);
    const own = await run(() => listCsmHours(after, CsmHoursInput.parse({ journeyId })));
    expect(own.data.map(({ minutes, presale, note, memberName }) => [minutes, presale, note, memberName])).toEqual([
      [30, false, "", "Cleo Sun"],
      [90, true, "Joined the demo", "Cleo Sun"],
    ]);
    const paged = await run(() => listCsmHours(after, CsmHoursInput.parse({ journeyId, limit: 1 })));
    const rest = await run(() =>
      listCsmHours(after, CsmHoursInput.parse({ journeyId, limit: 1, cursor: paged.nextCursor ?? "" })),
    );
    expect([paged.data[0]?.minutes, rest.data[0]?.minutes, rest.nextCursor]).toEqual([30, 90, null]);
    await run(() => removeCsmHours(after, { id: early.id }));
    await expect(run(() => removeCsmHours(after, { id: early.id }))).rejects.toMatchObject({ code: "not_found" });
    expect(await house.team.happened(customerId)).toEqual(
      expect.arrayContaining(["csm_hours.logged", "csm_hours.removed"]),
    );
  });

  test("is refused to the OSC, of another, of somebody elsewhere, for tomorrow, and a second time", async () => {
    const { journeyId } = await house.customer("appointment", house.team.seller);
    const log = async (by: TestMember, rest: object = {}) => {
      const ctx = await house.team.as(by);
      return run(() => logCsmHours(ctx, entry({ journeyId }, rest)));
    };
    await expect(log(house.team.osc)).rejects.toMatchObject({ code: "forbidden" });
    await expect(log(house.team.seller, { memberId: cleo.memberId })).rejects.toMatchObject({
      reason: "own_hours_only",
    });
    await expect(log(house.team.seller)).rejects.toMatchObject({ reason: "not_csm" });
    await expect(log(house.team.manager, { memberId: house.team.seller.memberId })).rejects.toMatchObject({
      reason: "not_csm",
    });
    const hers = { memberId: cleo.memberId };
    await expect(log(house.team.manager, { ...hers, spentOn: "2026-03-03" })).rejects.toMatchObject({
      reason: "in_the_future",
    });
    await expect(log(house.team.manager, { memberId: newId() })).rejects.toMatchObject({ code: "not_found" });
    const id = newId();
    await log(house.team.manager, { ...hers, id });
    await expect(log(house.team.manager, { ...hers, id })).rejects.toMatchObject({ reason: "duplicate" });
  });
});

describe("capacity", () => {
  beforeAll(async () => {
    house = await HandoffTeam.make();
    cleo = await makeMember(house.team.workspace, { name: "Cleo Sun", roles: ["cs"], spoke: "cs" });
    await makeMember(house.team.workspace, { name: "Otto Free", roles: ["cs"], spoke: "cs" });
  });

  const ask = { complexity: 0.8, inaccessibility: 0.5, relationship: 0.6, valuePct: 0.7, pClose: 0.6 };
  const inputs = { ...ask, kpiClose: 0.5, kpiOnboard: 0.8 };

  test("is not known before anybody said it: the advisor takes the middle and leaves the gate of hours unchecked", async () => {
    const ctx = await house.team.as(house.team.seller);
    const { team } = await run(() => getBudgets(ctx));
    expect(team).toEqual({ capacity: null, used: 0, reserved: 0, free: null, slack: null });
    const advice = await run(() => giveAdvice(ctx, inputs));
    expect(advice.sources).toMatchObject({ csmSlack: "default", freeHours: "default", pClose: "person" });
    expect(advice.gates.C.unchecked).toContain("csm_hours");
    expect((await run(() => getAdviceInputs(ctx, {}))).known.csmSlack).toBeUndefined();
  });

  test("gives the advisor its free share and checks the hours; F60's example stands with a share of .3", async () => {
    const manager = await asManager();
    const ctx = await house.team.as(house.team.seller);
    const { journeyId } = await house.customer("appointment", house.team.seller);
    // 10 hours a week are 40 in the window; 28 used leave 12, which is .3.
    await run(() => setCsmCapacity(manager, { memberId: cleo.memberId, minutesWeek: 600 }));
    for (const minutes of [1_000, 680])
      await run(() => logCsmHours(manager, entry({ journeyId, memberId: cleo.memberId }, { minutes })));
    const old = { memberId: cleo.memberId, journeyId };
    await run(() => logCsmHours(manager, entry(old, { minutes: 600, spentOn: "2026-02-02" })));
    const budgets = await run(() => getBudgets(ctx));
    expect(budgets.members.map(({ name, capacity, used, free, isOwn }) => [name, capacity, used, free, isOwn])).toEqual(
      [
        ["Cleo Sun", 2_400, 1_680, 720, true],
        ["Otto Free", null, 0, null, false],
      ],
    );
    expect([budgets.team.slack, budgets.maySet]).toEqual([0.3, false]);
    const advice = await run(() => giveAdvice(ctx, inputs));
    expect(advice.sources).toMatchObject({ csmSlack: "data", freeHours: "data" });
    expect(advice.scenarios.C.score).toBeCloseTo(0.701, 4);
    expect(advice.scenarios.B.score).toBeCloseTo(0.6485, 4);
    expect([advice.choice, advice.gates.C.failed]).toEqual(["C", []]);
    expect(await run(() => getAdviceInputs(ctx, {}))).toMatchObject({ known: { csmSlack: 0.3 }, freeHours: 12 });
    // Two more hours leave 10, fewer than C takes.
    await run(() => logCsmHours(manager, entry({ journeyId, memberId: cleo.memberId }, { minutes: 120 })));
    const full = await run(() => giveAdvice(ctx, inputs));
    expect([full.gates.C.failed, full.choice]).toEqual([["csm_hours"], "B"]);
    const said = await run(() => giveAdvice(ctx, { ...inputs, csmSlack: 0.3, freeHours: 20 }));
    expect([said.choice, said.sources.csmSlack, said.sources.freeHours]).toEqual(["C", "person", "person"]);
  });

  test("of one who is named is hers, everybody's without an own number the usual, and nobody's else", async () => {
    const manager = await asManager();
    await run(() => setCsmCapacity(manager, { memberId: null, minutesWeek: 300 }));
    const { members, team, minutesWeek } = await run(() => getBudgets(manager));
    expect(members.map(({ free }) => free)).toEqual([600, 1_200]);
    expect([team.capacity, team.free, minutesWeek]).toEqual([3_600, 1_800, 300]);
    const otto = members.find(({ name }) => name === "Otto Free")?.memberId ?? "";
    const named = await run(() => giveAdvice(manager, { ...inputs, csmId: otto }));
    expect([named.gates.C.failed, named.gates.C.unchecked, named.sources.csmSlack]).toEqual([[], [], "data"]);
    const stranger = { ...inputs, csmId: house.team.osc.memberId };
    await expect(run(() => giveAdvice(manager, stranger))).rejects.toMatchObject({ code: "not_found" });
    const seller = await house.team.as(house.team.seller);
    await expect(run(() => setCsmCapacity(seller, { memberId: otto, minutesWeek: 1 }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const elsewhere = { memberId: house.team.seller.memberId, minutesWeek: 60 };
    await expect(run(() => setCsmCapacity(manager, elsewhere))).rejects.toMatchObject({ reason: "not_csm" });
  });
});

describe("seen from outside", () => {
  test("reads the budget, and answers field by field what is wrong with an entry", async () => {
    const client = await makeClient(csmHourEndpoints, "manager");
    expect((await client.send("GET", "/csm-budget")).status).toBe(200);
    const wrong = await client.send("POST", "/csm-hours", {
      body: { minutes: 0, spentOn: "soon", journeyId: newId() },
    });
    expect(wrong.status).toBe(400);
    const problem = JSON.stringify(await wrong.json());
    for (const field of ["minutes", "spentOn"]) expect(problem).toContain(field);
    const read = await client.send("GET", "/csm-hours");
    expect([read.status, await read.json()]).toEqual([200, { data: [], nextCursor: null }]);
  });
});
