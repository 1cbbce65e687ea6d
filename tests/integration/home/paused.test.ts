import { beforeAll, describe, expect, test } from "vitest";
import { getQueue } from "@/lib/home/queries";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { holdJourney } from "@/lib/journeys/pauses";
import { makePromise } from "@/lib/promises/commands";
import { MakePromise } from "@/lib/promises/schema";
import { promiseTasks } from "@/lib/promises/tasks";
import { later, Team } from "../../support/owed";

let team: Team;

beforeAll(async () => {
  team = await Team.make();
});

async function paused(name: string) {
  const customer = await team.customer(name);
  const ctx = await team.as(team.osc, later(1));
  await team.run(() => holdJourney(ctx, { customerId: customer.customerId, until: later(60 * 24 * 30) }));
  return customer;
}

async function homeOf(customerId: string, minutes: number) {
  const ctx = await team.as(team.osc, later(minutes));
  const queue = await team.run(() => getQueue(ctx));
  return { queue, item: queue.items.find((item) => item.customerId === customerId) };
}

describe("a paused customer on Home", () => {
  test("is left in peace while nothing is owed, and counted as on hold", async () => {
    const { customerId } = await paused("Quiet Quinn");
    const { queue, item } = await homeOf(customerId, 600);
    expect(item).toBeUndefined();
    expect(queue.onHold).toBeGreaterThan(0);
  });

  test("stands among the unanswered when she asks something", async () => {
    const { customerId } = await paused("Asking Ada");
    const asked = { customerId, medium: "email", direction: "inbound", summary: "May we start a month earlier?" };
    const ctx = await team.as(team.osc, later(10));
    await team.run(() => logInteraction(ctx, LogInteraction.parse(asked)));
    expect((await homeOf(customerId, 11)).item).toMatchObject({ group: "unanswered" });
  });

  test("stands off the wheel when a promise to her is overdue", async () => {
    const { customerId, journeyId } = await paused("Promised Pia");
    const ctx = await team.as(team.osc, later(10));
    const made = MakePromise.parse({ customerId, text: "The HOA rules", dueAt: later(120).toISOString() });
    const { id: promiseId } = await team.run(() => makePromise(ctx, made));
    const worker = await team.worker(later(121));
    await team.run(() => promiseTasks["promise.overdue"]?.(worker, { promiseId, journeyId }) ?? Promise.resolve());
    const { queue, item } = await homeOf(customerId, 130);
    expect(item).toMatchObject({ group: "off_track", isLate: true });
    expect(item?.clock?.dueAt).toBe(later(120).toISOString());
    expect(queue.onTrack).toBe(0);
  });
});
