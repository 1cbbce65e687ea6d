import { expect, test } from "vitest";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { editInteraction } from "@/lib/interactions/commands";
import { random } from "@/lib/load/people";
import { listResponses } from "@/lib/responses/queries";
import { withdrawResponse } from "@/lib/responses/withdraw";
import { record, transaction } from "@/lib/transaction";
import { monday, Team } from "../../support/owed";
import { contactWith, countersOf, recountOf, say } from "../../support/voices";

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
    const agentId = pick([team.osc.memberId, team.seller.memberId, null]);
    const id = await contactWith(ctx, {
      customerId: pick([...alive]),
      medium: pick(media),
      route: pick(routes),
      type: pick(types),
      agentId,
    });
    await say(ctx, id, { outcome: 1 + Math.floor(next() * 5), disconfirmation: Math.floor(next() * 5) - 2 });
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
  for (let step = 13; step <= 100; step++) await pick(steps)(step);

  const ctx = await team.worker(at(110));
  const kept = await countersOf(ctx);
  expect(withdrawn).toBeGreaterThan(3);
  expect(kept.experience_counts?.length).toBeGreaterThan(10);
  expect(kept.experience_customer_counts?.length).toBeGreaterThan(1);
  expect(kept).toEqual(await recountOf(ctx));
}, 60_000);

test("answers at the same moment to contacts of one customer are all counted", async () => {
  const team = await Team.make();
  const { customerId } = await team.customer();
  const ctx = await team.worker(monday);
  const ids = await Promise.all(media.map((medium) => contactWith(ctx, { customerId, medium, route: "inside" })));
  await Promise.all(ids.map((id) => say(ctx, id, { outcome: 5 })));
  const kept = await countersOf(ctx);
  expect(kept.experience_customer_counts).toContain("media  1 1");
  expect(kept).toEqual(await recountOf(ctx));
});
