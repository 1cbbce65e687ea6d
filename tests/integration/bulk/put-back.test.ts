import { describe, expect, test } from "vitest";
import { cancelBulk, confirmBulk, recoverMany, undoBulk } from "@/lib/bulk/commands";
import { countBulk } from "@/lib/bulk/count";
import { getRunReport } from "@/lib/bulk/queries";
import { runBulk } from "@/lib/bulk/run";
import type { BulkReport } from "@/lib/bulk/schema";
import { runBulkUndo } from "@/lib/bulk/undo";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { reopenJourney } from "@/lib/journeys/endings";
import { setRecovery } from "@/lib/recovery-cases/commands";
import { getRecoverySettings } from "@/lib/recovery-cases/queries";
import { createTask } from "@/lib/tasks/commands";
import { CreateTask } from "@/lib/tasks/schema";
import { differences, dumpWorkspace } from "../../support/dump";
import { Team } from "../../support/owed";
import { makeRun, tellLeak } from "../../support/passed";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const day = 86_400_000;

/** A confirmed leak of thirty who came by the fair, and who leads it. */
async function leaking(): Promise<{ team: Team; manager: Context; leakId: string }> {
  const team = await Team.make();
  const worker = await team.worker(new Date());
  await tellLeak(worker, team.osc.memberId);
  await makeRun(worker, "leaks", new Date(Date.now() - day));
  await makeRun(worker, "leaks");
  const leak = await team.run(() => worker.db.leak.findFirstOrThrow({ where: { workspaceId: worker.workspaceId } }));
  return { team, manager: await team.as(team.manager, new Date()), leakId: leak.id };
}

const reportOf = (ctx: Context, id: string) => within(ctx, () => getRunReport({ ...ctx, now: new Date() }, { id }));

async function counted(ctx: Context, leakId: string): Promise<BulkReport> {
  const { id } = await within(ctx, () => recoverMany(ctx, { id: leakId, reason: "Called too late at the fair" }));
  await countBulk(ctx.workspaceId, id);
  return reportOf(ctx, id);
}

async function run(ctx: Context, id: string): Promise<BulkReport> {
  await within(ctx, () => confirmBulk({ ...ctx, now: new Date() }, { id }));
  await runBulk(ctx.workspaceId, id);
  return reportOf(ctx, id);
}

async function undo(ctx: Context, id: string): Promise<BulkReport> {
  await within(ctx, () => undoBulk({ ...ctx, now: new Date() }, { id }));
  await runBulkUndo(ctx.workspaceId, id);
  return reportOf(ctx, id);
}

const dump = async (workspaceId: string) => {
  const all = await dumpWorkspace(workspaceId, {
    except: ["bulk_runs", "bulk_rows", "notifications", "journey_counts"],
  });
  return Object.fromEntries(
    Object.entries(all).map(([table, rows]) => [table, rows.map((row) => row.replace(/"version": \d+/, ""))]),
  );
};

/** Who came by the fair and is lost, or is being put back on track. */
const fair = (ctx: Context, which: "lost" | "played") =>
  databaseTransaction(
    ctx.workspaceId,
    (db) =>
      db.$queryRaw<{ id: string; customer_id: string }[]>`
      select j.id, j.customer_id from journeys j join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
      where j.workspace_id = ${ctx.workspaceId}::uuid and c.origin = 'fair'
        and case when ${which} = 'lost' then j.status = 'lost' else j.off_track_since is not null end order by j.id`,
  );

describe("putting everybody behind a leak back on track", () => {
  test("counts first and changes nobody, then begins one play each, and tells each OSC once", async () => {
    const { team, manager, leakId } = await leaking();
    // A share of light cases is left without a play for comparison; who is put back by hand is never in it.
    const { version } = await team.run(() => getRecoverySettings(manager));
    const settings = { repeatThreshold: 3, repeatDays: 90, holdoutPercent: 20 };
    await team.run(() => setRecovery(manager, { ...settings, version }));
    const dry = await counted(manager, leakId);
    expect(dry).toMatchObject({ kind: "recover", leakId, status: "ready", total: 30, counts: { waiting: 30 } });
    expect(await fair(manager, "lost")).toHaveLength(30);

    const done = await run(manager, dry.id);
    expect(done).toMatchObject({ status: "done", counts: { changed: 30, waiting: 0 } });
    expect(await fair(manager, "lost")).toHaveLength(0);
    const [one] = await fair(manager, "played");
    const worker = await team.worker(new Date());
    const { events, steps, told } = await team.run(async () => {
      const { workspaceId } = worker;
      return {
        events: await worker.db.offTrackEvent.findMany({ where: { workspaceId } }),
        steps: await worker.db.recoveryStep.findMany({ where: { workspaceId, customerId: one?.customer_id ?? "" } }),
        told: await worker.db.notification.findMany({ where: { workspaceId, memberId: team.osc.memberId } }),
      };
    });
    expect(events).toHaveLength(30);
    expect(events[0]).toMatchObject({ trigger: "T4", evidence: { leakId } });
    expect(events.every(({ state, arm }) => state === "playing" && arm === null)).toBe(true);
    expect(steps.map(({ name }) => name)).toEqual(["continuity_call", "agree_next_step"]);
    expect(told.map(({ kind }) => kind)).toEqual(["off_track_many"]);
    expect(await team.happened(one?.customer_id ?? "")).toContain("journey.put_back");
  });

  test("undo leaves every table as it was before", async () => {
    const { manager, leakId } = await leaking();
    const before = await dump(manager.workspaceId);
    const done = await run(manager, (await counted(manager, leakId)).id);
    expect(differences(before, await dump(manager.workspaceId))).not.toEqual({});
    expect(await undo(manager, done.id)).toMatchObject({ status: "undone", counts: { restored: 30, kept: 0 } });
    expect(differences(before, await dump(manager.workspaceId))).toEqual({});
  });

  test("undo keeps whom somebody worked on since and names them: a contact, and a task alone", async () => {
    const { team, manager, leakId } = await leaking();
    const done = await run(manager, (await counted(manager, leakId)).id);
    const [spoken, given] = (await fair(manager, "played")).slice(-2);
    const osc = await team.as(team.osc, new Date());
    const [customerId = "", other = ""] = [spoken?.customer_id, given?.customer_id];
    const call = { customerId, journeyId: spoken?.id, medium: "phone", type: "follow-up", direction: "outbound" };
    await team.run(() =>
      logInteraction(osc, LogInteraction.parse({ ...call, isTwoWay: true, outcome: "reached", next: "none" })),
    );
    await team.run(() =>
      createTask(osc, CreateTask.parse({ customerId: other, journeyId: given?.id, title: "Send the plan" })),
    );
    const undone = await undo(manager, done.id);
    expect(undone).toMatchObject({ counts: { restored: 28, kept: 2 } });
    expect(undone.kept.map(({ customerId, reason }) => `${customerId} ${reason}`).sort()).toEqual(
      [`${customerId} worked_on_since`, `${other} worked_on_since`].sort(),
    );
    expect(await fair(manager, "lost")).toHaveLength(28);
  });

  test("leaves alone who said no, who ended otherwise, and who asked for a pause meanwhile", async () => {
    const { team, manager, leakId } = await leaking();
    const [first, second, third] = await fair(manager, "lost");
    const worker = await team.worker(new Date());
    const { workspaceId } = worker;
    await team.run(async () => {
      await worker.db.journey.updateMany({
        where: { workspaceId, id: first?.id ?? "" },
        data: { lostByCustomer: true },
      });
      await worker.db.journey.updateMany({
        where: { workspaceId, id: second?.id ?? "" },
        data: { lostReason: "do not contact" },
      });
      await worker.db.journey.updateMany({
        where: { workspaceId, id: third?.id ?? "" },
        data: { status: "completed", lostReason: null },
      });
    });
    const dry = await counted(manager, leakId);
    expect(dry).toMatchObject({ total: 30, counts: { waiting: 27, refused: 2, unchanged: 1 } });
    expect(dry.refused.map(({ reason }) => reason)).toEqual(["said_no", "said_no"]);

    // Between counting and running one of them is taken up by hand, and one asks for a pause.
    const [, , taken, paused] = (await fair(manager, "lost")).reverse();
    const osc = await team.as(team.osc, new Date());
    await team.run(() =>
      reopenJourney(osc, { customerId: taken?.customer_id ?? "", journeyId: taken?.id ?? "", reason: "She called" }),
    );
    await team.run(() =>
      worker.db.journey.updateMany({ where: { workspaceId, id: paused?.id ?? "" }, data: { status: "on_hold" } }),
    );
    const done = await run(manager, dry.id);
    expect(done.counts).toMatchObject({ changed: 26, refused: 3, unchanged: 1 });
    expect(done.refused.map(({ reason }) => reason).sort()).toEqual(["on_hold", "said_no", "said_no"]);
  });

  test("is a manager's; a second play, an ended leak, another workspace's leak and a second confirmation are refused", async () => {
    const { team, manager, leakId } = await leaking();
    const osc = await team.as(team.osc, new Date());
    const wish = { id: leakId, reason: "r" };
    await expect(within(osc, () => recoverMany(osc, wish))).rejects.toMatchObject({ code: "forbidden" });
    const elsewhere = await Team.make();
    const other = await elsewhere.as(elsewhere.manager, new Date());
    await expect(within(other, () => recoverMany(other, wish))).rejects.toMatchObject({ code: "not_found" });

    const first = await counted(manager, leakId);
    await run(manager, first.id);
    await expect(within(manager, () => confirmBulk(manager, { id: first.id }))).rejects.toMatchObject({
      reason: "not_counted",
    });
    const again = await counted(manager, leakId);
    expect(again.counts).toMatchObject({ waiting: 0, unchanged: 30 });
    await within(manager, () => cancelBulk(manager, { id: again.id }));
    const worker = await team.worker(new Date());
    await team.run(() =>
      worker.db.leak.updateMany({
        where: { workspaceId: worker.workspaceId, id: leakId },
        data: { state: "rejected", endedAt: new Date() },
      }),
    );
    await expect(within(manager, () => recoverMany(manager, wish))).rejects.toMatchObject({ reason: "leak_ended" });
  });

  test("a worker that dies half-way goes on without beginning a play twice", async () => {
    const { team, manager, leakId } = await leaking();
    const { id } = await counted(manager, leakId);
    await within(manager, () => confirmBulk({ ...manager, now: new Date() }, { id }));
    await Promise.all([runBulk(manager.workspaceId, id), runBulk(manager.workspaceId, id)]);
    expect(await reportOf(manager, id)).toMatchObject({ status: "done", counts: { changed: 30 } });
    const worker = await team.worker(new Date());
    const where = { workspaceId: worker.workspaceId };
    expect(await team.run(() => worker.db.offTrackEvent.count({ where }))).toBe(30);
  });
});
