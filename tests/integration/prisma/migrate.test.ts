import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/prisma/migrate";

const ownerUrl = process.env.DATABASE_OWNER_URL ?? "";
const owner = new pg.Client({ connectionString: ownerUrl });

beforeAll(() => owner.connect());
afterAll(() => owner.end());

function folderWith(name: string, sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-migrations-"));
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "migration.sql"), sql);
  return folder;
}

test("the template carries every migration, so a second run has nothing to do", async () => {
  expect(await migrate(ownerUrl)).toEqual([]);
});

test("a migration is applied once", async () => {
  const folder = folderWith("9001_once", "CREATE TABLE once (id int); INSERT INTO once VALUES (1);");

  expect(await migrate(ownerUrl, folder)).toEqual(["9001_once"]);
  expect(await migrate(ownerUrl, folder)).toEqual([]);
  expect((await owner.query("SELECT count(*)::int AS n FROM once")).rows).toEqual([{ n: 1 }]);
});

test("a migration that fails half way leaves nothing behind", async () => {
  const folder = folderWith("9002_half", "CREATE TABLE half (id int); SELECT 1 / 0;");

  await expect(migrate(ownerUrl, folder)).rejects.toThrow("Migration 9002_half failed: division by zero");
  expect((await owner.query("SELECT to_regclass('half') AS found")).rows).toEqual([{ found: null }]);
});

test("a migration that was changed after it had been applied is refused", async () => {
  const folder = folderWith("9003_changed", "CREATE TABLE changed (id int);");
  await migrate(ownerUrl, folder);
  writeFileSync(join(folder, "9003_changed", "migration.sql"), "CREATE TABLE changed (id bigint);");

  await expect(migrate(ownerUrl, folder)).rejects.toThrow("Migration 9003_changed was changed");
});

test("two runs at once apply a migration once", async () => {
  const folder = folderWith("9004_twice", "CREATE TABLE twice (id int);");

  const applied = await Promise.all([migrate(ownerUrl, folder), migrate(ownerUrl, folder)]);

  expect(applied.flat()).toEqual(["9004_twice"]);
});

test("the application's role serves and the queue's role works, and neither goes around row security", async () => {
  for (const url of [process.env.DATABASE_URL, process.env.DATABASE_QUEUE_URL]) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user",
    );
    await client.end();
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  }
});
