import pg from "pg";
import { describe, expect, test } from "vitest";
import { customerEndpoints } from "@/lib/api/customers";
import { eventEndpoints } from "@/lib/api/events";
import { interactionEndpoints } from "@/lib/api/interactions";
import { journeyEndpoints } from "@/lib/api/journeys";
import { keyEndpoints } from "@/lib/api/keys";
import { database, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { revokeKey } from "@/lib/keys/commands";
import type { Problem } from "@/lib/server/api-problem";
import { type Client, makeClient, makeCustomer, makeKeyOf } from "./client";

const endpoints = [
  ...customerEndpoints,
  ...interactionEndpoints,
  ...journeyEndpoints,
  ...eventEndpoints,
  ...keyEndpoints,
];

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({
    type: expect.stringMatching(/^\/docs\/api#[a-z_]+$/),
    title: expect.any(String),
    status: response.status,
    detail: expect.any(String),
    instance: `urn:request:${response.headers.get("x-request-id")}`,
  });
  expect(problem.errors.length).toBeGreaterThan(0);
  for (const each of problem.errors)
    expect(each).toMatchObject({ pointer: expect.any(String), code: expect.any(String) });
  return problem;
}

const count = (client: Client, table: "customer" | "interaction") =>
  inWorkspace(client.ctx.workspaceId, () =>
    table === "customer"
      ? database().customer.count({ where: { workspaceId: client.ctx.workspaceId } })
      : database().interaction.count({ where: { workspaceId: client.ctx.workspaceId } }),
  );

describe("keys", () => {
  test("A13 none, a malformed, an unknown and a revoked key are all answered 401", async () => {
    const client = await makeClient(endpoints);
    const other = await makeClient(endpoints);
    const revoked = await makeKeyOf(client.ctx, "osc");
    await inWorkspace(client.ctx.workspaceId, () => revokeKey({ ...client.ctx, roles: ["owner"] }, { id: revoked.id }));
    const [, slug] = client.key.split("_");
    const [, , foreignSecret] = other.key.split("_");
    const wrong = [
      "",
      "Bearer ",
      "Bearer nonsense",
      `Basic ${client.key}`,
      client.key,
      `Bearer ${revoked.secret}`,
      `Bearer ${client.key.slice(0, -1)}${client.key.endsWith("x") ? "y" : "x"}`,
      `Bearer wh_${slug}_${foreignSecret}`,
      `Bearer wh_nowhere_${foreignSecret}`,
    ];
    for (const authorization of wrong) {
      const response = await client.send("GET", "/events", { headers: { authorization } });
      expect([authorization, response.status]).toEqual([authorization, 401]);
      expect(response.headers.get("www-authenticate")).toContain("Bearer");
      await problemOf(response);
    }
  });

  test("A13 a key is taken from the header only, and a session cookie opens nothing", async () => {
    const client = await makeClient(endpoints);
    const inUrl = await client.send("GET", `/events?key=${client.key}`, { headers: { authorization: "" } });
    expect(inUrl.status).toBe(401);
    const cookie = await client.send("GET", "/events", {
      headers: { authorization: "", cookie: `wheelhouse.session=${client.key}` },
    });
    expect(cookie.status).toBe(401);
  });

  test("A13 only the hash of a key is stored, and its use is noted", async () => {
    const client = await makeClient(endpoints);
    await client.send("GET", "/events");
    const rows = await inWorkspace(client.ctx.workspaceId, () =>
      database().apiKey.findMany({ where: { workspaceId: client.ctx.workspaceId } }),
    );
    expect(rows).toMatchObject([{ secretHash: expect.stringMatching(/^[0-9a-f]{64}$/), tail: client.key.slice(-4) }]);
    expect(JSON.stringify(rows)).not.toContain(client.key.split("_")[2]);
    expect(rows[0]?.lastUsedAt).toBeInstanceOf(Date);
  });

  test("a key acts with its own role, and a refused write leaves one audit row", async () => {
    const osc = await makeClient(endpoints);
    const customerId = await makeCustomer(osc);
    const qa = await osc.as("qa");
    const refused = await qa.send("POST", "/interactions", {
      body: { customerId, medium: "phone", direction: "outbound" },
    });
    expect(refused.status).toBe(403);
    await problemOf(refused);
    const rows = await inWorkspace(osc.ctx.workspaceId, () =>
      database().auditEntry.findMany({ where: { workspaceId: osc.ctx.workspaceId, action: "write.refused" } }),
    );
    expect(rows.map((row) => row.subject)).toEqual(["POST /interactions"]);
  });

  test("nobody hands out a role above her own", async () => {
    const admin = await makeClient(endpoints, "admin");
    expect((await admin.send("POST", "/keys", { body: { name: "Crown", role: "owner" } })).status).toBe(422);
    expect((await admin.send("POST", "/keys", { body: { name: "Day", role: "osc" } })).status).toBe(201);
    const osc = await admin.as("osc");
    expect((await osc.send("POST", "/keys", { body: { name: "Mine", role: "osc" } })).status).toBe(403);
  });
});

describe("another workspace", () => {
  test("O19 its ids are answered like ids that never existed, and nothing there changes", async () => {
    const mine = await makeClient(endpoints);
    const theirs = await makeClient(endpoints);
    const customerId = await makeCustomer(theirs);
    const before = await count(theirs, "interaction");
    for (const id of [customerId, newId(), "not-an-id"]) {
      const answers = [
        await mine.send("GET", `/customers/${id}`),
        await mine.send("GET", `/customers/${id}/interactions`),
        await mine.send("GET", `/customers/${id}/journeys`),
        await mine.send("PATCH", `/customers/${id}`, { body: { name: "Mine now" }, headers: { "if-match": '"1"' } }),
        await mine.send("POST", `/customers/${id}/transitions`, { body: { toStageId: newId() } }),
      ];
      for (const response of answers) {
        expect([id, response.status]).toEqual([id, 404]);
        const text = JSON.stringify(await problemOf(response));
        expect(text).not.toContain("Cora");
      }
    }
    expect(await count(theirs, "interaction")).toBe(before);
  });
});

describe("input", () => {
  test("O10 unknown fields are named one by one and nothing is written", async () => {
    const client = await makeClient(endpoints);
    const extras = {
      role: "owner",
      workspaceId: newId(),
      id: newId(),
      isAdmin: true,
      createdAt: "2020-01-01",
      score: 9,
    };
    for (const [name, value] of Object.entries(extras)) {
      const response = await client.send("POST", "/customers", {
        body: { persons: [{ name: "Cora" }], [name]: value },
      });
      expect([name, response.status]).toEqual([name, 400]);
      const { errors } = await problemOf(response);
      expect(errors).toMatchObject([{ pointer: `/${name}`, code: "unrecognized_keys" }]);
    }
    expect(await count(client, "customer")).toBe(0);
  });

  test("O07 queries take known names once", async () => {
    const client = await makeClient(endpoints);
    for (const query of [
      "include=workspace.users",
      "limit=1&limit=2",
      "limit=500",
      "limit=x",
      "limit=1%00",
      "after=-1",
    ])
      expect([query, (await client.send("GET", `/events?${query}`)).status]).toEqual([query, 400]);
  });

  test("P04, N09 bodies that are too large, not JSON, ambiguous or unstorable are refused by their own status", async () => {
    const client = await makeClient(endpoints);
    const post = (raw: BodyInit, type = "application/json") =>
      client.send("POST", "/customers", { raw, headers: { "content-type": type } });
    const cases: [string, Response, number][] = [
      ["large", await post(`{"name":"${"x".repeat(1_100_000)}"}`), 413],
      ["text", await post("{}", "text/plain"), 415],
      ["form", await post("a=1", "application/x-www-form-urlencoded"), 415],
      ["syntax", await post("{"), 400],
      ["array", await post("[]"), 400],
      ["duplicate", await post('{"name":"a","name":"b"}'), 400],
      ["escaped duplicate", await post('{"name":"a","n\\u0061me":"b"}'), 400],
      ["deep", await post(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), 400],
      ["bad utf-8", await post(new Uint8Array([0x7b, 0xff, 0x7d])), 400],
      ["nul", await post('{"name":"a\\u0000"}'), 400],
      ["lone surrogate", await post('{"name":"a\\ud800"}'), 400],
      ["many fields", await post(`{${Array.from({ length: 50_000 }, (_, i) => `"f${i}":1`).join(",")}}`), 400],
    ];
    for (const [name, response, status] of cases) {
      expect([name, response.status]).toEqual([name, status]);
      await problemOf(response);
    }
    expect(await count(client, "customer")).toBe(0);
  });

  test("unknown paths and methods are told apart", async () => {
    const client = await makeClient(endpoints);
    expect((await problemOf(await client.send("GET", "/nothing"))).status).toBe(404);
    const wrong = await client.send("DELETE", "/customers");
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("GET, POST");
    await problemOf(wrong);
  });

  test("N10 no answer may be kept by a cache that others share", async () => {
    const client = await makeClient(endpoints);
    const id = await makeCustomer(client);
    for (const path of ["/customers", `/customers/${id}`, `/customers/${newId()}`, "/events", "/keys", "/nothing"]) {
      const { headers } = await client.send("GET", path);
      expect([path, headers.get("cache-control")]).toEqual([path, "private, no-store"]);
    }
  });

  test("a request id comes back, an odd one is replaced", async () => {
    const client = await makeClient(endpoints);
    const echoed = await client.send("GET", "/events", { headers: { "x-request-id": "abc-123" } });
    expect(echoed.headers.get("x-request-id")).toBe("abc-123");
    const replaced = await client.send("GET", "/events", { headers: { "x-request-id": "a b<script>" } });
    expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("versions", () => {
  test("a row carries an ETag; unchanged it is 304, and a PATCH must name it", async () => {
    const client = await makeClient(endpoints);
    const id = await makeCustomer(client);
    const first = await client.send("GET", `/customers/${id}`);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"\d+\.[0-9a-f]{16}"$/);
    const again = await client.send("GET", `/customers/${id}`, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const without = await client.send("PATCH", `/customers/${id}`, { body: { place: "Haifa" } });
    expect((await problemOf(without)).status).toBe(428);
    const changed = await client.send("PATCH", `/customers/${id}`, {
      body: { place: "Haifa" },
      headers: { "if-match": etag },
    });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
    const stale = await client.send("PATCH", `/customers/${id}`, {
      body: { place: "Akko" },
      headers: { "if-match": etag },
    });
    const problem = await problemOf(stale);
    expect(problem).toMatchObject({ status: 412, current: { place: "Haifa" } });
    const cleared = await client.send("PATCH", `/customers/${id}`, {
      body: { place: null },
      headers: { "if-match": changed.headers.get("etag") ?? "" },
    });
    expect(await cleared.json()).toMatchObject({ place: null });
  });

  test("R01 of fifty editors of one version one gets through and 49 are told", async () => {
    const client = await makeClient(endpoints);
    const id = await makeCustomer(client);
    const etag = (await client.send("GET", `/customers/${id}`)).headers.get("etag") ?? "";
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const response = await client.send("PATCH", `/customers/${id}`, {
          body: { place: `Place ${index}` },
          headers: { "if-match": etag },
        });
        return response.status;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(49);
  });
});

describe("idempotency", () => {
  const body = { persons: [{ name: "Ida Once", phones: ["+972 50 123 4567"] }], duplicates: "create" };

  test("P03 the same key a hundred times at once makes one customer and one reply", async () => {
    const client = await makeClient(endpoints);
    const key = newId();
    const replies = await Promise.all(
      Array.from({ length: 100 }, () =>
        client.send("POST", "/customers", { body, headers: { "idempotency-key": key } }),
      ),
    );
    expect([...new Set(replies.map((reply) => reply.status))]).toEqual([201]);
    expect(new Set(await Promise.all(replies.map((reply) => reply.text()))).size).toBe(1);
    expect(replies.filter((reply) => reply.headers.get("idempotency-replayed") === null)).toHaveLength(1);
    expect(await count(client, "customer")).toBe(1);
  });

  test("P03 another body under the key is refused, another workspace is independent", async () => {
    const client = await makeClient(endpoints);
    const other = await makeClient(endpoints);
    const headers = { "idempotency-key": "fixed-key" };
    expect((await client.send("POST", "/customers", { body, headers })).status).toBe(201);
    const differing = await client.send("POST", "/customers", { body: { ...body, place: "Haifa" }, headers });
    expect((await problemOf(differing)).status).toBe(422);
    const elsewhere = await other.send("POST", "/customers", { body, headers });
    expect([elsewhere.status, elsewhere.headers.get("idempotency-replayed")]).toEqual([201, null]);
    expect([await count(client, "customer"), await count(other, "customer")]).toEqual([1, 1]);
  });

  test("a refused write keeps no reply, so that it may be tried again", async () => {
    const client = await makeClient(endpoints);
    const headers = { "idempotency-key": newId() };
    const unknown = { customerId: newId(), medium: "phone", direction: "outbound" };
    expect((await client.send("POST", "/interactions", { body: unknown, headers })).status).toBe(404);
    const known = { ...unknown, customerId: await makeCustomer(client) };
    expect((await client.send("POST", "/interactions", { body: known, headers })).status).toBe(201);
  });
});

describe("limits", () => {
  test("every answer says how much is left, and too many are told when to come back", async () => {
    const client = await makeClient(endpoints);
    const first = await client.send("GET", "/events");
    expect(first.headers.get("ratelimit-policy")).toBe('"reads";q=1000;w=10');
    expect(first.headers.get("ratelimit")).toMatch(/^"reads";r=999;t=\d+$/);
    const statuses = new Map<number, number>();
    let refused: Response | undefined;
    for (let round = 0; round < 26; round++) {
      const replies = await Promise.all(Array.from({ length: 10 }, () => client.send("POST", "/nothing")));
      for (const reply of replies) {
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        if (reply.status === 429) refused = reply;
      }
    }
    expect(statuses.get(404)).toBe(250);
    expect(refused?.headers.get("retry-after")).toMatch(/^\d+$/);
    if (refused) await problemOf(refused);

    const query = pg.Client.prototype.query;
    let statements = 0;
    pg.Client.prototype.query = function seen(this: pg.Client, ...args: unknown[]) {
      statements += 1;
      return Reflect.apply(query, this, args);
    } as typeof query;
    try {
      const held = await client.send("POST", "/nothing");
      expect([held.status, statements], "P02 a spent key asks nothing of the database").toEqual([429, 0]);
      expect(Number(held.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(held.headers.get("ratelimit")).toMatch(/^"writes";r=0;t=\d+$/);
      expect((await client.send("GET", "/events")).status, "what is left of the other kind stays").toBe(200);
      expect(statements).toBeGreaterThan(0);
    } finally {
      pg.Client.prototype.query = query;
    }
  });
});

describe("events", () => {
  test("pages of what happened lead to the end without gap or repetition", async () => {
    const client = await makeClient(endpoints);
    for (let index = 0; index < 5; index++) await makeCustomer(client, `Cora ${index}`);
    const seen: number[] = [];
    for (let path: string | null = "/events?after=0&limit=3"; path; ) {
      const response: Response = await client.send("GET", path);
      const page = (await response.json()) as { data: { seq: number }[]; nextCursor: string | null };
      seen.push(...page.data.map((event) => event.seq));
      const link: string | null = response.headers.get("link");
      expect(link?.includes('rel="next"') ?? false).toBe(page.nextCursor !== null);
      path = link ? (/<\/api\/v1([^>]+)>; rel="next"/.exec(link)?.[1] ?? null) : null;
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(5);
  });
});
