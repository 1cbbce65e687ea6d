import fc from "fast-check";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { endpoints } from "@/lib/api/routes";
import type { Role } from "@/lib/auth/roles";
import { closeDatabase, databaseTransaction } from "@/lib/db";
import { AskQuestion, StopMessages } from "@/lib/links/schema";
import { serve } from "@/lib/server/api";
import { toPublicError } from "@/lib/server/result";
import { withOwner } from "../../scripts/platform/roles";
import { makeKeyOf } from "../integration/api/client";
import { type Busy, makeBusyWorkspace } from "../support/busy";
import { fieldsOf, inputOf, type Schema, schemaOf } from "../support/foreign";
import { idNamed, type Rows, rowsOfWorkspace } from "../support/foreign-rows";

let busy: Busy;
let rows: Rows;
const handle = serve(endpoints);
const keys = new Map<string, string>();

beforeAll(async () => {
  busy = await makeBusyWorkspace("Under fire");
  rows = await withOwner(process.env.DATABASE_OWNER_URL ?? "", (owner) => rowsOfWorkspace(owner, busy.workspace.id));
}, 60_000);

/** A key for so many requests that no limit answers in place of what is tested. */
async function keyOf(role: Role, group: string): Promise<string> {
  const name = `${role} ${group}`;
  const known = keys.get(name);
  if (known) return known;
  const { secret } = await makeKeyOf(busy.owner, role);
  keys.set(name, secret);
  return secret;
}

type Answer = { status: number; text: string; took: number };

async function send(role: Role, method: string, path: string, body?: string): Promise<Answer> {
  const authorization = `Bearer ${await keyOf(role, path.split("?")[0] ?? "")}`;
  const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const begun = performance.now();
  const response = await handle(
    new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: { authorization, "if-match": '"999"', ...type },
      body: body ?? null,
    }),
  );
  return { status: response.status, text: await response.text(), took: performance.now() - begun };
}

const nounOf = (path: string) => path.split("/")[1] ?? "";
const pathWith = (path: string) =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => idNamed(rows, name, nounOf(path)));
const bodyWith = (path: string, schema: Schema, extra: string[] = []) =>
  inputOf(schema, { id: (name) => (name === "id" ? crypto.randomUUID() : idNamed(rows, name, nounOf(path))) }, extra);

/** Puts a value in the place of a field, as deep as it lies. */
function put(input: unknown, [first, ...rest]: string[], value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(input)) return input.map((each) => put(each, [first, ...rest], value));
  const object = (typeof input === "object" && input !== null ? input : {}) as Record<string, unknown>;
  return { ...object, [first]: put(object[first], rest, value) };
}

const writes = endpoints.flatMap(({ method, path, body, accepts }) =>
  body && accepts === "json" && method !== "GET" ? [{ method, path, schema: schemaOf(body) }] : [],
);
const reads = endpoints.filter(({ method, answers }) => method === "GET" && answers === "json");

const sql = [
  "' or 1=1 --",
  "'; select pg_sleep(5); --",
  '" or ""="',
  "1)) or pg_sleep(5) is null--",
  "\\'; drop table customers; --",
  "$$ || (select version()) || $$",
  "%' escape '!' or '1'='1",
  `$\{7*7}{{7*7}}<%= 7*7 %>`,
  "name); insert into members default values; --",
  "\u0130\u0131\uFF07 or 1=1",
];

describe("I01 a text is a text, wherever it is sent", () => {
  test("in every parameter of every read: no error of the server, no waiting, nothing of the database", async () => {
    const wrong: string[] = [];
    for (const { path, query } of reads) {
      const names = query ? Object.keys(query.shape) : ["q", "sort"];
      for (const name of [...names, "fields", "expand"])
        for (const attack of sql) {
          const { status, text, took } = await send(
            "manager",
            "GET",
            `${pathWith(path)}?${name}=${encodeURIComponent(attack)}`,
          );
          if (status >= 500 || took > 4_000 || /syntax error|PostgreSQL|prisma|22P02/i.test(text))
            wrong.push(`${path} ${name}=${attack} ${status} ${Math.round(took)}`);
        }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test("in every field of every write, and in the names of custom fields", async () => {
    const wrong: string[] = [];
    for (const { method, path, schema } of writes)
      for (const { path: names } of fieldsOf(schema).slice(0, 40))
        for (const attack of [sql[1], sql[4]]) {
          const input = put(bodyWith(path, schema, names), names, attack);
          const { status, text, took } = await send("manager", method, pathWith(path), JSON.stringify(input));
          if (status >= 500 || took > 4_000 || /syntax error|PostgreSQL|prisma/i.test(text))
            wrong.push(`${method} ${path} ${names.join(".")} ${status} ${text.slice(0, 200)}`);
        }
    const fields = { fields: { [String(sql[1])]: sql[1], "a'b": 1, constructor: "x" } };
    const custom = await send("manager", "POST", `/customers/${busy.customerId}/fields`, JSON.stringify(fields));
    expect(custom.status).toBeLessThan(500);
    expect(wrong).toEqual([]);
    const still = await send("manager", "GET", "/customers");
    expect(still.status).toBe(200);
  }, 120_000);
});

describe("I02 an operator of the database is no value", () => {
  test("in any field of any input", async () => {
    const wrong: string[] = [];
    for (const { method, path, schema } of writes)
      for (const { path: names, schema: field } of fieldsOf(schema)) {
        const takesObjects = JSON.stringify(field).includes('"object"') || Object.keys(field).length === 0;
        if (takesObjects) continue;
        for (const operator of [{ not: "" }, { contains: "a" }, { set: "x" }, ["a", { in: [] }]]) {
          const input = put(bodyWith(path, schema, names), names, operator);
          const { status } = await send("owner", method, pathWith(path), JSON.stringify(input));
          if (status !== 400 && status !== 403 && status !== 404) wrong.push(`${path} ${names.join(".")} ${status}`);
        }
      }
    expect(wrong).toEqual([]);
  }, 120_000);

  test("in any query", async () => {
    for (const query of ["q[contains]=a", "q[not]=", "stage[in][]=x", "where={}", "orderBy[name]=asc", "limit[gt]=1"])
      expect([query, (await send("manager", "GET", `/customers?${encodeURI(query)}`)).status]).toEqual([query, 400]);
  });
});

describe("O10 a field that is not asked for", () => {
  test("is refused by every write, whatever it would have set", async () => {
    const extras = {
      role: "owner",
      roles: ["owner"],
      workspaceId: crypto.randomUUID(),
      tenantId: 1,
      id: crypto.randomUUID(),
      isAdmin: true,
      emailVerified: true,
      score: 9,
      createdAt: "2020-01-01T00:00:00Z",
    };
    const wrong: string[] = [];
    for (const { method, path, schema } of writes) {
      const choices = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
      const unasked = Object.entries(extras).filter(
        ([name]) => !choices.some(({ properties = {} }) => name in properties),
      );
      const body = { ...(bodyWith(path, schema) as object), ...Object.fromEntries(unasked) };
      const { status, text } = await send("owner", method, pathWith(path), JSON.stringify(body));
      const unnamed = unasked.filter(([name]) => status !== 400 || !text.includes(`"/${name}"`));
      if (unnamed.length > 0) wrong.push(`${method} ${path} ${status} ${unnamed.map(([name]) => name)}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("N06, I11 what JavaScript takes for its own", () => {
  const polluted = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x"}';

  test("is an unknown field or a plain text, and no object learns anything", async () => {
    const wrong: string[] = [];
    for (const { method, path, schema } of writes) {
      const sound = JSON.stringify(bodyWith(path, schema)) ?? "{}";
      const inside = sound === "{}" ? polluted : `${sound.slice(0, -1)},${polluted.slice(1)}`;
      for (const body of [polluted, inside]) {
        const { status } = await send("manager", method, pathWith(path), body);
        if (status !== 400) wrong.push(`${method} ${path} ${status}`);
      }
    }
    const custom = `{"fields":${polluted}}`;
    expect((await send("manager", "POST", `/customers/${busy.customerId}/fields`, custom)).status).toBeLessThan(500);
    expect(wrong).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  test("whatever JSON is sent, the answer is one of ours", async () => {
    const [create] = writes.filter(({ path }) => path === "/customers");
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...writes), async (value, { method, path }) => {
        const { status } = await send("osc", method, pathWith(path), JSON.stringify(value));
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
    expect(create).toBeDefined();
  }, 60_000);
});

describe("R10 what is too much", () => {
  test("pages, lists and texts have an end, and a statement does too", async () => {
    const many = Array.from({ length: 2_000 }, () => `stage=${crypto.randomUUID()}`).join("&");
    for (const [path, status] of [
      ["/customers?limit=1000000000", 400],
      ["/customers?limit=201", 400],
      [`/customers?${many}`, 400],
      [`/customers?q=${"x".repeat(5_000)}`, 400],
      [`/customers?cursor=${"A".repeat(501)}`, 400],
      ["/events?limit=99999", 400],
      [`/search?q=${"%25_".repeat(60)}`, 200],
    ] as const)
      expect([path.slice(0, 30), (await send("manager", "GET", path)).status]).toEqual([path.slice(0, 30), status]);
    const body = JSON.stringify({ customers: Array.from({ length: 501 }, () => ({})) });
    expect((await send("manager", "POST", "/customers:batch", body)).status).toBe(400);
  });
});

describe("R10 a statement that takes too long", () => {
  test("is ended by the database, and the answer is to come back later", async () => {
    const slow = databaseTransaction(busy.workspace.id, async (db) => {
      await db.$executeRaw`set local statement_timeout = 20`;
      await db.$queryRaw`select 1 from pg_sleep(2)`;
    });
    const error = await slow.then(
      () => null,
      (thrown: unknown) => toPublicError(thrown),
    );
    expect(error).toMatchObject({ code: "unavailable" });
  });

  test("has five seconds where a person waits for it, and half a minute in the worker", async () => {
    const limit = async (runtime: string) => {
      vi.stubEnv("NEXT_RUNTIME", runtime);
      await closeDatabase();
      const rows = await databaseTransaction(
        busy.workspace.id,
        (db) => db.$queryRaw<{ limit: string }[]>`select current_setting('statement_timeout') as limit`,
      );
      return rows[0]?.limit;
    };
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await closeDatabase();
    });
    expect([await limit("nodejs"), await limit("")]).toEqual(["5s", "30s"]);
  });
});

describe("P01 another site", () => {
  test("gets no leave to read by a browser, whoever it says it is", async () => {
    for (const method of ["GET", "OPTIONS"]) {
      const response = await handle(
        new Request("http://localhost/api/v1/customers", {
          method,
          headers: {
            origin: "https://evil.test",
            authorization: `Bearer ${await keyOf("osc", "cors")}`,
            "access-control-request-method": "GET",
          },
        }),
      );
      const granted = [...response.headers.keys()].filter((name) => name.startsWith("access-control-"));
      expect([method, granted]).toEqual([method, []]);
    }
  });
});

describe("P08 what a customer sends from her own page", () => {
  test("is a question and nothing else: no consent, no owner, no state comes with it", () => {
    const question = { id: crypto.randomUUID(), text: "May the outlet still move?" };
    expect(AskQuestion.safeParse(question).success).toBe(true);
    const more = {
      consent: true,
      customerId: rows.get("customers"),
      oscId: rows.get("members"),
      createdAt: "2020-01-01",
    };
    for (const [name, value] of Object.entries({ ...more, direction: "outbound", isAutomated: false }))
      expect([name, AskQuestion.safeParse({ ...question, [name]: value }).success]).toEqual([name, false]);
    expect(StopMessages.safeParse({ customerId: rows.get("customers") }).success).toBe(false);
  });
});
