import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyAudit } from "@/lib/audit/verify";
import { systemContext } from "@/lib/auth/context";
import { database, inWorkspace } from "@/lib/db";
import { purgePast } from "@/lib/events/purge";
import { latestEvent, readEvents } from "@/lib/events/queries";
import { makeMember, makeWorkspace, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

let owner: pg.Client;
let one: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await owner.connect();
  [one, other] = [await makeWorkspace(), await makeWorkspace()];
  for (const workspace of [one, other]) {
    const osc = await makeMember(workspace);
    const ctx = await contextOf(workspace, osc, new Date());
    for (const name of ["Ada", "Bo", "Cy"]) await makeCustomer(ctx, osc, { name });
  }
});
afterAll(() => owner.end());

const age = async (workspace: TestWorkspace, upTo: number, days: number) => {
  await owner.query("set session_replication_role = replica");
  await owner.query("update events set at = now() - make_interval(days => $3) where workspace_id = $1 and seq <= $2", [
    workspace.id,
    upTo,
    days,
  ]);
  await owner.query("set session_replication_role = origin");
};

test("every night events end after thirty days, kept replies after seven and spent attempts; the audit log stays", async () => {
  const last = await latestEvent(one.id);
  await age(one, last - 1, 31);
  await age(other, last, 29);
  const reply =
    "insert into idempotency_keys (workspace_id, id, body_hash, created_at) values ($1, $2, 'x', now() - $3::interval)";
  await owner.query(reply, [one.id, "old", "8 days"]);
  await owner.query(reply, [other.id, "young", "6 days"]);
  await owner.query("insert into rate_limits (key, points, expire) values ('spent', 1, 1), ('counts', 1, $1)", [
    Date.now() + 60_000,
  ]);
  expect(await purgePast(new Date())).toEqual({ events: last - 1, replies: 1, limits: 1 });
  expect((await readEvents(one.id, 0, 100)).map(({ seq }) => seq)).toEqual([last]);
  expect((await readEvents(other.id, 0, 100)).length).toBe(last);
  const left = await owner.query("select id from idempotency_keys");
  expect(left.rows).toEqual([{ id: "young" }]);
  expect(await purgePast(new Date())).toEqual({ events: 0, replies: 0, limits: 0 });
  const ctx = await systemContext(one.id);
  expect(await inWorkspace(one.id, () => verifyAudit(ctx))).toMatchObject({ ok: true });
});

test("the application cannot remove a younger event, nor any of another workspace", async () => {
  await age(other, 1, 40);
  const before = await owner.query("select count(*)::int as n from events where workspace_id = $1", [other.id]);
  await inWorkspace(one.id, async () => {
    expect(await database().$queryRaw`select app.purge_events() as removed`).toEqual([{ removed: 0 }]);
  });
  const after = await owner.query("select count(*)::int as n from events where workspace_id = $1", [other.id]);
  expect(after.rows).toEqual(before.rows);
});
