import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { rejectHandoff } from "@/lib/handoffs/receive";
import { ProposeHandoff, RejectHandoff } from "@/lib/handoffs/schema";
import { loseJourney } from "@/lib/journeys/endings";
import { getMorning, getMorningPage, listMorningRows } from "@/lib/morning/queries";
import { type ChangeKind, MorningRows } from "@/lib/morning/schema";
import { breakPromise, makePromise } from "@/lib/promises/commands";
import { sendRelay } from "@/lib/relays/commands";
import { HandoffTeam } from "../../support/handoffs";
import { offer, offerOf, openShop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";
import { makeRun, tellJourneys, tellLeak } from "../../support/passed";
import { contactWith, say } from "../../support/voices";

const day = 24 * 60;
const tuesday = later(day);

const morningOf = async (team: Team, now: Date = tuesday) => {
  const ctx = await team.as(team.manager, now);
  return team.run(() => getMorning(ctx));
};
const changeIn = (morning: Awaited<ReturnType<typeof morningOf>>, kind: ChangeKind) =>
  morning.changes.find((change) => change.kind === kind);

describe("what changed", () => {
  test("each number has yesterday's, today's and the usual of that weekday, and opens its customers", async () => {
    const team = await Team.make();
    const worker = await team.worker(monday);
    // So many leads on each of the nine Mondays before, the oldest first; the first of all is not among the eight weeks.
    const weeks = [5, 1, 2, 3, 4, 5, 6, 7, 8];
    const began = new Date(monday.getTime() - 63 * 86_400_000);
    const told = weeks.flatMap((count, week) =>
      Array.from({ length: count }, () => ({ events: [{ day: 7 * week, stage: "new_lead", cause: "enter" }] })),
    );
    await tellJourneys(worker, team.osc.memberId, began, told);
    const ada = await team.customer("Ada One");
    await team.customer("Bo Two");
    await team.run(async () => {
      const ctx = await team.as(team.osc, later(60));
      const { customerId } = ada;
      const { id } = await makePromise(ctx, { customerId, text: "Samples by noon", dueAt: later(90) });
      await breakPromise(await team.as(team.osc, later(120)), { id, reason: "Not in stock." });
      await loseJourney(await team.as(team.osc, later(180)), { customerId, lostReason: "price", byCustomer: true });
    });
    await tellJourneys(worker, team.osc.memberId, tuesday, [
      { events: [{ day: 0, stage: "new_lead", cause: "enter" }] },
    ]);
    const morning = await morningOf(team, later(day + 30));
    expect(morning).toMatchObject({ yesterday: "2026-03-02", weeks: 8, isTeam: false });
    expect(changeIn(morning, "new_leads")).toEqual({
      ...{ kind: "new_leads", today: 1, yesterday: 2, usual: 4.5, least: 1, most: 8 },
    });
    expect(changeIn(morning, "lost")).toMatchObject({ yesterday: 1, today: 0, usual: 0, most: 0 });
    expect(changeIn(morning, "promises_broken")).toMatchObject({ yesterday: 1 });
    expect(changeIn(morning, "won")).toMatchObject({ yesterday: 0 });
    const rows = async (kind: ChangeKind, on: "yesterday" | "today" = "yesterday") => {
      const ctx = await team.as(team.manager, later(day + 30));
      return (await team.run(() => listMorningRows(ctx, MorningRows.parse({ kind, day: on })))).rows;
    };
    expect((await rows("new_leads")).map(({ name }) => name).sort()).toEqual(["Ada One", "Bo Two"]);
    expect(await rows("promises_broken")).toMatchObject([{ name: "Ada One", detail: "Samples by noon" }]);
    expect(await rows("new_leads", "today")).toHaveLength(1);
  });

  test("every number is as large as the list behind it", async () => {
    const team = await busyTeam();
    const ctx = await team.as(team.manager, tuesday);
    const { changes } = await team.run(() => getMorning(ctx));
    expect(changes.filter(({ yesterday }) => yesterday > 0).length).toBeGreaterThan(6);
    for (const { kind, yesterday, today } of changes)
      for (const [on, count] of [
        ["yesterday", yesterday],
        ["today", today],
      ] as const) {
        const { total } = await team.run(() => listMorningRows(ctx, { kind, day: on }));
        expect([kind, on, total]).toEqual([kind, on, count]);
      }
  });

  test("in an empty workspace nothing has happened, nothing is usual and nothing waits", async () => {
    const team = await Team.make();
    const morning = await morningOf(team);
    expect(morning).toMatchObject({ weeks: 0, decisions: [], totals: {} });
    for (const change of morning.changes) expect(change).toMatchObject({ today: 0, yesterday: 0, usual: null });
  });
});

/** A team on whose Monday much went wrong: a handoff rejected twice, a stalled relay, a bad contact, a discount beyond the seller. */
async function busyTeam(): Promise<Team> {
  const handoffs = await HandoffTeam.make();
  const { team } = handoffs;
  const { customerId } = await handoffs.customer();
  const id = await handoffs.propose(customerId);
  const no = (at: number) => async () => {
    const ctx = await team.as(team.designer, later(at));
    await rejectHandoff(
      ctx,
      RejectHandoff.parse({ id, reason: "no_capacity", missingItems: ["goals"], note: "Full until May." }),
    );
  };
  await team.run(no(20));
  await team.run(async () => {
    await proposeHandoff(await team.as(handoffs.closer, later(40)), ProposeHandoff.parse({ id }));
  });
  await team.run(no(60));
  const other = await team.customer("Rae Lay");
  const design = await team.spokeId("design");
  const relay = await team.run(async () => {
    const ctx = await team.as(team.osc, later(5));
    const question = "Which window?";
    return sendRelay(ctx, { customerId: other.customerId, toSpokeId: design, question, needBy: later(35) });
  });
  await databaseTransaction(team.workspace.id, (db) =>
    db.relay.updateMany({ where: { workspaceId: team.workspace.id, id: relay.id }, data: { escalation: 4 } }),
  );
  const worker = await team.worker(monday);
  const contact = await contactWith(worker, {
    ...{ customerId: other.customerId, journeyId: other.journeyId, agentId: team.seller.memberId },
    spokeId: await team.spokeId("sales"),
  });
  // Contacts that came from elsewhere belong to no journey.
  await databaseTransaction(team.workspace.id, (db) =>
    db.interaction.updateMany({ where: { workspaceId: team.workspace.id, id: contact }, data: { journeyId: null } }),
  );
  await say(await team.worker(later(30)), contact, { expectation: 4, outcome: 1, comment: "Nobody called." });
  const manager: Context = await team.as(team.manager, later(70), ["manager", "admin"]);
  const shop = await openShop(manager);
  await offer(manager, offerOf(shop, other.customerId, 4_500));
  return team;
}

describe("what needs a decision", () => {
  test("comes in one list, what is late or stuck before what waits, each with what it opens", async () => {
    const team = await busyTeam();
    const nextWeek = later(7 * day);
    const { decisions, totals } = await morningOf(team, nextWeek);
    const kinds = decisions.map(({ kind }) => kind);
    expect([...new Set(kinds)].sort()).toEqual(["approval", "case_late", "handoff_rejected_twice", "relay_stalled"]);
    expect(decisions[0]).toMatchObject({ kind: "relay_stalled", name: "Rae Lay", detail: "Which window?" });
    expect(decisions[1]).toMatchObject({ kind: "handoff_rejected_twice", detail: "Full until May." });
    const sinces = decisions.filter(({ isUrgent }) => isUrgent).map(({ since }) => since ?? "");
    expect(sinces).toEqual(sinces.toSorted());
    expect(totals.relay_stalled).toBe(1);
    const soon = await morningOf(team, later(75));
    expect(soon.decisions.find(({ kind }) => kind === "approval")).toMatchObject({ isUrgent: false });
    expect(soon.decisions.some(({ kind }) => kind === "case_late")).toBe(false);
  });

  test("leaks past their date, leaks without an owner and consultants beyond their capacity are named", async () => {
    const team = await Team.make();
    const worker = await team.worker(new Date());
    await tellLeak(worker, team.osc.memberId);
    await makeRun(worker, "leaks", new Date(Date.now() - 86_400_000));
    await makeRun(worker, "leaks");
    const kindsAt = async (now: Date) => (await morningOf(team, now)).decisions.map(({ kind }) => kind);
    expect(await kindsAt(new Date())).toEqual([]);
    expect(await kindsAt(new Date(Date.now() + 90 * 86_400_000))).toEqual(["leak_late"]);
    const { id: workspaceId } = team.workspace;
    await databaseTransaction(workspaceId, async (db) => {
      await db.member.updateMany({ where: { workspaceId, id: team.osc.memberId }, data: { capacity: 10 } });
      await db.leak.updateMany({ where: { workspaceId }, data: { ownerId: null } });
    });
    const { decisions, changes } = await morningOf(team, new Date());
    expect(decisions.find(({ kind }) => kind === "leak_unowned")).toMatchObject({
      isUrgent: true,
      since: expect.any(String),
    });
    expect(decisions.at(-1)).toMatchObject({ kind: "osc_overloaded", name: "Dana Whitlock", isUrgent: false });
    expect(changes.find(({ kind }) => kind === "leaks_confirmed")?.today).toBeGreaterThan(0);
  });

  test("only who leads may read it", async () => {
    const team = await Team.make();
    const page = await team.run(async () => getMorningPage(await team.as(team.manager, tuesday), null));
    expect(page.behind).toBeNull();
    await expect(
      inWorkspace(team.workspace.id, async () => getMorning(await team.as(team.osc, tuesday))),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});
