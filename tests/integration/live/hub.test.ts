import { afterAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { asUser, database, inWorkspace } from "@/lib/db";
import { type EventView, latestEvent } from "@/lib/events/queries";
import { newId } from "@/lib/identifiers";
import type { Pass } from "@/lib/live/access";
import { closeLive, subscribe } from "@/lib/live/hub";
import { record, transaction } from "@/lib/transaction";
import { createWorkspace } from "@/lib/workspaces/setup";

type Reader = { ctx: Context; userId: string; pass: Pass };

async function makeWorkspace(): Promise<Context> {
  const { workspaceId } = await createWorkspace({
    slug: `live-${newId().slice(-12)}`,
    name: "Live",
    owner: { email: "owner@example.com", name: "Ona Owner" },
  });
  return systemContext(workspaceId);
}

/** A member with a session of her own. */
async function makeReader(ctx: Context, role: "osc" | "design"): Promise<Reader> {
  const [userId, sessionId, memberId] = [newId(), newId(), newId()];
  await asUser(userId, async (db) => {
    await db.user.create({ data: { id: userId, email: `${userId}@example.com`, name: "Rea Reader" } });
    await db.session.create({ data: { id: sessionId, userId } });
  });
  await inWorkspace(ctx.workspaceId, () =>
    database().member.create({
      data: { workspaceId: ctx.workspaceId, id: memberId, userId, name: "Rea Reader", roles: [role] },
    }),
  );
  return { ctx: { ...ctx, memberId, roles: [role] }, userId, pass: { kind: "session", id: sessionId } };
}

function follow({ ctx, pass }: Reader, last: number) {
  const got: EventView[] = [];
  let isEnded = false;
  const stop = subscribe({
    ctx,
    pass,
    last,
    deliver: (events) => void got.push(...events),
    end: () => {
      isEnded = true;
    },
  });
  return { got, stop, isEnded: () => isEnded };
}

const happen = (ctx: Context, count: number) =>
  inWorkspace(ctx.workspaceId, () =>
    transaction(ctx, async (inner) => {
      for (let index = 0; index < count; index++)
        record(inner, "test.happened", { subject: `tests:${index}`, data: { secret: "not for readers" } });
    }),
  );

const revoke = ({ userId, pass }: Reader) =>
  asUser(userId, (db) => db.session.updateMany({ where: { id: pass.id }, data: { revokedAt: new Date() } }));

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + 1 + index);

describe("live events", () => {
  afterAll(closeLive);

  test("T16 1,000 events of one workspace reach its reader in order and none of them another workspace's", async () => {
    const [here, there] = [await makeWorkspace(), await makeWorkspace()];
    const from = await latestEvent(here.workspaceId);
    const mine = follow(await makeReader(here, "osc"), from);
    const others = await Promise.all(numbers(0, 20).map(() => makeReader(there, "osc")));
    const foreign = others.map((reader) => follow(reader, 0));
    const suspended = await Promise.all(numbers(0, 5).map(() => makeReader(here, "osc")));
    const silenced = suspended.map((reader) => follow(reader, from));
    await Promise.all(suspended.map(revoke));
    for (let index = 0; index < 100; index++) await happen(here, 10);
    await expect.poll(() => mine.got.length, { timeout: 10_000 }).toBe(1_000);
    expect(mine.got.map((event) => event.seq)).toEqual(numbers(from, from + 1_000));
    for (const each of silenced) expect(each.got).toEqual([]);
    for (const each of foreign) expect(each.got.filter((event) => event.type === "test.happened")).toEqual([]);
    expect(JSON.stringify(mine.got)).not.toContain("not for readers");
  });

  test("a reader resumes behind her last event and gets each one once while others are being written", async () => {
    const ctx = await makeWorkspace();
    const reader = await makeReader(ctx, "osc");
    const from = await latestEvent(ctx.workspaceId);
    await happen(ctx, 700);
    const writing = (async () => {
      for (let index = 0; index < 60; index++) await happen(ctx, 5);
    })();
    const all: number[] = [];
    for (let round = 0; all.length < 1_000 && round < 500; round++) {
      const stream = follow(reader, from + all.length);
      await expect.poll(() => stream.got.length, { timeout: 5_000 }).toBeGreaterThan(0);
      stream.stop();
      all.push(...stream.got.map((event) => event.seq));
    }
    await writing;
    expect(all).toEqual(numbers(from, from + all.length));
    expect(all.length).toBe(1_000);
  });

  test("a revoked session loses its stream within five seconds although nothing happens", async () => {
    const ctx = await makeWorkspace();
    const reader = await makeReader(ctx, "osc");
    const stream = follow(reader, 0);
    await expect.poll(() => stream.got.length).toBeGreaterThan(0);
    await revoke(reader);
    await expect.poll(() => stream.isEnded(), { timeout: 5_000 }).toBe(true);
  });

  test("events come again after the listening connection was cut", async () => {
    const ctx = await makeWorkspace();
    const stream = follow(await makeReader(ctx, "osc"), 0);
    await expect.poll(() => stream.got.length).toBeGreaterThan(0);
    const before = stream.got.length;
    await inWorkspace(
      ctx.workspaceId,
      () => database().$queryRaw`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wheelhouse live' and datname = current_database()`,
    );
    await happen(ctx, 3);
    await expect.poll(() => stream.got.length, { timeout: 10_000 }).toBe(before + 3);
  });

  test("a department hears of no customer that it may not see", async () => {
    const ctx = await makeWorkspace();
    const from = await latestEvent(ctx.workspaceId);
    const osc = follow(await makeReader(ctx, "osc"), from);
    const design = follow(await makeReader(ctx, "design"), from);
    const customerId = newId();
    await inWorkspace(ctx.workspaceId, async () => {
      await database().customer.create({ data: { workspaceId: ctx.workspaceId, id: customerId, name: "Cora" } });
      await transaction(ctx, async (inner) => {
        record(inner, "customer.created", { subject: `customers:${customerId}`, customerId });
        record(inner, "template.published", { subject: "journey_templates:1" });
        record(inner, "write.refused", { subject: "moveJourney" });
      });
    });
    await expect.poll(() => osc.got.map((event) => event.type)).toEqual(["customer.created", "template.published"]);
    await expect.poll(() => design.got.length).toBe(1);
    expect(design.got).toMatchObject([{ type: "template.published", customerId: null, subject: null }]);
  });
});
