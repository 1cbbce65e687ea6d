import { spawnSync } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { symbols } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { database, databaseTransaction, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { storeImportFile } from "@/lib/imports/commands";
import { limits, takeAttempt } from "@/lib/limits";
import { log } from "@/lib/log";
import { countRequest } from "@/lib/server/api-limits";
import { record, transaction } from "@/lib/transaction";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../support/factories";
import { importFiles } from "../support/imports";
import { contextOf, makeCustomer } from "../support/story";

let owner: pg.Client;
let workspace: TestWorkspace;
let osc: TestMember;

const rowsOf = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
  (await owner.query<Row>(sql, values)).rows;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await owner.connect();
  workspace = await makeWorkspace();
  osc = await makeMember(workspace);
});
afterAll(() => owner.end());

describe("roles of the database", () => {
  test("T15 the role of the job queue reads and writes its own schema and no row of a workspace", async () => {
    const held = await rowsOf(
      `select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and (has_table_privilege('wheelhouse_queue', c.oid, 'SELECT') or has_table_privilege('wheelhouse_queue', c.oid, 'INSERT')
         or has_table_privilege('wheelhouse_queue', c.oid, 'UPDATE') or has_table_privilege('wheelhouse_queue', c.oid, 'DELETE'))`,
    );
    expect(held).toEqual([]);
    expect(
      await rowsOf("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'wheelhouse_queue'"),
    ).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
    const owned = await rowsOf<{ name: string }>(
      "select distinct n.nspname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relowner = 'wheelhouse_queue'::regrole and n.nspname not like 'pg_toast%'",
    );
    expect(owned.map(({ name }) => name)).toEqual(["graphile_worker"]);
  });

  test("C07 the application can add a word about consent, and change none", async () => {
    const grants = await rowsOf<{ privilege_type: string }>(
      "select privilege_type from information_schema.role_table_grants where grantee = 'wheelhouse_app' and table_name = 'consents' order by 1",
    );
    // Rows go with the person they are about; nothing is written over.
    expect(grants.map(({ privilege_type }) => privilege_type)).toEqual(["DELETE", "INSERT", "SELECT"]);
  });
});

describe("ids", () => {
  test("T20 ten thousand of them differ in at least 74 random bits, and no public one counts", async () => {
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect(new Set(ids).size).toBe(10_000);
    const random = ids.map((id) => BigInt(`0x${id.replaceAll("-", "")}`) & ((1n << 62n) - 1n));
    for (let bit = 0n; bit < 62n; bit += 1n) {
      const ones = random.filter((value) => (value >> bit) & 1n).length;
      expect(Math.abs(ones - 5_000), `bit ${bit}`).toBeLessThan(350); // seven standard deviations
    }
    const middle = new Set(ids.map((id) => id.slice(15, 18)));
    expect(middle.size).toBeGreaterThan(3_000);
    const counters = await rowsOf(
      "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'id' and data_type <> 'uuid' and table_name not in ('_prisma_migrations', 'idempotency_keys')",
    );
    expect(counters).toEqual([]);
  });
});

describe("what is written", () => {
  test("C05 a write without a word for the audit log, or one that breaks, leaves neither", async () => {
    const ctx = await contextOf(workspace, osc, new Date());
    const count = async () => ({
      tasks: await databaseTransaction(workspace.id, (db) =>
        db.customer.count({ where: { workspaceId: workspace.id } }),
      ),
      audit: await databaseTransaction(workspace.id, (db) =>
        db.auditEntry.count({ where: { workspaceId: workspace.id } }),
      ),
      events: await databaseTransaction(workspace.id, (db) => db.event.count({ where: { workspaceId: workspace.id } })),
    });
    const before = await count();
    const create = (then: (inner: typeof ctx) => void) =>
      inWorkspace(workspace.id, () =>
        transaction(ctx, async (inner) => {
          await inner.db.customer.create({ data: { workspaceId: workspace.id, id: newId(), name: "Unheard" } });
          then(inner);
        }),
      );
    await expect(create(() => undefined)).rejects.toThrow("a write must record");
    await expect(
      create((inner) => {
        record(inner, "customer.created", { subject: "customer:x" });
        throw new Error("crashed");
      }),
    ).rejects.toThrow("crashed");
    expect(await count()).toEqual(before);
    await expect(
      inWorkspace(workspace.id, async () => record(ctx, "customer.created", { subject: "customer:x" })),
    ).rejects.toThrow("inside transaction");
  });

  test("R04 of two merges of the same two, side by side, one happens", async () => {
    const now = await contextOf(workspace, osc, new Date());
    const one = await makeCustomer(now, osc, { name: "Dora Double" });
    const two = await makeCustomer(now, osc, { name: "Dora Double" });
    const manager = await systemContext(workspace.id, { memberId: osc.memberId, roles: ["manager"] });
    const pairs = [
      { survivorId: one.customerId, loserId: two.customerId, fields: {} },
      { survivorId: two.customerId, loserId: one.customerId, fields: {} },
      { survivorId: one.customerId, loserId: two.customerId, fields: {} },
    ];
    const results = await Promise.allSettled(
      pairs.map((pair) => inWorkspace(workspace.id, () => mergeCustomers(manager, pair))),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected") expect(["conflict", "not_found", "refused"]).toContain(result.reason.code);
  });

  test("O13 a file with columns of roles and accounts makes customers, and nobody a member", async () => {
    const manager = await contextOf(workspace, osc, new Date(), ["manager"]);
    const members = () =>
      rowsOf("select id, roles, email, status from members where workspace_id = $1 order by id", [workspace.id]);
    const before = { members: await members(), users: await rowsOf("select count(*) from users") };
    const file =
      "Name,Email,Role,User role,is_admin,password,workspace_id,member_id\nEve,eve@example.com,owner,owner,true,x,y,z\n";
    const report = await importFiles(manager, [file]);
    expect(report.counts.created).toBe(1);
    expect({ members: await members(), users: await rowsOf("select count(*) from users") }).toEqual(before);
  });

  test("I14 an archive, a workbook or another program's file is refused before anything is unpacked", async () => {
    const manager = await contextOf(workspace, osc, new Date(), ["manager"]);
    const files: [string, Uint8Array][] = [
      ["bomb.zip", new Uint8Array([0x50, 0x4b, 3, 4, ...new Array<number>(2_000).fill(0)])],
      ["people.xlsx", new Uint8Array([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0])],
      ["old.xls", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
      ["packed.gz", new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, ...new Array<number>(500).fill(0)])],
    ];
    for (const [name, content] of files) {
      const begun = performance.now();
      const created = await inWorkspace(workspace.id, () => storeImportFile(manager, { name, content }))
        .then(() => importFiles(manager, [content]))
        .then(
          ({ counts }) => counts.created,
          () => 0, // refused as a whole
        );
      expect([name, created]).toEqual([name, 0]);
      expect(performance.now() - begun).toBeLessThan(2_000);
    }
    const xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>\n';
    const report = await importFiles(manager, [
      `Name,Email\n"${xml.replaceAll('"', '""').trim()}",xxe@example.com\n`,
    ]).catch(() => null);
    const stored = await databaseTransaction(workspace.id, (db) =>
      db.customer.findMany({ where: { workspaceId: workspace.id } }),
    );
    expect(JSON.stringify(stored)).not.toContain("root:");
    expect(report).not.toBeNull();
  });
});

describe("counting side by side", () => {
  test("R09 of a hundred attempts at once exactly as many get through as there are", async () => {
    const key = newId();
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => takeAttempt(limits.signInAddress, key)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(limits.signInAddress.points);
    const allowances = await Promise.all(Array.from({ length: 400 }, () => countRequest(key, true)));
    expect(allowances.filter(({ refusal }) => refusal === null)).toHaveLength(250);
  });

  test("P02 one caller's flood is answered 429 with when to come back, and holds up nobody else", async () => {
    const [flooder, other] = [newId(), newId()];
    const flood = await Promise.all(Array.from({ length: 2_000 }, () => countRequest(flooder, false)));
    const refused = flood.flatMap(({ refusal }) => refusal ?? []);
    expect(refused).toHaveLength(1_000);
    for (const { details } of refused.slice(0, 5)) expect(details.retryAfterSeconds).toBeGreaterThan(0);
    expect((await countRequest(other, false)).refusal).toBeNull();
  });
});

describe("beside the database", () => {
  test("I10 a line of the log stays one line of JSON, and secrets are cut out of it", () => {
    const lines: string[] = [];
    const stream = Reflect.get(log, symbols.streamSym) as { write(line: string): void };
    const write = stream.write;
    stream.write = (line) => void lines.push(line);
    const hostile = 'x\r\n{"level":60,"msg":"forged"}\u001b[2J\u2028';
    const secrets = {
      password: "p-1",
      token: "t-1",
      cookie: "c-1",
      headers: { authorization: "Bearer a-1", cookie: "c-2" },
    };
    log.warn({ reason: hostile, ...secrets }, hostile);
    stream.write = write;
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd().split("\n")).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ reason: hostile, password: "[redacted]" });
    expect(lines[0]).not.toContain("\u001b");
    for (const secret of ["p-1", "t-1", "c-1", "a-1", "c-2"]) expect(lines[0]).not.toContain(secret);
  });

  test("A09 without its secret or its database's address a process does not start", () => {
    const root = join(import.meta.dirname, "../..");
    for (const missing of ["NEXTAUTH_SECRET", "DATABASE_URL"] as const) {
      const { [missing]: _left, ...env } = process.env;
      const code = 'import("./lib/env.ts").then(({ env }) => { env(); console.log("started"); })';
      const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
        cwd: root,
        env,
        encoding: "utf8",
      });
      expect([missing, run.status, run.stdout.includes("started")]).toEqual([missing, 1, false]);
      expect(run.stderr).toContain(missing);
    }
    const short = { ...process.env, NEXTAUTH_SECRET: "short" };
    const code = 'import("./lib/env.ts").then(({ env }) => env())';
    const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      cwd: root,
      env: short,
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
  });

  test("the door of a workspace opens for nothing that is no id", async () => {
    for (const id of ["' or '1'='1", "*", "", "00000000-0000-0000-0000-000000000000"]) {
      const read = inWorkspace(id, () => database().customer.count());
      await expect(read.catch(() => 0)).resolves.toBe(0);
    }
  });
});
