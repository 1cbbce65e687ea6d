import { beforeAll, describe, expect, test } from "vitest";
import { editLeak, moveLeak } from "@/lib/leaks/commands";
import { getLeak, listLeaks } from "@/lib/leaks/queries";
import { type LeakRow, ListLeaks, MoveLeak } from "@/lib/leaks/schema";
import { requestNightlyRuns } from "@/lib/runs/tasks";
import { Team } from "../../support/owed";
import { makeRun, tellJourneys, tellLeak } from "../../support/passed";

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);

async function standing(team: Team, show: ListLeaks["show"] = "standing"): Promise<LeakRow[]> {
  const ctx = await team.as(team.manager, new Date());
  return team.run(() => listLeaks(ctx, ListLeaks.parse({ show })));
}

async function types(team: Team): Promise<string[]> {
  const ctx = await team.worker(new Date());
  const events = await team.run(() =>
    ctx.db.event.findMany({
      where: { workspaceId: ctx.workspaceId, type: { startsWith: "leak." } },
      orderBy: { seq: "asc" },
    }),
  );
  return events.map(({ type }) => type);
}

describe("a leak from the first suspicion on", () => {
  let team: Team;
  const move = async (input: object) => {
    const ctx = await team.as(team.manager, new Date());
    return team.run(() => moveLeak(ctx, MoveLeak.parse(input)));
  };
  beforeAll(async () => {
    team = await Team.make();
    await tellLeak(await team.worker(new Date()), team.osc.memberId);
  });

  test("is suspected by one run, confirmed by the next night's, and then has an owner, a date and a notice", async () => {
    const worker = await team.worker(new Date());
    await makeRun(worker, "leaks", ago(1));
    expect(await standing(team)).toMatchObject([
      { stage: "new_lead", value: "fair", state: "suspected", ownerId: null },
    ]);
    await makeRun(worker, "leaks");
    const [leak] = await standing(team);
    expect(leak).toMatchObject({ state: "confirmed", ownerName: "Max Manager", isLate: false });
    expect(leak?.dueOn).not.toBeNull();
    expect(await team.told(team.manager)).toContain("leak_confirmed");
    // An older question asked later, and the same one again, change nothing.
    await makeRun(worker, "leaks", ago(20));
    await makeRun(worker, "leaks");
    expect(await types(team)).toEqual(["leak.suspected", "leak.confirmed"]);
  });

  test("shows the customers behind it to who may see them, and is closed to others", async () => {
    const [leak] = await standing(team);
    const id = leak?.id ?? "";
    const manager = await team.as(team.manager, new Date());
    const view = await team.run(() => getLeak(manager, { id }));
    expect(view).toMatchObject({ customersTotal: 30, mayLead: true });
    expect(view.customers.every(({ name }) => name !== null)).toBe(true);
    const seller = await team.as(team.seller, new Date());
    await expect(team.run(() => getLeak(seller, { id }))).rejects.toMatchObject({ code: "forbidden" });
    await expect(team.run(() => listLeaks(seller, ListLeaks.parse({})))).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      team.run(() => moveLeak(seller, MoveLeak.parse({ id, version: leak?.version, state: "being_fixed" }))),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("goes to another owner, who sees it and begins to mend it; an older version is a conflict", async () => {
    const [leak] = await standing(team);
    const { id = "", version = 0 } = leak ?? {};
    const manager = await team.as(team.manager, new Date());
    const ownerId = team.seller.memberId;
    await team.run(() => editLeak(manager, { id, version, ownerId, action: "Call the same day", dueOn: "2030-01-01" }));
    await expect(move({ id, version, state: "being_fixed" })).rejects.toMatchObject({ code: "conflict" });
    const seller = await team.as(team.seller, new Date());
    expect((await team.run(() => getLeak(seller, { id }))).customers.every(({ name }) => name === null)).toBe(true);
    const rejected = MoveLeak.parse({ id, version: version + 1, state: "rejected", note: "No" });
    await expect(team.run(() => moveLeak(seller, rejected))).rejects.toMatchObject({ code: "forbidden" });
    await team.run(() => moveLeak(seller, MoveLeak.parse({ id, version: version + 1, state: "being_fixed" })));
    expect(await standing(team)).toMatchObject([
      { state: "being_fixed", ownerName: "Marcus Bell", action: "Call the same day" },
    ]);
  });

  test("closes itself when the next cohort proves that it held", async () => {
    const worker = await team.worker(new Date());
    const where = { workspaceId: worker.workspaceId, state: "being_fixed" };
    await team.run(() => worker.db.leak.updateMany({ where, data: { fixingSince: ago(60) } }));
    const [leak] = await standing(team);
    const better = Array.from({ length: 40 }, () => ({
      origin: "fair",
      events: [
        { day: 0, stage: "new_lead", cause: "enter" },
        { day: 2, stage: "qualified", cause: "advance" },
      ],
    }));
    await tellJourneys(worker, team.osc.memberId, ago(50), better);
    const manager = await team.as(team.manager, new Date());
    const view = await team.run(() => getLeak(manager, { id: leak?.id ?? "" }));
    expect(view.next).toMatchObject({ dropped: { k: 0, n: 40 } });
    await makeRun(worker, "leaks");
    expect(await standing(team)).toEqual([]);
    expect(await standing(team, "ended")).toMatchObject([{ state: "closed" }]);
    expect((await types(team)).at(-1)).toBe("leak.closed");
    await expect(
      move({ id: leak?.id, version: (leak?.version ?? 0) + 1, state: "rejected", note: "Late" }),
    ).rejects.toBeDefined();
  });
});

test("a suspicion that the next night does not find again is let go, with its reason", async () => {
  const team = await Team.make();
  const worker = await team.worker(new Date());
  await tellLeak(worker, team.osc.memberId, 380);
  await makeRun(worker, "leaks", ago(25));
  expect(await standing(team)).toMatchObject([{ state: "suspected" }]);
  await makeRun(worker, "leaks");
  expect(await standing(team, "ended")).toMatchObject([{ state: "rejected", note: "not_found_again" }]);
});

test("the night asks for leaks, time in stage, origins and the programme in every workspace", async () => {
  const team = await Team.make();
  await requestNightlyRuns(new Date());
  const worker = await team.worker(new Date());
  const runs = await team.run(() => worker.db.analyticsRun.findMany({ where: { workspaceId: worker.workspaceId } }));
  expect(runs.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["leaks", "origins", "osc-programme", "survival"]),
  );
});
