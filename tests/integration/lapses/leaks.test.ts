import { beforeAll, describe, expect, test } from "vitest";
import { confirmBulk, recoverMany } from "@/lib/bulk/commands";
import { countBulk } from "@/lib/bulk/count";
import { getRunReport } from "@/lib/bulk/queries";
import { runBulk } from "@/lib/bulk/run";
import { moveLeak } from "@/lib/leaks/commands";
import { getLeak, listLeaks } from "@/lib/leaks/queries";
import { type LeakRow, ListLeaks, MoveLeak } from "@/lib/leaks/schema";
import { Team } from "../../support/owed";
import { type Happened, makeRun, tellContacts, tellJourneys } from "../../support/passed";

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);
const enter: Happened = { day: 0, stage: "new_lead", cause: "enter" };
const wentOn: Happened = { day: 1, stage: "qualified", cause: "advance" };

describe("who slips away in one stage more than in the others is a leak", () => {
  let team: Team;
  let silent: string[];

  const found = async (show: ListLeaks["show"] = "standing"): Promise<LeakRow[]> => {
    const manager = await team.as(team.manager, new Date());
    const rows = await team.run(() => listLeaks(manager, ListLeaks.parse({ show })));
    return rows.filter(({ dimension }) => dimension === "stage");
  };
  const talk = async (ids: readonly string[], at: Date) =>
    tellContacts(
      await team.worker(new Date()),
      ids.map((journeyId) => ({ journeyId, at })),
    );

  beforeAll(async () => {
    team = await Team.make();
    const many = (count: number, events: Happened[]) => Array.from({ length: count }, () => ({ events }));
    const ids = await tellJourneys(await team.worker(ago(20)), team.osc.memberId, ago(20), [
      ...many(40, [enter]),
      ...many(40, [enter, wentOn]),
    ]);
    silent = ids.slice(0, 40);
    await talk(ids.slice(40), ago(2));
  });

  test("suspected by one night, confirmed by the next, with an owner, a date, a notice and its customers", async () => {
    const worker = await team.worker(new Date());
    await makeRun(worker, "lapses", ago(1));
    const place = { measure: "silent", template: "home_builder", stage: "new_lead", stageName: "New lead" };
    expect(await found()).toMatchObject([{ ...place, state: "suspected", ownerId: null }]);
    await makeRun(worker, "lapses");
    const [leak] = await found();
    expect(leak).toMatchObject({ ...place, state: "confirmed", ownerName: "Max Manager", isLate: false });
    expect(leak?.finding).toMatchObject({ drops: { k: 40, n: 40 }, reference: { k: 0, n: 40 }, valueMinor: null });
    expect(leak?.dueOn).not.toBeNull();
    expect(await team.told(team.manager)).toContain("leak_confirmed");
    const manager = await team.as(team.manager, new Date());
    const view = await team.run(() => getLeak(manager, { id: leak?.id ?? "" }));
    expect(view).toMatchObject({ customersTotal: 40, mayLead: true, next: null, associated: [] });
    expect(new Set(view.customers.map(({ days }) => days))).toEqual(new Set([20]));
  });

  test("they are put back together; whom somebody spoke with since is left alone", async () => {
    const [leak] = await found();
    await talk(silent.slice(0, 1), new Date());
    const manager = await team.as(team.manager, new Date());
    const { id } = await team.run(() => recoverMany(manager, { id: leak?.id ?? "", reason: "Nobody rang" }));
    await countBulk(manager.workspaceId, id);
    await team.run(() => confirmBulk({ ...manager, now: new Date() }, { id }));
    await runBulk(manager.workspaceId, id);
    const report = await team.run(() => getRunReport({ ...manager, now: new Date() }, { id }));
    expect(report).toMatchObject({ status: "done", total: 40, counts: { changed: 39, unchanged: 1 } });
  });

  test("closes itself once so many fewer are silent that chance alone does not explain it", async () => {
    const [leak] = await found();
    const manager = await team.as(team.manager, new Date());
    const begin = MoveLeak.parse({ id: leak?.id, version: leak?.version, state: "being_fixed" });
    await team.run(() => moveLeak(manager, begin));
    const worker = await team.worker(new Date());
    await makeRun(worker, "lapses");
    const view = await team.run(() => getLeak({ ...manager, now: new Date() }, { id: leak?.id ?? "" }));
    expect(view).toMatchObject({ state: "being_fixed", next: { dropped: { k: 39, n: 40 } } });
    await talk(silent.slice(0, 38), new Date());
    await makeRun(worker, "lapses");
    expect(await found()).toEqual([]);
    // What it was found by stays: that is what today was held against.
    expect(await found("ended")).toMatchObject([{ state: "closed", finding: { drops: { k: 40, n: 40 } } }]);
    const closed = await team.run(() => getLeak({ ...manager, now: new Date() }, { id: leak?.id ?? "" }));
    expect(closed.next).toMatchObject({ dropped: { k: 2, n: 40 } });
  });
});
