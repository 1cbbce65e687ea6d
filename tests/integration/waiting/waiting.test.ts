import { beforeAll, describe, expect, test } from "vitest";
import { databaseTransaction } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { loseJourney } from "@/lib/journeys/endings";
import { holdJourney, resumeJourney } from "@/lib/journeys/pauses";
import { keepPromise, makePromise } from "@/lib/promises/commands";
import { answerRelay, sendRelay } from "@/lib/relays/commands";
import { getWaitingOf, getWaitingPage, getWaitingReport } from "@/lib/waiting/queries";
import { WaitingInput, WaitingRows } from "@/lib/waiting/schema";
import { makeMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";
import { tellJourneys } from "../../support/passed";

const minute = 60_000;
const usual = WaitingInput.parse({});

const call = (customerId: string, direction: "inbound" | "outbound", isTwoWay: boolean) =>
  LogInteraction.parse({ customerId, medium: "phone", direction, isTwoWay, next: "none" });

describe("the time of one customer", () => {
  let team: Team;
  let maya: { customerId: string; journeyId: string };
  let hub: string;
  let design: string;

  beforeAll(async () => {
    team = await Team.make();
    maya = await team.customer();
    [hub, design] = [await team.spokeId("osc"), await team.spokeId("design")];
    const { customerId } = maya;
    const osc = (minutes: number) => team.as(team.osc, later(minutes));
    const designer = (minutes: number) => team.as(team.designer, later(minutes));
    await team.run(async () => {
      await logInteraction(await osc(30), call(customerId, "outbound", true));
      const relay = await sendRelay(await osc(60), { customerId, toSpokeId: design, question: "Which roof?" });
      await answerRelay(await designer(180), { id: relay.id, answer: "The flat one." });
      await holdJourney(await osc(240), { customerId, until: later(9_000) });
      await resumeJourney(await osc(300), { customerId });
      await logInteraction(await osc(330), call(customerId, "inbound", false));
      const answer = LogInteraction.parse({ ...call(customerId, "outbound", false), medium: "email" });
      await logInteraction(await osc(335), { ...answer, isAutomated: true });
      await logInteraction(await osc(345), answer);
      const promise = await makePromise(await osc(350), { customerId, text: "Samples", dueAt: later(2_000) });
      await keepPromise(await osc(355), { id: promise.id });
    });
  });

  test("every minute since she came is somebody's, and an automatic reply ends no wait", async () => {
    const waiting = await team.run(async () =>
      getWaitingOf(await team.as(team.osc, later(360)), { id: maya.customerId }),
    );
    const told = waiting.stretches
      .toReversed()
      .map(({ from, elapsed, cause, whom }) => [
        (Date.parse(from) - monday.getTime()) / minute,
        elapsed / minute,
        cause,
        whom,
      ]);
    expect(told).toEqual([
      [0, 30, "answer", hub],
      [30, 30, "work", hub],
      [60, 120, "relay", design],
      [180, 60, "work", hub],
      [240, 60, "paused", "customer"],
      [300, 30, "work", hub],
      [330, 15, "answer", hub],
      [345, 5, "work", hub],
      [350, 5, "promise", hub],
      [355, 5, "work", hub],
    ]);
    expect(waiting.elapsed).toBe(360 * minute);
    expect(waiting.byBaton).toMatchObject([{ id: hub, elapsed: 360 * minute, share: 1 }]);
    expect(waiting.byWhom.find(({ id }) => id === design)).toMatchObject({ elapsed: 120 * minute, share: 1 / 3 });
  });

  test("business time lies beside: nights and weekends are no business time", async () => {
    const next = 24 * 60;
    const [day, night] = await team.run(async () => [
      await getWaitingOf(await team.as(team.osc, later(360)), { id: maya.customerId }),
      await getWaitingOf(await team.as(team.osc, later(360 + next)), { id: maya.customerId }),
    ]);
    expect(night.elapsed - day.elapsed).toBe(next * minute);
    // The workspace is open from nine to six.
    expect(night.staffed - day.staffed).toBe(9 * 60 * minute);
    expect(night.byBaton.reduce((sum, { staffed }) => sum + staffed, 0)).toBe(night.staffed);
  });

  test("who may not see the customer finds nobody", async () => {
    const { customerId: id } = await team.customer("Hidden");
    const stranger = await makeMember(team.workspace, { name: "Sam Seller", roles: ["sales"], spoke: "sales" });
    await expect(team.run(async () => getWaitingOf(await team.as(stranger), { id }))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(team.run(async () => getWaitingOf(await team.as(team.osc), { id: "nobody" }))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the time of a segment", () => {
  test("lines add up to the whole, narrow by stage, origin and consultant, and open the customers behind them", async () => {
    const team = await Team.make();
    const other = await makeMember(team.workspace, { name: "Eve Other" });
    const design = await team.spokeId("design");
    const first = await team.customer("Ada One");
    const second = await team.customer("Bo Two");
    await team.run(async () => {
      const osc = (minutes: number) => team.as(team.osc, later(minutes));
      for (const { customerId } of [first, second]) {
        await logInteraction(await osc(0), call(customerId, "outbound", true));
        await sendRelay(await osc(10), { customerId, toSpokeId: design, question: "When?" });
      }
      await loseJourney(await osc(70), { customerId: second.customerId, lostReason: "price", byCustomer: true });
    });
    const at = async (minutes: number) => team.as(team.manager, later(minutes));
    const report = await team.run(async () => getWaitingReport(await at(110), usual));
    expect(report).toMatchObject({ customers: 2, elapsed: (110 + 70) * minute, isTruncated: false });
    expect(report.byWhom.find(({ id }) => id === design)).toMatchObject({
      ...{ customers: 2, elapsed: 160 * minute, median: 80 * minute, causes: { relay: 160 * minute } },
    });
    for (const lines of [report.byBaton, report.byWhom])
      expect(lines.reduce((sum, { elapsed }) => sum + elapsed, 0)).toBe(report.elapsed);
    const asked = WaitingRows.parse({ whom: design, cause: "relay" });
    const { behind } = await team.run(async () => getWaitingPage(await at(110), asked));
    expect(behind?.rows.map(({ name, elapsed }) => [name, elapsed / minute])).toEqual([
      ["Ada One", 100],
      ["Bo Two", 60],
    ]);
    const narrowed = async (input: object) =>
      (await team.run(async () => getWaitingReport(await at(110), WaitingInput.parse(input)))).customers;
    expect(await narrowed({ stage: "new_lead" })).toBe(2);
    expect(await narrowed({ stage: "working" })).toBe(0);
    expect(await narrowed({ osc: other.memberId })).toBe(0);
    expect(await narrowed({ osc: team.osc.memberId })).toBe(2);
    expect(await narrowed({ origin: "unknown" })).toBe(2);
    expect(await narrowed({ origin: "fair" })).toBe(0);
  });

  test("as of an earlier time nothing that came later counts, and the future is refused", async () => {
    const team = await Team.make();
    const { customerId } = await team.customer();
    await team.run(async () => {
      await logInteraction(await team.as(team.osc, later(90)), call(customerId, "outbound", true));
    });
    const report = (asOf: string) =>
      team.run(async () => getWaitingReport(await team.as(team.manager, later(200)), WaitingInput.parse({ asOf })));
    const early = await report(later(60).toISOString());
    expect(early.byWhom).toMatchObject([{ elapsed: 60 * minute, causes: { answer: 60 * minute } }]);
    await expect(report(later(300).toISOString())).rejects.toMatchObject({ code: "refused" });
  });

  test("as known at an earlier time what was recorded later does not count, and what was known then never changes", async () => {
    const team = await Team.make();
    const day = 24 * 60;
    const worker = await team.worker(monday);
    const [journeyId = ""] = await tellJourneys(worker, team.osc.memberId, monday, [
      {
        events: [
          { day: 0, stage: "new_lead", cause: "enter" },
          { day: 5, stage: "new_lead", cause: "drop", status: "lost", recorded: 20 },
        ],
      },
    ]);
    const call = { id: newId(), medium: "phone", type: "follow-up", direction: "outbound", isTwoWay: true };
    await databaseTransaction(team.workspace.id, async (db) => {
      const { customerId } = await db.journey.findFirstOrThrow({ where: { workspaceId: team.workspace.id } });
      const of = { workspaceId: team.workspace.id, journeyId, customerId, spokeId: await team.spokeId("osc") };
      const startedAt = later(2 * day);
      await db.interaction.create({ data: { ...of, ...call, startedAt, recordedAt: later(8 * day) } });
      const where = { workspaceId: team.workspace.id, id: journeyId };
      await db.journey.updateMany({ where, data: { firstResponseAt: startedAt } });
    });
    const known = async (asOf: number, knownAt: number) => {
      const input = WaitingInput.parse({
        asOf: later(asOf * day).toISOString(),
        knownAt: later(knownAt * day).toISOString(),
      });
      const { byWhom, elapsed } = await team.run(async () =>
        getWaitingReport(await team.as(team.manager, later(30 * day)), input),
      );
      return [elapsed / minute / day, (byWhom[0]?.causes.answer ?? 0) / minute / day];
    };
    expect(await known(10, 7)).toEqual([10, 10]);
    expect(await known(10, 10)).toEqual([10, 2]);
    expect(await known(10, 25)).toEqual([5, 2]);
    expect(await known(10, 29)).toEqual([5, 2]);
    await expect(known(10, 31)).rejects.toMatchObject({ reason: "in_the_future" });
  });

  test("an empty workspace has no shares, imported customers are left out, and only leaders may look", async () => {
    const team = await Team.make();
    const manager = await team.as(team.manager, later(60));
    const empty = await team.run(() => getWaitingReport(manager, usual));
    expect(empty).toMatchObject({ customers: 0, elapsed: 0, byBaton: [], byWhom: [] });
    const { journeyId } = await team.customer();
    await databaseTransaction(team.workspace.id, async (db) => {
      const { id: workspaceId } = team.workspace;
      const importId = newId();
      await db.import.create({ data: { workspaceId, id: importId, name: "old", mapping: {}, files: [] } });
      await db.journey.updateMany({ where: { workspaceId, id: journeyId }, data: { importId } });
    });
    expect(await team.run(() => getWaitingReport(manager, usual))).toMatchObject({ customers: 0 });
    await expect(team.run(async () => getWaitingReport(await team.as(team.osc), usual))).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
