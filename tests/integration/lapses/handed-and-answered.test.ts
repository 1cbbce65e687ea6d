import { expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { acceptHandoff, rejectHandoff } from "@/lib/handoffs/receive";
import { ProposeHandoff, RejectHandoff } from "@/lib/handoffs/schema";
import { newId } from "@/lib/identifiers";
import { insertRows } from "@/lib/insert-rows";
import { listLapsed } from "@/lib/lapses/queries";
import { LapsedInput, type LapseMeasure, type LapsesResult } from "@/lib/lapses/schema";
import { requestRun } from "@/lib/runs/commands";
import { readRun } from "@/lib/runs/queries";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { record, transaction } from "@/lib/transaction";
import { HandoffTeam } from "../../support/handoffs";
import { later, monday, Team } from "../../support/owed";
import { tellJourneys } from "../../support/passed";

const day = 86_400_000;

/** What a run about that time says of a measure, and who is behind it. */
async function lapsesOf(team: Team, measure: LapseMeasure, asOf: Date) {
  const ctx = await team.as(team.manager, new Date());
  return team.run(async () => {
    const { id } = await requestRun(ctx, RequestRun.parse({ kind: "lapses", asOf }));
    await performRun(ctx, id);
    const { sections } = (await readRun(ctx, { id })).result as LapsesResult;
    const found = sections.find((each) => each.measure === measure);
    if (!found) throw new Error(`There is no ${measure}.`);
    const behind = await listLapsed(ctx, LapsedInput.parse({ run: id, measure }));
    return { ...found, behind };
  });
}

test("a handoff lapses each time it is rejected or not answered in its time; one taken in time and one not due do not", async () => {
  const h = await HandoffTeam.make();
  const { team } = h;
  const receiver = await team.as(team.designer, later(30));
  const propose = async (now = monday) => h.propose((await h.customer()).customerId, h.closer, now);
  const [taken, refused] = [await propose(), await propose()];
  await propose();
  const reject = { id: refused, reason: "incomplete_packet", missingItems: ["scope"], note: "No scope" };
  await team.run(() => acceptHandoff(receiver, { id: taken }));
  await team.run(() => rejectHandoff(receiver, RejectHandoff.parse(reject)));
  const again = await team.as(h.closer, later(60));
  await team.run(() => proposeHandoff(again, ProposeHandoff.parse({ id: refused })));

  // An hour on: three asked, one said yes, one no, and two wait.
  const soon = await lapsesOf(team, "handoff", later(90));
  expect(soon).toMatchObject({ share: { k: 1, n: 2 }, parts: { rejected: 1, late: 0 }, leftOut: 2 });
  // Days later both of those ran out: four proposals, one taken in time.
  const after = await lapsesOf(team, "handoff", new Date(monday.getTime() + 5 * day));
  expect(after).toMatchObject({ share: { k: 3, n: 4 }, parts: { rejected: 1, late: 2 }, leftOut: 0 });
  expect(after.groups).toMatchObject([{ by: "pair", key: "senior_sales>design", verdict: "too_few" }]);
  expect(after.behind.total).toBe(3);
  // What came before the window is not in it.
  expect((await lapsesOf(team, "handoff", new Date(monday.getTime() + 120 * day))).share.n).toBe(0);
});

type Told = { contact?: string; next?: number; over?: object };

/** One journey for each, with a contact that somebody answered on the second day. */
async function tellAnswered(team: Team, from: Date, told: readonly Told[]): Promise<void> {
  const worker: Context = await team.worker(from);
  const at = (days: number) => new Date(from.getTime() + days * day);
  const events = [{ day: 0, stage: "new_lead", cause: "enter" }];
  const ids = await tellJourneys(
    worker,
    team.osc.memberId,
    from,
    told.map(() => ({ events })),
  );
  await team.run(() =>
    transaction(worker, async (ctx) => {
      const { workspaceId } = ctx;
      const journeys = await ctx.db.journey.findMany({ where: { workspaceId, id: { in: ids } } });
      for (const [index, { contact, next, over }] of told.entries()) {
        const journey = journeys.find(({ id }) => id === ids[index]);
        const { customerId = "", stageId = "", id: journeyId = "" } = { ...journey, customerId: journey?.customerId };
        const personId = newId();
        await ctx.db.person.create({ data: { workspaceId, id: personId, customerId, name: "Caller" } });
        if (contact)
          await ctx.db.contactPoint.create({
            data: {
              ...{ workspaceId, id: newId(), customerId, personId, kind: contact, value: `${index}`, raw: `${index}` },
              ...{ provenance: "typed", createdAt: at(2) },
            },
          });
        if (next !== undefined)
          await ctx.db.touchpoint.create({
            data: {
              ...{ workspaceId, id: newId(), customerId, journeyId, stageId, name: "Call back", type: "call" },
              ...{
                state: "due",
                startedAt: at(next),
                dueAt: at(next + 1),
                createdAt: at(next),
                spokeId: journey?.accountableSpokeId ?? "",
              },
            },
          });
        await insertRows(ctx, "interactions", [
          {
            ...{ workspaceId, id: newId(), journeyId, customerId, medium: "phone", type: "call", summary: "" },
            ...{ direction: "inbound", isTwoWay: true, isAutomated: false, startedAt: at(2), recordedAt: at(2) },
            ...over,
          },
        ]);
      }
      record(ctx, "interactions.told", { subject: `workspace:${workspaceId}` });
    }),
  );
}

test("a contact that a person answered lapses when it left no number or address, or no next step within a day", async () => {
  const team = await Team.make();
  const from = new Date("2026-01-05T09:00:00Z");
  await tellAnswered(team, from, [
    { contact: "phone", next: 2 },
    { contact: "email", next: 2.5 },
    { next: 2 },
    // A handle of a network is nothing to call back on.
    { contact: "social", next: 2 },
    { contact: "phone" },
    { contact: "phone", next: 3.5 },
    // Nobody's call, a machine's answer and our own call are no answered contacts.
    { over: { isTwoWay: false } },
    { over: { isTwoWay: false, isAutomated: true } },
    { over: { direction: "outbound" } },
    { contact: "phone", over: { medium: "chat" } },
  ]);
  const found = await lapsesOf(team, "capture", new Date(from.getTime() + 10 * day));
  expect(found).toMatchObject({ share: { k: 5, n: 7 }, parts: { no_contact: 2, no_next: 3 } });
  expect(found.groups.map(({ key, share }) => [key, share.k, share.n])).toEqual([
    ["chat", 1, 1],
    ["phone", 4, 6],
  ]);
  expect(found.behind.total).toBe(5);
  expect(found.behind.rows.every(({ days }) => days === 8)).toBe(true);
  // The day of the call is not over.
  expect((await lapsesOf(team, "capture", new Date(from.getTime() + 2.5 * day))).share.n).toBe(0);
});
