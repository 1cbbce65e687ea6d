import { randomUUID } from "node:crypto";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ownerRole } from "../../scripts/platform/roles";
import { makeBusyWorkspace } from "../support/busy";
import { addressesOf, template } from "../support/test-postgres";

const postgres = inject("postgres");
const addressOf = (database: string) => addressesOf(postgres, database).owner;
const restored = `restored_${randomUUID().replaceAll("-", "")}`;

let owner: pg.Client;
let tables: string[];

/** A connection that does as `pg_dump` does: it wants every row, or to be told. */
async function reader(connectionString: string | undefined): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("set row_security = off");
  return client;
}

async function copyOut(client: pg.Client, table: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await pipeline(client.query(copyTo(`copy public."${table}" to stdout`)), sink);
  return Buffer.concat(chunks);
}

/** What a table holds: how many rows, and a fingerprint of them all. */
async function contentsOf(client: pg.Client, table: string): Promise<unknown> {
  const { rows } = await client.query(
    `select count(*)::int as count, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as print from public."${table}" t`,
  );
  return { table, ...rows[0] };
}

beforeAll(async () => {
  await Promise.all([makeBusyWorkspace("Harrow & Pine"), makeBusyWorkspace("Harbour Kitchens")]);
  owner = await reader(process.env.DATABASE_OWNER_URL);
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not exists (select 1 from pg_inherits i where i.inhrelid = c.oid) and c.relname <> '_prisma_migrations' order by 1`,
  );
  tables = rows.map(({ name }) => name);
}, 60_000);

afterAll(async () => {
  await owner.query(`drop database if exists ${restored} with (force)`);
  await owner.end();
});

test("T24 a copy that the owner takes holds every row of every workspace, and put back it is the same", async () => {
  await owner.query(`create database ${restored} template ${template} strategy file_copy`);
  const into = await reader(addressOf(restored));
  await into.query("set session_replication_role = replica");
  for (const table of tables) {
    const rows = await copyOut(owner, table);
    await into.query(`delete from public."${table}"`);
    await pipeline(Readable.from([rows]), into.query(copyFrom(`copy public."${table}" from stdin`)));
    expect(await contentsOf(into, table)).toEqual(await contentsOf(owner, table));
  }
  const { rows } = await into.query("select count(distinct workspace_id)::int as count from customers");
  expect(rows[0]?.count).toBe(2);
  await into.end();
}, 60_000);

test("T24 who is bound by row security is told so and gets no empty copy", async () => {
  const app = await reader(process.env.DATABASE_URL);
  const told: unknown[] = [];
  for (const table of ["customers", "interactions", "audit_log", "members"])
    told.push(
      await copyOut(app, table).then(
        (rows) => rows.length,
        ({ code }) => code,
      ),
    );
  await app.end();
  expect(told).toEqual(["42501", "42501", "42501", "42501"]);
  // Whoever made the tables is bound as well, unless the role may go round row security: forced on every one of them.
  const { rows } = await owner.query("select rolsuper or rolbypassrls as sees from pg_roles where rolname = $1", [
    ownerRole,
  ]);
  expect(rows).toEqual([{ sees: true }]);
});
