import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database, databaseTransaction, inWorkspace } from "@/lib/db";
import { makeBusyWorkspace } from "../support/busy";
import { makeMember, makeWorkspace, type TestWorkspace } from "../support/factories";
import { contextOf, makeCustomer } from "../support/story";

let owner: pg.Client;
let app: pg.Client;
let ours: TestWorkspace;
let theirs: TestWorkspace;

type Table = { name: string; columns: string[] };
let tables: Table[];

const rowsOf = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
  (await owner.query<Row>(sql, values)).rows;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  app = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await Promise.all([owner.connect(), app.connect()]);
  ours = (await makeBusyWorkspace("Northwind Homes")).workspace;
  theirs = await makeWorkspace({ name: "Harbour Kitchens" });
  const osc = await makeMember(theirs);
  await makeCustomer(await contextOf(theirs, osc, new Date()), osc);
  tables = await rowsOf<Table>(`select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.relname
    having 'workspace_id' = any(array_agg(a.attname::text))`);
});

afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
});

/** Runs statements as the application's role inside one workspace (or none) and takes them back. */
async function asApp<T>(workspaceId: string | null, work: () => Promise<T>): Promise<T> {
  await app.query("begin");
  try {
    if (workspaceId) await app.query("select app.set_tenant($1)", [workspaceId]);
    return await work();
  } finally {
    await app.query("rollback");
  }
}

/** How many rows a statement reached; one that the role may not say at all reached none. */
async function rowsTouched(statement: string, values: unknown[]): Promise<number | null> {
  try {
    return (await app.query(statement, values)).rowCount;
  } catch (error) {
    expect((error as { code?: string }).code, statement).toBe("42501");
    return 0;
  }
}

describe("the catalogue", () => {
  test("T01 every table of a workspace has row security enabled and forced, and a permissive policy for what is granted", async () => {
    const open =
      await rowsOf(`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (not c.relrowsecurity or not c.relforcerowsecurity or not a.attnotnull
        or not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and p.polwithcheck is not null))`);
    expect(open).toEqual([]);
    expect(await rowsOf("select polname from pg_policy where not polpermissive")).toEqual([]);
    expect(tables.length).toBeGreaterThan(40);
  });

  test("T02 the application's role owns nothing and may do nothing but read and write rows", async () => {
    expect(
      await rowsOf(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'wheelhouse_app'",
      ),
    ).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    expect(await rowsOf("select relname from pg_class where relowner = 'wheelhouse_app'::regrole")).toEqual([]);
    expect(
      await rowsOf(`select table_name, privilege_type from information_schema.role_table_grants
        where grantee = 'wheelhouse_app' and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`),
    ).toEqual([]);
    expect(
      await rowsOf("select nspname from pg_namespace where has_schema_privilege('wheelhouse_app', oid, 'CREATE')"),
    ).toEqual([]);
  });

  test("T06 no view or materialized view shows another workspace", async () => {
    expect(
      await rowsOf(`select relname from pg_class where relnamespace = 'public'::regnamespace
        and (relkind = 'm' or (relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'], false)))`),
    ).toEqual([]);
  });

  test("T07 functions that run as their owner are on the list, pin their search path and are not everybody's", async () => {
    const functions = await rowsOf<{ name: string; pinned: boolean; open: boolean }>(`select p.proname as name,
      coalesce(array_to_string(p.proconfig, ','), '') like '%search_path=%' as pinned, has_function_privilege('public', p.oid, 'EXECUTE') as open
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('app', 'public') order by 1`);
    expect(
      functions
        .map(({ name }) => name)
        .filter(
          (name) =>
            ![
              "add_job",
              "purge_events",
              "queue_lag",
              "refresh_statistics",
              "remove_unused_members",
              "remove_withdrawn_response",
              "remove_relationship_response",
              "find_customers",
            ].includes(name),
        ),
    ).toEqual([]);
    expect(functions.every(({ pinned, open }) => pinned && !open)).toBe(true);
  });

  test("T08 nothing is granted on children of partitioned tables", async () => {
    expect(
      await rowsOf(
        "select relname from pg_class where relispartition and relnamespace = 'public'::regnamespace and has_table_privilege('wheelhouse_app', oid, 'SELECT')",
      ),
    ).toEqual([]);
  });

  test("T09 every foreign key between tables of a workspace carries it on both sides and never rewrites it", async () => {
    expect(
      await rowsOf(
        `select conname from pg_constraint k
        where contype = 'f' and conrelid::regclass::text = any($1) and confrelid::regclass::text = any($1)
          and (confupdtype <> 'a'
            or (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) <> 'workspace_id'
            or (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) <> 'workspace_id')`,
        [tables.map(({ name }) => name)],
      ),
    ).toEqual([]);
  });

  test("T10 every key of a workspace's table starts with the workspace", async () => {
    expect(
      await rowsOf(
        `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'public'::regnamespace and c.relname = any($1) and (i.indisunique or i.indisexclusion)
          and (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) <> 'workspace_id'`,
        [tables.map(({ name }) => name)],
      ),
    ).toEqual([]);
  });

  test("rule 17, 18: no native enumerations, no identity or serial columns, ids of 128 bits", async () => {
    expect(
      await rowsOf("select typname from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace"),
    ).toEqual([]);
    expect(
      await rowsOf(
        `select table_name, column_name from information_schema.columns where table_schema = 'public' and table_name = any($1)
        and (is_identity = 'YES' or column_default like 'nextval%')`,
        [tables.map(({ name }) => name)],
      ),
    ).toEqual([]);
  });
});

describe("the rows", () => {
  test("T03 without a workspace nothing is read, changed or removed, and nothing can be written", async () => {
    for (const { name } of tables) {
      await asApp(null, async () => {
        expect((await app.query(`select 1 from ${name} limit 1`)).rowCount, name).toBe(0);
      });
      for (const statement of [`update ${name} set workspace_id = workspace_id`, `delete from ${name}`])
        await asApp(null, async () => {
          expect(await rowsTouched(statement, []), statement).toBe(0);
        });
      await asApp(null, async () => {
        await expect(
          app.query(`insert into ${name} (workspace_id) values ($1)`, [theirs.id]),
          name,
        ).rejects.toMatchObject({ code: "42501" });
      });
    }
  });

  test("T04 another workspace's rows are not there by any command", async () => {
    for (const { name } of tables) {
      const held = await rowsOf<{ n: number }>(`select count(*)::int as n from ${name} where workspace_id = $1`, [
        theirs.id,
      ]);
      await asApp(ours.id, async () => {
        expect((await app.query(`select 1 from ${name} where workspace_id = $1`, [theirs.id])).rowCount, name).toBe(0);
      });
      for (const statement of [
        `update ${name} set workspace_id = workspace_id where workspace_id = $1`,
        `delete from ${name} where workspace_id = $1`,
      ])
        await asApp(ours.id, async () => {
          expect(await rowsTouched(statement, [theirs.id]), statement).toBe(0);
        });
      expect(await rowsOf(`select count(*)::int as n from ${name} where workspace_id = $1`, [theirs.id])).toEqual(held);
    }
  });

  test("T05 a row can be neither written into nor moved to another workspace, in any table", async () => {
    const tried: string[] = [];
    for (const { name } of tables) {
      await asApp(ours.id, async () => {
        await expect(
          app.query(`insert into ${name} (workspace_id) values ($1)`, [theirs.id]),
          name,
        ).rejects.toMatchObject({ code: "42501" });
      });
      const { rows } = await owner.query(`select 1 from ${name} where workspace_id = $1 limit 1`, [ours.id]);
      if (rows.length === 0) continue;
      await asApp(ours.id, async () => {
        // Row security, or before it a trigger of the table or what points at the row.
        await expect(app.query(`update ${name} set workspace_id = $1`, [theirs.id]), name).rejects.toMatchObject({
          code: expect.stringMatching(/42501|23503|23505|23514|P0001/),
        });
        tried.push(name);
      });
    }
    expect(tried.length).toBeGreaterThan(60);
  });

  test("T09 a child cannot be attached to another workspace's parent", async () => {
    const [customer] = await rowsOf<{ id: string }>("select id from customers where workspace_id = $1", [theirs.id]);
    await asApp(ours.id, async () => {
      await expect(
        app.query("insert into persons (workspace_id, id, customer_id, name) values ($1, gen_random_uuid(), $2, 'x')", [
          ours.id,
          customer?.id,
        ]),
      ).rejects.toMatchObject({ code: "23503" });
    });
  });

  test("T11, T12 whatever happens on a connection before, nobody sees the other workspace over it", async () => {
    const lost = (workspaceId: string) =>
      databaseTransaction(workspaceId, (db) => db.team.count({ where: { workspaceId, name: "Lost" } }));
    const acts = {
      read: (id: string) => inWorkspace(id, () => database().spoke.findMany({ select: { workspaceId: true } })),
      transaction: (id: string) =>
        databaseTransaction(id, (db) => db.spoke.findMany({ select: { workspaceId: true } })),
      failure: (id: string) => inWorkspace(id, () => database().$queryRaw`select 1 / 0`),
      break: (id: string) =>
        databaseTransaction(id, async (db) => {
          await db.team.create({ data: { workspaceId: id, id: crypto.randomUUID(), name: "Lost" } });
          throw new Error("enough");
        }),
      timeout: (id: string) =>
        databaseTransaction(id, async (db) => {
          await db.$executeRaw`set local statement_timeout = 1`;
          await db.$queryRaw`select 1 from pg_sleep(1)`;
        }),
      cancel: (id: string) =>
        databaseTransaction(id, async (db) => {
          await db.$queryRaw`select pg_cancel_backend(pg_backend_pid())::text, pg_sleep(1)::text`;
        }),
    };
    const act = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("read" as const, "transaction" as const) },
      { weight: 2, arbitrary: fc.constantFrom(...(["failure", "break", "timeout", "cancel"] as const)) },
    );
    const turns = fc.array(fc.tuple(fc.boolean(), act), { minLength: 80, maxLength: 120 });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(turns, async (asked) => {
        const answers = await Promise.allSettled(
          asked.map(async ([isOurs, act]) => {
            const id = isOurs ? ours.id : theirs.id;
            const rows = (await acts[act](id)) as { workspaceId: string }[];
            return rows.length === 8 && rows.every(({ workspaceId }) => workspaceId === id);
          }),
        );
        for (const [index, answer] of answers.entries()) {
          const act = asked[index]?.[1] ?? "read";
          const expected = act === "read" || act === "transaction" ? { value: true } : { status: "rejected" };
          expect([act, answer]).toMatchObject([act, expected]);
          if (answer.status === "fulfilled") seen += 1;
        }
        await expect(database().spoke.findMany()).rejects.toThrow("no workspace set");
      }),
      { numRuns: 100 },
    );
    expect(seen).toBeGreaterThan(6_000);
    expect([await lost(ours.id), await lost(theirs.id)]).toEqual([0, 0]);
  });

  test("T14 a job carries the workspace it was queued in, whatever its payload says", async () => {
    await asApp(ours.id, async () => {
      await app.query("select app.add_job('journey.silent', $1, now(), 'forged')", [
        JSON.stringify({ workspaceId: theirs.id }),
      ]);
      await app.query("commit");
    });
    const jobs = await rowsOf<{ payload: { workspaceId: string } }>(
      "select payload from graphile_worker._private_jobs where key = $1",
      [`${ours.id}:forged`],
    );
    expect(jobs).toMatchObject([{ payload: { workspaceId: ours.id } }]);
  });

  test("C06 what has happened cannot be edited or removed by the application", async () => {
    for (const name of ["audit_log", "events"]) {
      for (const statement of [`update ${name} set actor = 'x'`, `delete from ${name}`]) {
        await asApp(ours.id, async () => {
          await expect(app.query(statement), statement).rejects.toMatchObject({ code: "42501" });
        });
      }
    }
  });
});
