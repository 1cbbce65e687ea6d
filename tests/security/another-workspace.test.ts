import pg from "pg";
import { symbols } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import type { Role } from "@/lib/auth/roles";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { log } from "@/lib/log";
import { serve } from "@/lib/server/api";
import type { Endpoint } from "@/lib/server/api-endpoint";
import { record, transaction } from "@/lib/transaction";
import { makeKeyOf } from "../integration/api/client";
import { type Busy, makeBusyWorkspace } from "../support/busy";
import { plantCanary } from "../support/canary";
import { type Dump, differences, dumpWorkspace } from "../support/dump";
import { fieldsOf, inputOf, schemaOf, takesId } from "../support/foreign";
import { idNamed, type Rows, rowsOfWorkspace } from "../support/foreign-rows";
import { contextOf, makeCustomer } from "../support/story";

const secret = "canary7f3a91c2";
const roles = ["owner", "admin", "manager", "osc"] as const satisfies readonly Role[];

let owner: pg.Client;
let ours: Busy;
let theirs: Busy;
let ourRows: Rows;
let theirRows: Rows;
let before: Dump;
const keys = new Map<Role, string>();
const logged: string[] = [];
let refusedWrites = 0;

const handle = serve(endpoints);

type Answer = { status: number; text: string };

/** Sends a request of ours; whatever comes back, the secret of the others is not in it. */
async function send(role: Role, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = { authorization: `Bearer ${keys.get(role)}`, "if-match": '"1"' };
  if (body !== undefined) headers["content-type"] = "application/json";
  const request = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
  const response = await handle(new Request(`http://localhost/api/v1${path}`, request));
  const text = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
  expect(text.includes(secret), `T18 ${method} ${path}`).toBe(false);
  expect(response.status, `${method} ${path} ${text}`).toBeLessThan(500);
  if (method !== "GET" && [403, 404].includes(response.status)) refusedWrites += 1;
  return { status: response.status, text };
}

const nounOf = ({ path }: Endpoint) => path.split("/")[1] ?? "";
const pathWith = (endpoint: Endpoint, rows: Rows) =>
  endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => idNamed(rows, name, nounOf(endpoint)));

/** Inputs whose rules no schema tells. */
const written: Record<string, object> = {
  "/calendars/{id}": { name: "Week", timeZone: "UTC", hours: { 1: [[540, 1020]] }, holidays: [] },
};

/** The least that the query of a read has to say, "" where it may say nothing. */
function queryOf({ query }: Endpoint): string {
  const least = query ? inputOf(schemaOf(query), { id: () => "" }) : {};
  const text = new URLSearchParams(least as Record<string, string>).toString();
  return text && `?${text}`;
}

const bodyWith = ({ path, body }: Endpoint, id: (name: string) => string, extra: string[] = []) =>
  body ? (written[path] ?? inputOf(schemaOf(body), { id }, extra)) : undefined;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await owner.connect();
  ours = await makeBusyWorkspace("Ours");
  theirs = await makeBusyWorkspace("Theirs");
  [ourRows, theirRows] = [
    await rowsOfWorkspace(owner, ours.workspace.id),
    await rowsOfWorkspace(owner, theirs.workspace.id),
  ];
  for (const role of roles) keys.set(role, (await makeKeyOf(ours.owner, role)).secret);
  const planted = await plantCanary(owner, theirs.workspace.id, secret);
  expect(planted.length).toBeGreaterThan(90);
  for (const place of [
    "customers.name",
    "customers.notes",
    "contact_points.value",
    "interactions.summary",
    "mails.text",
  ])
    expect(planted).toContain(place);
  before = await dumpWorkspace(theirs.workspace.id);
  const stream = Reflect.get(log, symbols.streamSym) as { write(line: string): void };
  stream.write = (line) => void logged.push(line);
}, 120_000);

afterAll(() => owner.end());

describe("T18 what another workspace holds", () => {
  test("is found by its own key, so that the search finds it where it is", async () => {
    const { secret: key } = await makeKeyOf(theirs.owner, "manager");
    const response = await handle(
      new Request(`http://localhost/api/v1/customers/${theirs.customerId}`, {
        headers: { authorization: `Bearer ${key}` },
      }),
    );
    expect([response.status, (await response.text()).includes(secret)]).toEqual([200, true]);
    before = await dumpWorkspace(theirs.workspace.id);
  });

  test("O08, A07 shows in no read of ours: lists, rows, reports, exports, search, shaped or whole; and reading changes nothing", async () => {
    const answered = new Map<string, number>();
    const kept = () => dumpWorkspace(ours.workspace.id, { except: ["api_keys"] }); // which know when they were used
    const own = await kept();
    for (const endpoint of endpoints.filter(({ method }) => method === "GET")) {
      for (const role of roles) {
        const queries = ["", `?q=${secret}`, `?customerId=${theirs.customerId}`, "?expand=osc,currentTouchpoint"];
        for (const query of endpoint.path.includes("{") ? [queryOf(endpoint)] : queries) {
          const { status } = await send(role, "GET", `${pathWith(endpoint, ourRows)}${query}`);
          if (status === 200) answered.set(endpoint.path, (answered.get(endpoint.path) ?? 0) + 1);
        }
      }
    }
    const unread = endpoints.filter(({ method, path }) => method === "GET" && !answered.has(path));
    expect(unread.map(({ path }) => path)).toEqual([]);
    expect(differences(own, await kept())).toEqual({});
  });

  test("O01, O05 is 404 by its ids in paths, and nothing by its ids in queries", async () => {
    const wrong: string[] = [];
    for (const endpoint of endpoints.filter(({ method, path }) => method === "GET" && path.includes("{")))
      for (const role of roles) {
        const { status } = await send(role, "GET", `${pathWith(endpoint, theirRows)}${queryOf(endpoint)}`);
        if (status !== 404 && status !== 403) wrong.push(`${role} ${endpoint.path} ${status}`);
      }
    expect(wrong).toEqual([]);
    for (const { path, query } of endpoints)
      for (const { path: names, schema } of query && !path.includes("{") ? fieldsOf(schemaOf(query)) : []) {
        const name = names.at(-1) ?? "";
        if (!takesId(schema)) continue;
        const { status, text } = await send("manager", "GET", `${path}?${name}=${idNamed(theirRows, name)}`);
        // The import behind which a page begins is compared, never looked up.
        const isNothing = status === 404 || status === 400 || text.includes('"data":[]') || name === "before";
        expect([path, name, isNothing]).toEqual([path, name, true]);
      }
  });
});

describe("writing into another workspace", () => {
  test("O02, O14 a row of theirs named in the path is not there, whatever is done to it", async () => {
    const wrong: string[] = [];
    const notFound = new Set<string>();
    const writes = endpoints.filter(({ method, path }) => method !== "GET" && path.includes("{"));
    for (const endpoint of writes)
      for (const role of roles) {
        const body = bodyWith(endpoint, (name) => idNamed(ourRows, name, nounOf(endpoint)));
        const { status } = await send(role, endpoint.method, pathWith(endpoint, theirRows), body);
        const name = `${endpoint.method} ${endpoint.path}`;
        if (status === 404) notFound.add(name);
        else if (status !== 403) wrong.push(`${role} ${name} ${status}`);
      }
    expect(wrong).toEqual([]);
    expect(writes.map(({ method, path }) => `${method} ${path}`).filter((name) => !notFound.has(name))).toEqual([]);
  });

  test("O04, O05 an id of theirs in an input of ours is refused, field by field", async () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const endpoint of endpoints) {
      if (!endpoint.body || endpoint.accepts !== "json") continue;
      for (const { path: names, schema } of fieldsOf(schemaOf(endpoint.body))) {
        const field = names.at(-1) ?? "";
        if (!takesId(schema) || field === "id") continue;
        const id = (name: string) => {
          if (name === "id") return crypto.randomUUID();
          if (name === "loserId" && name !== field) return ours.customerId;
          return idNamed(name === field ? theirRows : ourRows, name, nounOf(endpoint));
        };
        const body = bodyWith(endpoint, id, names);
        for (const role of ["manager", "owner"] as const) {
          tried += 1;
          const { status } = await send(role, endpoint.method, pathWith(endpoint, ourRows), body);
          // 400 would mean that the id was never looked at.
          if (status <= 400) wrong.push(`${role} ${endpoint.method} ${endpoint.path} ${names.join(".")} ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(60);
  });

  test("has changed nothing there, brought nothing here, and every refusal is in our audit log once", async () => {
    expect(differences(before, await dumpWorkspace(theirs.workspace.id))).toEqual({});
    const foreign = [...theirRows.values()];
    const here = JSON.stringify(await dumpWorkspace(ours.workspace.id));
    expect(foreign.filter((id) => here.includes(id))).toEqual([]);
    expect(here.includes(secret)).toBe(false);
    const where = { workspaceId: ours.workspace.id, action: "write.refused" };
    expect(await databaseTransaction(ours.workspace.id, (db) => db.auditEntry.count({ where }))).toBe(refusedWrites);
  });
});

describe("T16, T18 beside the answers", () => {
  test("a stream of ours tells of our events and of none of theirs", async () => {
    const stopping = new AbortController();
    const response = await handle(
      new Request("http://localhost/api/v1/events?after=0", {
        headers: { authorization: `Bearer ${keys.get("manager")}`, accept: "text/event-stream" },
        signal: stopping.signal,
      }),
    );
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await inWorkspace(theirs.workspace.id, () =>
      transaction(theirs.owner, async (ctx) => {
        record(ctx, "customer.created", { subject: `customer:${theirs.customerId}`, customerId: theirs.customerId });
      }),
    );
    const now = await contextOf(ours.workspace, ours.osc, new Date());
    await makeCustomer(now, ours.osc, { name: "Lately Arrived" });
    const last = await databaseTransaction(ours.workspace.id, (db) =>
      db.event.findFirstOrThrow({ where: { workspaceId: ours.workspace.id }, orderBy: { seq: "desc" } }),
    );
    let text = "";
    while (!text.includes(`id: ${last.seq}\n`)) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
      if (done) break;
      text += value;
    }
    stopping.abort();
    expect(text).toContain("customer.created");
    expect(text).not.toContain(secret);
    expect([...theirRows.values()].filter((id) => text.includes(id))).toEqual([]);
  });

  test("neither mails nor the log hold a word of theirs", async () => {
    const mails = await databaseTransaction(ours.workspace.id, (db) =>
      db.mail.findMany({ where: { workspaceId: ours.workspace.id } }),
    );
    expect(mails.length).toBeGreaterThan(0);
    expect(JSON.stringify(mails, (_key, value) => (typeof value === "bigint" ? Number(value) : value))).not.toContain(
      secret,
    );
    log.info("the log is heard");
    expect(logged.join("")).toContain("the log is heard");
    expect(logged.join("")).not.toContain(secret);
  });

  test("O09 secrets go in and never come out: of keys, providers, passwords, links", async () => {
    const hidden = await owner.query<{ text: string }>(
      `select secret_hash as text from api_keys where workspace_id = $1
       union all select client_secret from oidc_connections where workspace_id = $1
       union all select token_hash from invitations where workspace_id = $1`,
      [ours.workspace.id],
    );
    expect(hidden.rows.length).toBeGreaterThan(4);
    const words = [...hidden.rows.map(({ text }) => text), `hush-${ours.workspace.slug}-hush`];
    for (const { path } of endpoints.filter(({ method }) => method === "GET")) {
      const endpoint = endpoints.find((each) => each.path === path && each.method === "GET");
      if (!endpoint) continue;
      const { text } = await send("owner", "GET", pathWith(endpoint, ourRows));
      expect([path, words.filter((word) => text.includes(word))]).toEqual([path, []]);
    }
  });
});
