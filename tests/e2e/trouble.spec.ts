import { setTimeout as pause } from "node:timers/promises";
import { test as base, expect } from "@playwright/test";
import { verifyAudit } from "@/lib/audit/verify";
import { systemContext } from "@/lib/auth/context";
import { closeDatabase, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { createKey } from "@/lib/keys/commands";
import { owningEnvironment } from "../../scripts/platform/addresses";
import { withOwner } from "../../scripts/platform/roles";
import { makeMember, makeWorkspace } from "../support/factories";
import { contextOf, makeCustomer } from "../support/story";
import { type System, startSystem } from "../support/system";

const rounds = 50;
const seed = 7;
const targets = ["web", "worker", "database"] as const;

type Desk = { customerId: string; key: string };
type Office = { system: System; workspaceId: string; desks: Desk[] };

/** A system whose commits survive a crash, and four desks that write to it, each with a key and a customer. */
const test = base.extend<object, { office: Office }>({
  office: [
    async ({ browserName: _ }, use) => {
      const system = await startSystem({ isDurable: true, env: { LOG_LEVEL: "silent" } });
      Object.assign(process.env, owningEnvironment(system.database), { NEXTAUTH_SECRET: system.secret });
      const { id: workspaceId } = await makeWorkspace();
      const osc = await makeMember({ id: workspaceId });
      const ctx = await contextOf({ id: workspaceId }, osc, new Date());
      const admin = await systemContext(workspaceId, { roles: ["owner"] });
      const desks: Desk[] = [];
      for (const name of ["Ada Abara", "Bo Jensen", "Chris Okonkwo", "Dora Klein"]) {
        const { customerId } = await makeCustomer(ctx, osc, { name });
        const { secret } = await inWorkspace(workspaceId, () => createKey(admin, { name, role: "osc" }));
        desks.push({ customerId, key: secret });
      }
      // The database is about to be killed: nothing of this process stays connected to it.
      await closeDatabase();
      await use({ system, workspaceId, desks });
      await closeDatabase();
      await system.end();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sends one write once: its id when it was acknowledged, null when nobody knows what became of it. */
async function send(origin: string, { customerId, key }: Desk, summary: string, once: string): Promise<string | null> {
  const said = { customerId, medium: "phone", direction: "outbound", summary };
  try {
    const response = await fetch(`${origin}/api/v1/interactions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": once },
      body: JSON.stringify(said),
      signal: AbortSignal.timeout(10_000),
    });
    const body = await response.text();
    return response.status === 201 ? String(JSON.parse(body).id) : null;
  } catch {
    return null;
  }
}

type Written = { desk: Desk; summary: string; once: string; id: string };
type Log = { acknowledged: Written[]; unclear: number; isOver: boolean };

/** One desk writes without end; a write without an answer is sent again with the same key until it has one. */
async function write(origin: string, desk: Desk, place: number, log: Log): Promise<void> {
  for (let number = 0; !log.isOver; number += 1) {
    const [summary, once] = [`desk ${place}, contact ${number}`, newId()];
    let id = await send(origin, desk, summary, once);
    for (; id === null; id = await send(origin, desk, summary, once)) {
      log.unclear += 1;
      await pause(50);
    }
    log.acknowledged.push({ desk, summary, once, id });
    await pause(20);
  }
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

/** How often each contact stands in the database, by its words. */
function countRows({ system, workspaceId }: Office): Promise<Map<string, number>> {
  return withOwner(system.database.owner, async (client) => {
    const { rows } = await client.query<{ id: string; summary: string; count: number }>(
      "select summary, count(*)::int as count from interactions where workspace_id = $1 group by summary",
      [workspaceId],
    );
    return new Map(rows.map(({ summary, count }) => [summary, count]));
  });
}

/** Kills one process of the system without warning and waits until another one serves in its place. */
async function kill({ system }: Office, target: (typeof targets)[number]): Promise<void> {
  let pid = 0;
  const strike = () => {
    pid = system.pids()[target] ?? 0;
    try {
      return process.kill(pid, "SIGKILL");
    } catch {
      return false; // it died of an earlier kill and is being started again
    }
  };
  await expect.poll(strike, { timeout: 30_000, intervals: [20] }).toBe(true);
  const isReplaced = async () => system.pids()[target] !== pid && (await isReady(system.origin));
  await expect.poll(isReplaced, { timeout: 60_000, intervals: [50] }).toBe(true);
}

test(`${rounds} times web, worker or PostgreSQL is killed while contacts are written, and none that was acknowledged is lost or doubled`, async ({
  office,
}) => {
  test.setTimeout(300_000);
  const { system, workspaceId, desks } = office;
  const random = randomFrom(seed);
  const log: Log = { acknowledged: [], unclear: 0, isOver: false };
  const writing = desks.map((desk, place) => write(system.origin, desk, place, log));
  const killed = { web: 0, worker: 0, database: 0 };
  for (let round = 0; round < rounds; round += 1) {
    await pause(20 + random() * 400);
    const target = targets[Math.floor(random() * targets.length)] ?? "web";
    killed[target] += 1;
    const before = log.acknowledged.slice();
    await kill(office, target);
    const stored = await countRows(office);
    const lost = before.filter(({ summary }) => stored.get(summary) !== 1).map(({ summary }) => summary);
    expect(lost, `round ${round}: acknowledged before the ${target} was killed`).toEqual([]);
  }
  log.isOver = true;
  await Promise.all(writing);

  expect(Math.min(...Object.values(killed))).toBeGreaterThanOrEqual(10);
  expect(log.acknowledged.length).toBeGreaterThan(rounds * 4);
  expect(log.unclear, "writes that a kill interrupted").toBeGreaterThan(0);
  for (const { desk, summary, once, id } of log.acknowledged.slice(-50))
    expect(await send(system.origin, desk, summary, once)).toBe(id);
  const stored = await countRows(office);
  expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(log.acknowledged.map(({ summary }) => [summary, 1])));
  const ctx = await systemContext(workspaceId);
  expect(await inWorkspace(workspaceId, () => verifyAudit(ctx))).toMatchObject({ ok: true });
  console.log(
    `Killed ${JSON.stringify(killed)}; ${log.acknowledged.length} contacts, ${log.unclear} attempts without an answer`,
  );
});
