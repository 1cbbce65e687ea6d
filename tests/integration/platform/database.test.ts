import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openDatabase } from "@/scripts/platform/database";
import { makeHome, type Postgres, startPostgres } from "@/scripts/platform/postgres";
import { ownerRole, urlAs, urlOf } from "@/scripts/platform/roles";
import { addressesOf } from "../../support/test-postgres";

const postgres = inject("postgres");
const ownerUrl = process.env.DATABASE_OWNER_URL ?? "";
const appUrl = process.env.DATABASE_URL ?? "";
const folders: string[] = [];

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-data-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

async function whoIs(url: string): Promise<unknown> {
  const [row] = await rowsOf(url, "SELECT current_user::text AS name");
  return row instanceof Object && "name" in row ? row.name : null;
}

describe("DATABASE_URL alone", () => {
  const owner = new pg.Client({ connectionString: addressesOf(postgres, "postgres").owner });

  beforeAll(async () => {
    await owner.connect();
    await owner.query("CREATE DATABASE given");
    await owner.query("CREATE ROLE meek LOGIN PASSWORD 'meek'");
    await owner.query("CREATE DATABASE meek OWNER meek");
  });

  afterAll(async () => {
    for (const name of ["given", "meek"]) await owner.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await owner.end();
  });

  test("is the owner's, and the roles that serve are known beside it", async () => {
    const url = addressesOf(postgres, "given").owner;
    const folder = emptyFolder();
    writeFileSync(join(folder, "app-role"), postgres.app);
    writeFileSync(join(folder, "queue-role"), postgres.queue);

    const database = await openDatabase({ DATABASE_URL: url }, folder);

    expect(database.owner).toBe(url);
    expect(await whoIs(database.app.url)).toBe("wheelhouse_app");
    expect(await whoIs(database.queue.url)).toBe("wheelhouse_queue");
  });

  test("that nobody answers is one sentence that says what to do", async () => {
    await expect(openDatabase({ DATABASE_URL: "postgresql://a:b@127.0.0.1:9/c" }, emptyFolder())).rejects.toThrow(
      "The database of DATABASE_URL cannot be reached (connect ECONNREFUSED 127.0.0.1:9): start it, or correct or unset DATABASE_URL.",
    );
  });

  test("of an owner who may not make roles is refused with the reason", async () => {
    const url = urlAs(addressesOf(postgres, "meek").owner, "meek", "meek");
    const folder = emptyFolder();

    await expect(openDatabase({ DATABASE_URL: url }, folder)).rejects.toThrow("give it CREATEROLE");
  });
});

test("a table that nobody has counted yet is expected to hold several workspaces", async () => {
  const rows = await rowsOf(
    ownerUrl,
    "SELECT n_distinct FROM pg_stats WHERE tablename = 'saved_reports' AND attname = 'workspace_id'",
  );
  expect(rows).toEqual([{ n_distinct: 10 }]);
});

describe("DATABASE_URL beside DATABASE_OWNER_URL", () => {
  const queueUrl = process.env.DATABASE_QUEUE_URL ?? "";

  test("is used as it is", async () => {
    const settings = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, DATABASE_QUEUE_URL: queueUrl };

    expect((await openDatabase(settings, emptyFolder())).app.url).toBe(appUrl);
  });

  test("is refused when it is the owner itself", async () => {
    const settings = { DATABASE_URL: ownerUrl, DATABASE_OWNER_URL: ownerUrl, DATABASE_QUEUE_URL: queueUrl };

    await expect(openDatabase(settings, emptyFolder())).rejects.toThrow("can go around row security");
  });
});

describe("a PostgreSQL of our own", () => {
  const home = emptyFolder();
  const data = join(home, "data");
  const password = "only this test knows it";
  const flags = ["fsync=off"];
  let server: Postgres;

  beforeAll(async () => {
    makeHome(home);
    server = await startPostgres(home, password, flags);
  });

  afterAll(async () => {
    await server.stop();
  });

  /** Starts the server from a process that is killed as soon as it runs; answers the server's port. */
  async function startInKilledRun(): Promise<number> {
    const code = `import("./scripts/platform/postgres.ts")
      .then(({ startPostgres }) => startPostgres(${JSON.stringify(home)}, ${JSON.stringify(password)}, ["fsync=off"]))
      .then(({ port }) => console.log(port));`;
    const run = spawn(process.execPath, ["--import", "tsx", "--eval", code], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(run.stdout, "data");
    run.kill("SIGKILL");
    await once(run, "exit");
    return Number(line);
  }

  test("lets in who knows the password, and nobody else", async () => {
    expect(await whoIs(urlOf(server.port, ownerRole, password, "postgres"))).toBe(ownerRole);
    await expect(whoIs(urlOf(server.port, ownerRole, "postgres", "postgres"))).rejects.toThrow("password");
    expect(statSync(data).mode & 0o077).toBe(0);
  });

  test("serves an owner who is no superuser but may make roles", async () => {
    const superuser = new pg.Client({ connectionString: urlOf(server.port, ownerRole, password, "postgres") });
    await superuser.connect();
    await superuser.query("CREATE ROLE modest LOGIN CREATEROLE PASSWORD 'modest'");
    await superuser.query("CREATE DATABASE modest OWNER modest");
    await superuser.end();
    const settings = { DATABASE_URL: urlOf(server.port, "modest", "modest", "modest") };
    const folder = emptyFolder();

    await openDatabase(settings, folder);
    const again = await openDatabase(settings, folder);

    expect(await whoIs(again.app.url)).toBe("wheelhouse_app");
  });

  test("comes back by itself after a crash, with everything that was committed", async () => {
    const url = urlOf(server.port, ownerRole, password, "postgres");
    const before = server.pid();
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    await client.connect();
    await client.query("CREATE TABLE kept AS SELECT 1 AS n");
    process.kill(before ?? 0, "SIGKILL");

    await expect
      .poll(() => rowsOf(url, "SELECT n FROM kept").catch(() => null), { timeout: 20_000 })
      .toEqual([{ n: 1 }]);
    expect(server.pid()).not.toBe(before);
  });

  test("is shared with a second command while the first one lives", async () => {
    writeFileSync(join(home, "supervisor"), "1");

    const second = await startPostgres(home, password, flags);

    expect(second).toMatchObject({ port: server.port, isOurs: false });
  });

  test("is adopted when the run that started it was killed, and ends with the one that adopted it", async () => {
    await server.stop();
    const port = await startInKilledRun();

    const adopted = await startPostgres(home, password, flags);

    expect(adopted).toMatchObject({ port, isOurs: true });
    expect(readFileSync(join(home, "supervisor"), "utf8")).toBe(String(process.pid));
    await adopted.stop();
    expect(existsSync(join(data, "postmaster.pid"))).toBe(false);
  });

  test("of another version is refused with what to do", async () => {
    const version = readFileSync(join(data, "PG_VERSION"), "utf8");
    writeFileSync(join(data, "PG_VERSION"), "14\n");

    await expect(startPostgres(home, password, flags)).rejects.toThrow(
      /belongs to PostgreSQL 14 .* move that folder away/,
    );
    writeFileSync(join(data, "PG_VERSION"), version);
  });

  test("starts over the process number of a server that crashed, when another program has it now", async () => {
    writeFileSync(join(data, "postmaster.pid"), `${process.pid}\n${data}\n0\n1\n\n\n\nready\n`);

    server = await startPostgres(home, password, flags);

    expect(server.isOurs).toBe(true);
  });
});
