import { beforeAll, describe, expect, test } from "vitest";
import { loadJourney } from "@/lib/journeys/loaded";
import { openOffTrack } from "@/lib/journeys/off-track";
import type { Trigger } from "@/lib/journeys/vocabulary";
import { setRecovery } from "@/lib/recovery-cases/commands";
import { getRecoverySettings } from "@/lib/recovery-cases/queries";
import { latestRecovery } from "@/lib/recovery-effect/queries";
import { armOf } from "@/lib/recovery-effect/rules";
import { readRun } from "@/lib/runs/queries";
import { transaction } from "@/lib/transaction";
import { Team } from "../../support/owed";
import { makeRun, tellJourneys } from "../../support/passed";
import { contactWith } from "../../support/voices";

const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);
const settings = { repeatThreshold: 3, repeatDays: 90 };
const light: Parameters<typeof armOf>[3] = {
  ...{ severity: "normal", isOtherHigh: false, hasOpenCase: false, isProtected: false },
};

async function share(team: Team, holdoutPercent: number, at = new Date()) {
  const ctx = await team.as(team.manager, at);
  const { version } = await team.run(() => getRecoverySettings(ctx));
  return team.run(() => setRecovery(ctx, { ...settings, holdoutPercent, version }));
}

/** Opens an event as the clocks do. */
async function derail(team: Team, customerId: string, trigger: Trigger) {
  const ctx = await team.worker(new Date());
  return team.run(async () => {
    await transaction(ctx, async (ctx) => openOffTrack(ctx, await loadJourney(ctx, { customerId }), trigger, {}));
    const where = { workspaceId: ctx.workspaceId, customerId, trigger };
    const event = await ctx.db.offTrackEvent.findFirstOrThrow({ where });
    const steps = await ctx.db.recoveryStep.count({ where: { workspaceId: ctx.workspaceId, eventId: event.id } });
    return { arm: event.arm, state: event.state, steps };
  });
}

/** A customer whom the hash leaves without a play at twenty percent. */
async function chosen(team: Team): Promise<string> {
  for (;;) {
    const { customerId } = await team.customer();
    if (armOf(team.workspace.id, customerId, 20, light) === "holdout") return customerId;
  }
}

describe("leaving some without a play", () => {
  let team: Team;
  beforeAll(async () => {
    team = await Team.make();
  });

  test("happens to nobody before a manager set a share", async () => {
    expect(await derail(team, await chosen(team), "T4")).toMatchObject({ arm: null, state: "playing", steps: 2 });
  });

  test("is a manager's to set, bounded, audited, and refused on an older version", async () => {
    await share(team, 20);
    const boss = await team.as(team.manager, new Date());
    expect(await team.run(() => getRecoverySettings(boss))).toMatchObject({ holdoutPercent: 20, version: 1 });
    const osc = await team.as(team.osc, new Date());
    const input = { ...settings, holdoutPercent: 5, version: 1 };
    await expect(team.run(() => setRecovery(osc, input))).rejects.toMatchObject({ code: "forbidden" });
    await expect(team.run(() => setRecovery(boss, { ...input, version: 7 }))).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      team.run(
        () =>
          boss.db
            .$executeRaw`update recovery_settings set holdout_percent = 50 where workspace_id = ${boss.workspaceId}::uuid`,
      ),
    ).rejects.toThrow();
    const where = { workspaceId: boss.workspaceId, action: "recovery.set" };
    const audit = await team.run(() => boss.db.auditEntry.findMany({ where }));
    expect(audit.map(({ detail }) => detail)).toMatchObject([{ holdoutPercent: 20, holdoutBefore: 0 }]);
    expect(audit).toHaveLength(1);
  });

  test("a threshold that is set beside it leaves the share as it is", async () => {
    const boss = await team.as(team.manager, new Date());
    await team.run(() => setRecovery(boss, { ...settings, repeatDays: 60, version: 1 }));
    expect(await team.run(() => getRecoverySettings(boss))).toMatchObject({ holdoutPercent: 20, repeatDays: 60 });
  });

  test("a light case of a chosen customer gets neither play nor notice, and others get theirs", async () => {
    const customerId = await chosen(team);
    const before = await team.told(team.osc);
    expect(await derail(team, customerId, "T4")).toEqual({ arm: "holdout", state: "open", steps: 0 });
    expect(await team.told(team.osc)).toEqual(before);
    expect(await team.offTrack(customerId)).toEqual(["T4"]);
    let other = "";
    while (other === "" || armOf(team.workspace.id, other, 20, light) === "holdout")
      other = (await team.customer()).customerId;
    expect(await derail(team, other, "T4")).toEqual({ arm: "play", state: "playing", steps: 2 });
  });

  test("what is grave is played for everybody, and a light case beside it too", async () => {
    const customerId = await chosen(team);
    expect(await derail(team, customerId, "T9")).toMatchObject({ arm: null, state: "playing", steps: 3 });
    expect(await derail(team, customerId, "T4")).toMatchObject({ arm: null, state: "playing", steps: 2 });
  });

  test.each(["complaint", "repair", "billing"] as const)(
    "who spoke with us about a %s is never held out",
    async (type) => {
      const customerId = await chosen(team);
      const worker = await team.worker(ago(60));
      await contactWith(worker, { customerId, type });
      expect(await derail(team, customerId, "T4")).toMatchObject({ arm: null, state: "playing", steps: 2 });
    },
  );
});

type Told = { arm: "play" | "holdout"; n: number; back: number; dropped?: number };

/** Off-track events of that many customers, of whom some did the next step, and of these some dropped in the same time. */
async function tell(team: Team, { arm, n, back, dropped = 0 }: Told): Promise<void> {
  const worker = await team.worker(new Date());
  const w = worker.workspaceId;
  const stories = Array.from({ length: n }, (_, place) => ({
    origin: arm,
    events: [
      { day: 0, stage: "new_lead", cause: "enter" },
      ...(place < dropped ? [{ day: 15, stage: "new_lead", cause: "drop", status: "lost" }] : []),
    ],
  }));
  await tellJourneys(worker, team.osc.memberId, ago(60), stories);
  await team.run(async () => {
    await worker.db.$executeRaw`
      insert into off_track_events (workspace_id, id, journey_id, customer_id, trigger, opened_at, severity, state, arm)
      select j.workspace_id, gen_random_uuid(), j.id, j.customer_id, 'T4', ${ago(50)}, 'normal', 'lost', ${arm}
      from journeys j where j.workspace_id = ${w}::uuid and not exists (select from off_track_events e where e.workspace_id = j.workspace_id and e.journey_id = j.id)`;
    const rows = await worker.db.$queryRaw<{ id: string; customerId: string }[]>`
      select j.id, j.customer_id as "customerId" from journeys j join off_track_events e on e.workspace_id = j.workspace_id and e.journey_id = j.id
      where j.workspace_id = ${w}::uuid and e.arm = ${arm} order by j.status = 'lost' desc, j.id limit ${back + dropped}`;
    for (const { id, customerId } of rows) {
      const interactionId = await contactWith(await team.worker(ago(40)), { customerId, journeyId: id });
      await worker.db.$executeRaw`
        insert into touchpoints (workspace_id, id, journey_id, customer_id, name, type, spoke_id, stage_id, state, started_at, closed_at, interaction_id)
        select workspace_id, gen_random_uuid(), id, customer_id, 'Call', 'call', accountable_spoke_id, stage_id, 'completed', ${ago(55)}, ${ago(40)},
          ${interactionId}::uuid from journeys where workspace_id = ${w}::uuid and id = ${id}::uuid`;
    }
  });
}

describe("what is found", () => {
  let team: Team;
  beforeAll(async () => {
    team = await Team.make();
    await share(team, 20, ago(90));
    await tell(team, { arm: "play", n: 80, back: 28, dropped: 3 });
    await tell(team, { arm: "holdout", n: 80, back: 14 });
  });

  test("28 of 80 against 14 of 80, who dropped in the same time not counted as back, byte for byte again", async () => {
    const worker = await team.worker(new Date());
    const first = await makeRun(worker, "recovery-effect");
    const boss = await team.as(team.manager, new Date());
    const found = await team.run(() => latestRecovery(boss));
    expect(found?.result.comparison).toMatchObject({
      ...{ play: { k: 28, n: 80 }, holdout: { k: 14, n: 80 }, verdict: "helps", percent: 20 },
    });
    expect(found?.result.comparison.effect?.numberNeeded).toBeCloseTo(5.7143, 4);
    expect(found?.result.byTrigger).toMatchObject([{ trigger: "T4", recovered: { k: 28, n: 80 } }]);
    const again = await makeRun(worker, "recovery-effect", new Date(found?.run.asOf ?? ""));
    const [one, two] = await Promise.all([first, again].map((id) => team.run(() => readRun(boss, { id }))));
    expect(JSON.stringify(two?.result)).toBe(JSON.stringify(one?.result));
  });

  test("as of a time before the horizon was over nothing is judged", async () => {
    const id = await makeRun(await team.worker(new Date()), "recovery-effect", ago(45));
    const boss = await team.as(team.manager, new Date());
    expect((await team.run(() => readRun(boss, { id }))).result).toMatchObject({
      immature: 160,
      byTrigger: [],
      comparison: { verdict: "no_holdout" },
    });
  });

  test("another share begins another comparison, and 0 keeps what was found", async () => {
    await share(team, 0);
    const boss = await team.as(team.manager, new Date());
    const worker = await team.worker(new Date());
    await makeRun(worker, "recovery-effect");
    const ended = (await team.run(() => latestRecovery(boss)))?.result.comparison;
    expect(ended).toMatchObject({ percent: 0, play: { n: 80 }, holdout: { n: 80 } });
    await share(team, 10);
    await makeRun(worker, "recovery-effect");
    const begun = (await team.run(() => latestRecovery(boss)))?.result.comparison;
    expect(begun).toMatchObject({ percent: 10, play: { n: 0 }, holdout: { n: 0 }, verdict: "no_holdout" });
  });
});
