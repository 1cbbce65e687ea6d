import { beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/identifiers";
import { insertRows } from "@/lib/insert-rows";
import { setProgrammeGoal } from "@/lib/osc-programme/commands";
import { getProgramme, listProgrammeRows } from "@/lib/osc-programme/queries";
import { ProgrammeRows, SetProgrammeGoal } from "@/lib/osc-programme/schema";
import { record, transaction } from "@/lib/transaction";
import { Team } from "../../support/owed";
import { type Happened, makeRun, tellJourneys } from "../../support/passed";

const day = 86_400_000;
const now = new Date();
const from = new Date(now.getTime() - 200 * day);
const enter = (on = 0): Happened => ({ day: on, stage: "new_lead", cause: "enter" });
const won = (on: number): Happened => ({ day: on, stage: "contract", cause: "advance", status: "won" });

type Met = { set: number; kept?: number };

/** Appointments that the consultant set, on days counted as the journeys' own. */
async function meet(team: Team, journeyIds: readonly string[], met: readonly (Met | null)[]): Promise<void> {
  const at = (on: number) => new Date(from.getTime() + on * day);
  const worker = await team.worker(now);
  await team.run(() =>
    transaction(worker, async (ctx) => {
      const journeys = await ctx.db.journey.findMany({ where: { workspaceId: ctx.workspaceId } });
      const rows = met.flatMap((each, place) => {
        const journey = journeys.find(({ id }) => id === journeyIds[place]);
        if (!each || !journey) return [];
        const { set, kept } = each;
        return {
          ...{ workspaceId: ctx.workspaceId, id: newId(), customerId: journey.customerId, journeyId: journey.id },
          ...{ hostId: team.seller.memberId, setById: team.osc.memberId, timeZone: "UTC", setAt: at(set) },
          ...{ startAt: at(kept ?? set + 1), state: kept === undefined ? "set" : "kept" },
          ...(kept === undefined ? {} : { decidedAt: at(kept), decidedById: team.seller.memberId }),
        };
      });
      for (const data of rows) await ctx.db.appointment.create({ data });
      record(ctx, "appointments.told", { subject: `workspace:${ctx.workspaceId}` });
    }),
  );
}

/** Somebody who came by without an appointment spoke with a seller on site. */
async function dropIn(team: Team, journeyId: string, on: number): Promise<void> {
  const worker = await team.worker(now);
  const at = new Date(from.getTime() + on * day);
  await team.run(() =>
    transaction(worker, async (ctx) => {
      const { customerId } = await ctx.db.journey.findFirstOrThrow({
        where: { workspaceId: ctx.workspaceId, id: journeyId },
      });
      await insertRows(ctx, "interactions", [
        {
          ...{ workspaceId: ctx.workspaceId, id: newId(), customerId, journeyId, medium: "onsite", type: "visit" },
          ...{ direction: "inbound", isTwoWay: true, isAutomated: false, startedAt: at, recordedAt: at, summary: "" },
        },
      ]);
      record(ctx, "visits.told", { subject: `workspace:${ctx.workspaceId}` });
    }),
  );
}

let team: Team;
const asManager = async () => team.as(team.manager, new Date());
const read = async (month?: string) => {
  const ctx = await asManager();
  return team.run(() => getProgramme(ctx, { month }));
};

beforeAll(async () => {
  team = await Team.make();
  // Ten leads old enough: four get an appointment, three keep it, one of these buys; one more buys without. One is too young.
  const told = Array.from({ length: 10 }, (_, place) => ({
    events: place === 0 || place === 9 ? [enter(), won(40)] : [enter()],
  }));
  const ids = await tellJourneys(await team.worker(from), team.osc.memberId, from, [...told, { events: [enter(195)] }]);
  const met: (Met | null)[] = [{ set: 2, kept: 5 }, { set: 3, kept: 6 }, { set: 40, kept: 50 }, { set: 4 }];
  await meet(team, ids, met);
  await dropIn(team, ids[1] ?? "", 6); // as agreed
  await dropIn(team, ids[9] ?? "", 1); // by himself
  await makeRun(await team.worker(now), "osc-programme");
});

test("the programme counts leads that are old enough, and opens the customers behind every number", async () => {
  const { run, result, names } = await read();
  expect(result?.cohort).toMatchObject({
    counts: { leads: 10, set: 4, kept: 3, sales: 1, companySales: 2 },
    immature: 1,
  });
  expect(result?.agedAppointments).toMatchObject({ k: 1, n: 4 });
  expect(result?.visitedWithoutAppointment).toMatchObject({ k: 1, n: 2 });
  expect(result?.wonWithoutAppointment).toBe(1);
  expect(result?.byOsc).toMatchObject([{ memberId: team.osc.memberId, set: 4, kept: { k: 3, n: 4 } }]);
  expect(Object.keys(names)).toEqual([team.osc.memberId]);
  const ctx = await asManager();
  const behind = (input: object) =>
    team.run(() => listProgrammeRows(ctx, ProgrammeRows.parse({ run: run?.id, ...input })));
  const expected = {
    ...{ leads: 10, immature: 1, set: 4, kept: 3, sales: 1, company_sales: 2 },
    ...{ aged: 1, visited: 2, visited_without: 1, won_without: 1 },
  };
  for (const [group, total] of Object.entries(expected))
    expect([group, (await behind({ group })).total]).toEqual([group, total]);
  expect((await behind({ group: "set", osc: team.osc.memberId })).total).toBe(4);
  expect((await behind({ group: "set", osc: team.seller.memberId })).total).toBe(0);
  const [visitor] = (await behind({ group: "visited_without" })).rows;
  expect(visitor).toMatchObject({ name: "Person 9", setAt: null });
  expect(visitor?.wonAt).not.toBeNull();
});

test("months count what happened in them, whichever lead it came from, and nothing twice", async () => {
  const months: string[] = [];
  // A day more on either side holds the month of every time zone.
  for (let at = from.getTime() - day; at <= now.getTime() + day; at += day)
    months.push(new Date(at).toISOString().slice(0, 7));
  const total = { leads: 0, set: 0, kept: 0, sales: 0, companySales: 0 };
  for (const month of new Set(months)) {
    const { soFar } = (await read(month)).month;
    for (const key of ["leads", "set", "kept", "sales", "companySales"] as const) total[key] += soFar[key];
  }
  expect(total).toEqual({ leads: 11, set: 4, kept: 3, sales: 1, companySales: 2 });
});

test("a month's goal is planned back by the programme's own shares, is set by a manager once, and is taken away", async () => {
  const month = now.toISOString().slice(0, 7);
  const set = async (ctx: Awaited<ReturnType<typeof asManager>>, input: object) =>
    team.run(() => setProgrammeGoal(ctx, SetProgrammeGoal.parse({ month, ...input })));
  const manager = await asManager();
  expect((await read(month)).month).toMatchObject({ month, goal: null, plan: null });
  await set(manager, { sales: 10, version: 0 });
  // 10 x 1/2 = 5 sales; 5 / (1/3) = 15 kept; 15 / (3/4) = 20 set; 20 / (4/10) = 50 leads.
  expect((await read(month)).month).toMatchObject({
    goal: { sales: 10, version: 1, setByName: "Max Manager" },
    plan: { oscSales: 5, keptNeeded: 15, setNeeded: 20, leadsNeeded: 50 },
  });
  await expect(set(manager, { sales: 12, version: 0 })).rejects.toMatchObject({
    code: "conflict",
    details: { current: { sales: 10, version: 1 } },
  });
  await expect(set(await team.as(team.osc, new Date()), { sales: 1, version: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(SetProgrammeGoal.safeParse({ month: "2026-13", sales: 1, version: 0 }).success).toBe(false);
  expect(SetProgrammeGoal.safeParse({ month, sales: 0, version: 0 }).success).toBe(false);
  await set(manager, { sales: null, version: 1 });
  expect((await read(month)).month.goal).toBeNull();
  const audited = await team.run(async () =>
    manager.db.auditEntry.findMany({
      where: { workspaceId: manager.workspaceId, action: "programme_goal.set" },
      orderBy: { seq: "asc" },
    }),
  );
  expect(audited.map(({ detail }) => detail)).toEqual([
    { month, before: null, after: 10 },
    { month, before: 10, after: null },
  ]);
});
