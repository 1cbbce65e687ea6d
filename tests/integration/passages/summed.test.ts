import { expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { updateCustomer } from "@/lib/customers/commands";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { newId } from "@/lib/identifiers";
import { insertRows } from "@/lib/insert-rows";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { completeJourney, loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { holdJourney, resumeJourney } from "@/lib/journeys/pauses";
import { random } from "@/lib/load/people";
import { foldPassages } from "@/lib/passages/fold";
import { nothingChanged, transaction } from "@/lib/transaction";
import { withOwner } from "@/scripts/platform/roles";
import { Team } from "../../support/owed";
import { type Happened, tellJourneys } from "../../support/passed";
import { makeCustomer } from "../../support/story";
import { expectSummed, fetchedBy, readFromTransitions, readSummed } from "../../support/summed";

const day = 86_400_000;
const causes = [
  "advance",
  "advance",
  "skip",
  "back",
  "hold",
  "resume",
  "drop",
  "reopen",
  "nurture",
  "merge",
  "complete",
];
const statusOf: Record<string, string> = {
  ...{ hold: "on_hold", drop: "lost", nurture: "nurture", merge: "merged", complete: "completed" },
};
const keys = ["new_lead", "qualified", "appointment"];

/** A workspace in which anything happens at random: by the product's commands, and by histories that nobody could have made by hand. */
async function makeWorld(seed: number) {
  const team = await Team.make();
  const next = random(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const clock = { at: Date.now() - 300 * day };
  const tick = (days = next() * 3) => {
    clock.at = Math.min(clock.at + days * day, Date.now() - 1000);
    return new Date(clock.at);
  };
  const now = () => team.as(team.manager, tick());
  const alive: string[] = [];
  const merges: { id: string; loser: string }[] = [];
  const told: string[] = [];
  const take = async () => {
    const ctx = await team.as(team.osc, tick(1));
    const { customerId } = await makeCustomer(ctx, team.osc);
    alive.push(customerId);
  };
  const tell = async () => {
    const happened = (at: number): Happened => {
      const cause = pick(causes);
      const wins = cause === "advance" && next() < 0.2;
      const late = next() < 0.2 ? { recorded: at + Math.floor(next() * 60) } : {};
      return { day: at, stage: pick(keys), cause, status: wins ? "won" : (statusOf[cause] ?? "active"), ...late };
    };
    const histories = Array.from({ length: 5 }, () => {
      const enter: Happened = { day: next() < 0.1 ? 40 : 0, stage: "new_lead", cause: "enter" };
      const rest = Array.from({ length: Math.floor(next() * 7) }, () => happened(Math.floor(next() * 90 * 8) / 8));
      return { origin: pick(["web", "fair", " ", "phone"]), events: [enter, ...rest.sort((a, b) => a.day - b.day)] };
    });
    const from = new Date(Date.now() - Math.floor(next() * 300 + 10) * day);
    told.push(...(await tellJourneys(await team.worker(new Date()), team.osc.memberId, from, histories)));
  };
  /** Something is written from before, or of what is to come, or taken back: nobody's command, but the rows allow it. */
  const rewrite = (work: (ctx: Context, journeyId: string) => Promise<unknown>) => async () => {
    if (told.length === 0) return;
    const ctx = await team.worker(new Date());
    await team.run(() =>
      transaction(ctx, async (ctx) => {
        nothingChanged(ctx);
        await work(ctx, pick(told));
      }),
    );
  };
  const append = rewrite(async (ctx, journeyId) => {
    const { workspaceId } = ctx;
    const rows = await ctx.db.stageTransition.findMany({ where: { workspaceId, journeyId }, orderBy: { seq: "asc" } });
    const last = rows.at(-1);
    if (!last) return;
    const cause = pick(causes);
    const at = new Date(Date.now() + (next() - 0.95) * 100 * day);
    await insertRows(ctx, "stage_transitions", [
      {
        ...{
          workspaceId,
          id: newId(),
          journeyId,
          seq: last.seq + 1,
          toStageId: pick(rows).toStageId,
          spokeId: last.spokeId,
        },
        ...{ at, recordedAt: new Date(), cause, status: statusOf[cause] ?? "active", actor: "system" },
      },
    ]);
  });
  const takeBack = rewrite((ctx, journeyId) =>
    ctx.db.stageTransition.deleteMany({ where: { workspaceId: ctx.workspaceId, journeyId, seq: pick([1, 2, 3]) } }),
  );
  const remove = rewrite(async (ctx, journeyId) => {
    told.splice(told.indexOf(journeyId), 1);
    await ctx.db.journey.deleteMany({ where: { workspaceId: ctx.workspaceId, id: journeyId } });
  });
  const stages = await team.run(async () => {
    const ctx = await now();
    const where = { workspaceId: ctx.workspaceId, isDefault: true };
    const template = await ctx.db.journeyTemplate.findFirstOrThrow({ where });
    return ctx.db.stage.findMany({ where: { workspaceId: ctx.workspaceId, templateId: template.id } });
  });
  const act = (work: (ctx: Context, customerId: string) => Promise<unknown>) => async (): Promise<void> => {
    if (alive.length === 0) return;
    const ctx = await now();
    await team
      .run(() => work(ctx, pick(alive)))
      .catch((error: unknown) => {
        if (!(error instanceof Error) || !("reason" in error)) throw error;
      });
  };
  const move = act(async (ctx, customerId) =>
    moveJourney(ctx, {
      customerId,
      toStageId: pick(stages).id,
      reason: "as agreed",
      fields: { price_range: "600k", timing: "now" },
    }),
  );
  const changes: (() => Promise<unknown>)[] = [
    ...[take, tell, append, append, takeBack, remove, move, move, move],
    act((ctx, customerId) => holdJourney(ctx, { customerId, until: new Date(ctx.now.getTime() + 9 * day) })),
    act((ctx, customerId) => resumeJourney(ctx, { customerId })),
    act((ctx, customerId) => loseJourney(ctx, { customerId, lostReason: "price", byCustomer: true })),
    act((ctx, customerId) => reopenJourney(ctx, { customerId, reason: "They came back" })),
    act((ctx, customerId) => completeJourney(ctx, { customerId })),
    act((ctx, customerId) =>
      logInteraction(
        ctx,
        LogInteraction.parse({ customerId, medium: "phone", direction: "inbound", isTwoWay: true, summary: "Spoke" }),
      ),
    ),
    act(async (ctx, id) => {
      const { version } = await ctx.db.customer.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, id } });
      await updateCustomer(ctx, { id, version, origin: pick(["web", "fair", "phone"]) });
    }),
    act(async (ctx, survivorId) => {
      const loserId = alive.find((id) => id !== survivorId);
      if (!loserId) return;
      const { mergeId } = await mergeCustomers(
        ctx,
        MergeCustomers.parse({ survivorId, loserId, oscId: team.osc.memberId }),
      );
      alive.splice(alive.indexOf(loserId), 1);
      merges.push({ id: mergeId, loser: loserId });
    }),
    act(async (ctx) => {
      const last = merges.pop();
      if (!last) return;
      await unmergeCustomers(ctx, { mergeId: last.id });
      alive.push(last.loser);
    }),
  ];
  return { team, next, pick, take, tell, change: () => pick(changes)() };
}

test.each([3, 11])(
  "whatever happened, and whenever it was summed, the sums say what every transition says, of any time (seed %i)",
  async (seed) => {
    const { team, next, pick, take, tell, change } = await makeWorld(seed);
    for (let each = 0; each < 4; each++) await take();
    for (let each = 0; each < 6; each++) await tell();
    const known = [new Date()];
    const same = async () => {
      const ctx = await team.worker(new Date());
      for (const asOf of [new Date(), new Date(Date.now() - next() * 200 * day), pick(known)]) {
        const frame = { asOf, knownAt: pick([new Date(), pick(known)]), agentIds: null };
        const horizon = pick([1, 30, 90]);
        expect(await team.run(() => readSummed(ctx, frame, horizon))).toEqual(
          await team.run(() => readFromTransitions(ctx, frame, horizon)),
        );
      }
    };
    await same();
    for (let round = 0; round < 8; round++) {
      for (let each = 0; each < 12; each++) await change();
      if (round === 3) {
        const ctx = await team.worker(new Date());
        const zone = { where: { id: ctx.workspaceId }, data: { timeZone: "Pacific/Auckland" } };
        await team.run(() => ctx.db.workspace.update(zone));
        await same();
      }
      if (round % 2 === 1) {
        // Two at once, while somebody goes on writing.
        const worker = await team.worker(new Date());
        const summing = [foldPassages, foldPassages].map((fold) => team.run(() => fold(worker)));
        for (let each = 0; each < 4; each++) await change();
        await Promise.all(summing);
      }
      known.push(new Date());
      await same();
    }
    await team.run(async () => {
      const ctx = await team.worker(new Date());
      await foldPassages(ctx);
      expect(await foldPassages(ctx)).toBe(0);
      const [row] = await ctx.db.$queryRaw<{ summed: number; there: number; negative: number }[]>`
        select (select count(*) from journey_passages)::int as summed, (select count(distinct journey_id) from stage_transitions)::int as there,
          (select count(*) from stay_counts where n <= 0)::int + (select count(*) from lead_counts where n <= 0)::int as negative`;
      expect(row).toMatchObject({ summed: row?.there, negative: 0 });
    });
  },
  180_000,
);

test("a night reads what happened since the last one and who is still there, however many journeys have ended", async () => {
  const team = await Team.make();
  const enter: Happened = { day: 0, stage: "new_lead", cause: "enter" };
  const on: Happened = { day: 2, stage: "qualified", cause: "advance" };
  const lost: Happened = { day: 5, stage: "qualified", cause: "drop", status: "lost" };
  const won: Happened = { day: 9, stage: "appointment", cause: "complete", status: "completed" };
  const night = async (ended: number) => {
    const ctx = await team.worker(new Date());
    const past = Array.from({ length: ended }, (_, place) => ({ events: [enter, on, place % 2 ? lost : won] }));
    await tellJourneys(ctx, team.osc.memberId, new Date(Date.now() - 200 * day), past);
    await team.run(() => foldPassages(ctx));
    await tellJourneys(ctx, team.osc.memberId, new Date(Date.now() - 3 * day), [{ events: [enter, on] }]);
    await withOwner(process.env.DATABASE_OWNER_URL ?? "", (owner) => owner.query("analyze"));
    const frame = { asOf: new Date(), knownAt: new Date(), agentIds: null };
    const summed = await team.run(() => fetchedBy(ctx, foldPassages));
    const read = await team.run(() => fetchedBy(ctx, (ctx) => readSummed(ctx, frame)));
    return { transitions: summed.transitions + read.transitions, journeys: summed.journeys + read.journeys };
  };
  const first = await night(1_000);
  const second = await night(2_000);
  // The two of whom was written, a few times over; of the three thousand others nothing.
  expect(second.transitions).toBe(first.transitions);
  expect(first.transitions).toBeLessThan(20);
  expect(Math.max(first.journeys, second.journeys)).toBeLessThan(100);
});

test("logging a contact leaves nothing to sum", async () => {
  const team = await Team.make();
  const { customerId } = await team.customer();
  const ctx = await team.as(team.osc);
  await team.run(async () => {
    await foldPassages(ctx);
    const about = { customerId, medium: "phone", direction: "outbound", isTwoWay: true, summary: "Spoke" };
    await logInteraction(ctx, LogInteraction.parse(about));
    expect(await foldPassages(ctx)).toBe(0);
  });
});

test("a lead who ended counts by the origin of whom she was merged into, and by her own once that is taken back", async () => {
  const team = await Team.make();
  const ctx = await team.as(team.manager, new Date());
  const { workspaceId } = ctx;
  const from = new Date(Date.now() - 20 * day);
  const lost: Happened[] = [
    { day: 0, stage: "new_lead", cause: "enter" },
    { day: 5, stage: "new_lead", cause: "drop", status: "lost" },
  ];
  await tellJourneys(await team.worker(from), team.osc.memberId, from, [
    { origin: "web", events: lost },
    { origin: "fair", events: lost },
  ]);
  const origins = () =>
    team.run(async () => {
      await foldPassages(ctx);
      return (
        await ctx.db.$queryRaw<{ origin: string; n: number }[]>`
        select origin, n from stay_counts where workspace_id = ${workspaceId}::uuid order by 1`
      ).map(({ origin, n }) => [origin, n]);
    });
  expect(await origins()).toEqual([
    ["fair", 1],
    ["web", 1],
  ]);
  const [survivor, loser] = await team.run(() =>
    ctx.db.customer.findMany({ where: { workspaceId }, orderBy: { origin: "desc" } }),
  );
  const input = MergeCustomers.parse({ survivorId: survivor?.id, loserId: loser?.id });
  const { mergeId } = await team.run(() => mergeCustomers(ctx, input));
  await expectSummed(ctx);
  expect(await origins()).toEqual([["web", 2]]);
  await team.run(() => unmergeCustomers(ctx, { mergeId }));
  await expectSummed(ctx);
  expect(await origins()).toEqual([
    ["fair", 1],
    ["web", 1],
  ]);
});

test("a team's figures are read from its own journeys alone", async () => {
  const team = await Team.make();
  const ctx = await team.worker(new Date());
  const from = new Date(Date.now() - 20 * day);
  const events: Happened[] = [{ day: 0, stage: "new_lead", cause: "enter" }];
  await tellJourneys(ctx, team.osc.memberId, from, [{ events }, { events }, { events, osc: team.seller.memberId }]);
  const frame = { asOf: new Date(), knownAt: new Date(), agentIds: [team.osc.memberId] };
  await team.run(async () => {
    await foldPassages(ctx);
    const read = await readSummed(ctx, frame);
    expect(read).toMatchObject({ stays: [{ ended: "open", n: 2 }], there: [{}, {}] });
    expect(read).toEqual(await readFromTransitions(ctx, frame));
    expect(await readSummed(ctx, { ...frame, agentIds: [] })).toMatchObject({ stays: [], there: [] });
  });
});
