import { expect, test } from "vitest";
import { getConsistencyBoard } from "@/lib/consistency/queries";
import { BoardInput } from "@/lib/consistency/schema";
import { getVoiceReport } from "@/lib/consistency/voice";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { editInteraction } from "@/lib/interactions/commands";
import { random } from "@/lib/load/people";
import { listResponses } from "@/lib/responses/queries";
import { withdrawResponse } from "@/lib/responses/withdraw";
import { record, transaction } from "@/lib/transaction";
import { monday, Team } from "../../support/owed";
import { contactWith, countersOf, recountOf, say } from "../../support/voices";

/** A team of all members; its id. */
async function everybodyIn({ workspaceId, db }: Context): Promise<string> {
  const teamId = newId();
  await inWorkspace(workspaceId, async () => {
    await db.$executeRaw`insert into teams (workspace_id, id, name) values (${workspaceId}::uuid, ${teamId}::uuid, 'Everybody')`;
    await db.$executeRaw`update members set team_id = ${teamId}::uuid where workspace_id = ${workspaceId}::uuid`;
  });
  return teamId;
}

const media = ["phone", "email", "chat"];
const routes = ["inside", "territory", null];
const types = ["follow-up", "repair"] as const;

test("counters equal a full recount after random answers, withdrawals, edits, merges, unmerges and deletions", async () => {
  const team = await Team.make();
  const next = random(41);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const customers = await Promise.all(
    Array.from({ length: 6 }, async (_, each) => (await team.customer(`Person ${each}`)).customerId),
  );
  const alive = new Set(customers);
  const rated: string[] = [];
  let withdrawn = 0;
  const merges: { id: string; loser: string }[] = [];
  const at = (step: number) => new Date(monday.getTime() + step * 5 * 3_600_000);

  const rate = async (step: number) => {
    const ctx = await team.worker(at(step));
    const agentId = pick([team.osc.memberId, team.seller.memberId]);
    const startedAt = new Date(ctx.now.getTime() - Math.floor(next() * 16) * 86_400_000);
    const id = await contactWith(ctx, {
      customerId: pick([...alive]),
      medium: pick(media),
      route: pick(routes),
      type: pick(types),
      agentId,
      startedAt,
    });
    const outcome = next() < 0.2 ? 1 + Math.floor(next() * 5) : 5;
    const beside = pick([{}, { csat: pick([3, 5]) }, { ces: pick([2, 6]), nps: pick([4, 9, 10]) }]);
    await say(ctx, id, { outcome, disconfirmation: outcome === 5 ? 1 : Math.floor(next() * 5) - 2, ...beside });
    rated.push(id);
  };
  const steps: ((step: number) => Promise<unknown>)[] = [
    rate,
    rate,
    rate,
    async (step) => {
      const ctx = await team.as(team.manager, at(step));
      const id = pick(rated);
      const row = await team.run(() => ctx.db.interaction.findFirst({ where: { workspaceId: ctx.workspaceId, id } }));
      if (!row?.journeyId) return;
      await team.run(() => editInteraction(ctx, { id, version: row.version, type: pick(types) }));
    },
    async (step) => {
      if (alive.size < 4) return;
      const ctx = await team.as(team.manager, at(step));
      const [survivorId, loserId] = [...alive].sort(() => next() - 0.5);
      const input = MergeCustomers.parse({ survivorId, loserId });
      const { mergeId } = await team.run(() => mergeCustomers(ctx, input));
      alive.delete(loserId ?? "");
      merges.push({ id: mergeId, loser: loserId ?? "" });
    },
    async (step) => {
      const ctx = await team.as(team.manager, at(step));
      const interactionId = pick(rated);
      const said = await team.run(() => listResponses(ctx, { interactionId }).catch(() => []));
      const [given] = said;
      if (!given) return;
      await team.run(() => withdrawResponse(ctx, { id: given.id, reason: "" }));
      withdrawn += 1;
    },
    async (step) => {
      const last = merges.pop();
      if (!last) return;
      const ctx = await team.as(team.manager, at(step));
      await team.run(() => unmergeCustomers(ctx, { mergeId: last.id }));
      alive.add(last.loser);
    },
    async (step) => {
      const ctx = await team.worker(at(step));
      const id = pick(rated);
      const startedAt = new Date(ctx.now.getTime() - Math.floor(next() * 30) * 86_400_000);
      await team.run(() =>
        transaction(ctx, async (ctx) => {
          await ctx.db.interaction.updateMany({ where: { workspaceId: ctx.workspaceId, id }, data: { startedAt } });
          record(ctx, "interaction.edited", { subject: `interaction:${id}` });
        }),
      );
    },
    async (step) => {
      const ctx = await team.worker(at(step));
      const id = pick(rated);
      await team.run(() =>
        transaction(ctx, async (ctx) => {
          await ctx.db.interaction.deleteMany({ where: { workspaceId: ctx.workspaceId, id } });
          record(ctx, "interaction.removed", { subject: `interaction:${id}` });
        }),
      );
      rated.splice(rated.indexOf(id), 1);
    },
  ];
  for (let step = 1; step <= 12; step++) await rate(step);
  for (let step = 13; step <= 120; step++) await pick(steps)(step);

  const ctx = await team.worker(at(130));
  const kept = await countersOf(ctx);
  expect(withdrawn).toBeGreaterThan(3);
  expect(kept.experience_counts?.length).toBeGreaterThan(10);
  expect(kept).toEqual(await recountOf(ctx));

  // What the sums say of a period is what its rows say, read through the manager of a team that everybody is in.
  const teamId = await everybodyIn(ctx);
  const manager = await team.as(team.manager, at(130));
  const seen: number[] = [];
  for (const type of ["", ...types])
    for (const weeks of [1, 2, 3, 4, 6, 0]) {
      const input = BoardInput.parse({ type, weeks });
      const read = (ctx: Context) =>
        team.run(async () => {
          const [board, voice] = await Promise.all([getConsistencyBoard(ctx, input), getVoiceReport(ctx, input)]);
          return { customers: [board.report.customers, board.other.customers], voice };
        });
      const sums = await read(manager);
      expect(sums, `${type} ${weeks}`).toEqual(await read({ ...manager, teamId }));
      seen.push(
        ...sums.customers.map(({ k, n }) => (k === 0 || k === n ? 0 : n)),
        sums.voice.csat.n,
        sums.voice.nps?.n ?? 0,
      );
    }
  expect(seen.filter((n) => n > 1).length).toBeGreaterThan(30);
}, 60_000);

test("answers at the same moment to contacts of one customer are all counted", async () => {
  const team = await Team.make();
  const { customerId } = await team.customer();
  const ctx = await team.worker(monday);
  const ids = await Promise.all(media.map((medium) => contactWith(ctx, { customerId, medium, route: "inside" })));
  await Promise.all(ids.map((id) => say(ctx, id, { outcome: 5 })));
  const kept = await countersOf(ctx);
  expect(kept.experience_customer_weeks).toContain("media  2026-03-02 1 1");
  expect(kept).toEqual(await recountOf(ctx));
});
