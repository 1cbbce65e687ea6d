import { beforeAll, describe, expect, test } from "vitest";
import { apiDocument } from "@/lib/api/document";
import { endpoints } from "@/lib/api/routes";
import { database, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { type Client, makeClient, makeCustomer } from "./client";

type Row = Record<string, unknown>;
type Page = { data: Row[]; nextCursor: string | null; count?: { value: number; relation: string } };

let client: Client;
let id: string;

beforeAll(async () => {
  client = await makeClient(endpoints);
  id = await makeCustomer(client, "Fiona Field");
  for (const name of ["Gita Field", "Hana Field"]) await makeCustomer(client, name);
});

const read = async <T = Row>(path: string) => (await (await client.send("GET", path)).json()) as T;

describe("fields", () => {
  test("a row is cut down to the fields one names and its id", async () => {
    const whole = await read(`/customers/${id}`);
    expect(await read(`/customers/${id}?fields=name,place`)).toEqual({ id, name: whole.name, place: whole.place });
    const { data } = await read<Page>("/customers?fields=name");
    expect(data.map((row) => Object.keys(row).sort())).toEqual([
      ["id", "name"],
      ["id", "name"],
      ["id", "name"],
    ]);
  });

  test("O07 a field that there is not, or that lies deeper, is refused", async () => {
    const wrong = ["fields=secretHash", "fields=", "fields=name,,id", "fields=__proto__", "fields=persons.name"];
    for (const query of [...wrong, "expand=workspace", "expand=osc.user", "expand=", "fields=name&fields=id"])
      expect([query, (await client.send("GET", `/customers/${id}?${query}`)).status]).toEqual([query, 400]);
    expect((await client.send("GET", "/customers/all?fields=name")).status).toBe(404);
    expect((await client.send("GET", "/events?fields=seq")).status).toBe(400);
    expect((await client.send("POST", "/customers?fields=id", { body: { persons: [{ name: "X" }] } })).status).toBe(
      400,
    );
  });

  test("the tag of a part still names the version that a write must name", async () => {
    const part = await client.send("GET", `/customers/${id}?fields=name`);
    const etag = part.headers.get("etag") ?? "";
    const whole = await client.send("GET", `/customers/${id}`);
    expect(whole.headers.get("etag")).not.toBe(etag);
    const written = await client.send("PATCH", `/customers/${id}`, {
      body: { place: "Jaffa", segment: "new home" },
      headers: { "if-match": etag, "content-type": "application/merge-patch+json" },
    });
    expect(written.status).toBe(200);
    const cleared = await client.send("PATCH", `/customers/${id}`, {
      body: { place: null },
      headers: { "if-match": written.headers.get("etag") ?? "" },
    });
    expect(await cleared.json()).toMatchObject({ place: null, segment: "new home" });
  });
});

describe("expand", () => {
  test("the OSC and the current touchpoint come along with one customer and with a list", async () => {
    const { data: members } = await read<Page>("/members");
    const one = await read(`/customers/${id}?expand=osc,currentTouchpoint&fields=name,osc,currentTouchpoint`);
    expect(Object.keys(one).sort()).toEqual(["currentTouchpoint", "id", "name", "osc"]);
    expect(one.osc).toEqual(members[0]);
    const journeys = await read<Page>(`/customers/${id}/journeys`);
    expect(one.currentTouchpoint).toEqual(journeys.data[0]?.current);
    const list = await read<Page>("/customers?expand=osc");
    expect(list.data.map(({ osc }) => osc)).toEqual([members[0], members[0], members[0]]);
    expect(list.data[0]).not.toHaveProperty("currentTouchpoint");
  });
});

describe("lists", () => {
  test("say about how many there are when asked, where the next page is and where the first was", async () => {
    const first = await client.send("GET", "/customers?limit=1&count=estimate");
    const page = (await first.json()) as Page;
    expect(page.count).toEqual({ value: 3, relation: "eq" });
    expect(first.headers.get("link")).toBe(
      `</api/v1/customers?limit=1&count=estimate&cursor=${page.nextCursor}>; rel="next"`,
    );
    const second = await client.send("GET", `/customers?limit=1&cursor=${page.nextCursor}`);
    expect(second.headers.get("link")).toContain('</api/v1/customers?limit=1>; rel="first"');
    expect(await second.json()).not.toHaveProperty("count");
    const found = await read<Page>("/customers?q=fiona&count=estimate");
    expect(found.count).toEqual({ value: 1, relation: "eq" });
    expect((await client.send("GET", "/customers?count=exact")).status).toBe(400);
  });

  test("unchanged they answer 304, changed the whole again", async () => {
    const first = await client.send("GET", "/customers");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{16}"$/);
    const again = await client.send("GET", "/customers", { headers: { "if-none-match": `W/"x", ${etag}` } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    await makeCustomer(client, "Ines Field");
    expect((await client.send("GET", "/customers", { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  test("R08 a walk by pages while others arrive neither repeats nor misses who was there", async () => {
    const walker = await makeClient(endpoints);
    const there = new Set<string>();
    for (let index = 0; index < 25; index++) there.add(await makeCustomer(walker, `Stable ${index}`));
    const seen: string[] = [];
    for (let path: string | null = "/customers?limit=4&fields=name"; path; ) {
      const response = await walker.send("GET", path);
      seen.push(...((await response.json()) as Page).data.map((row) => String(row.id)));
      await makeCustomer(walker, "New arrival");
      const link: string = response.headers.get("link") ?? "";
      path = /<\/api\/v1([^>]+)>; rel="next"/.exec(link)?.[1] ?? null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...there].filter((each) => !seen.includes(each))).toEqual([]);
  });
});

describe("many customers at once", () => {
  const person = (name: string) => ({ persons: [{ name, emails: [`${newId()}@example.com`] }], duplicates: "create" });
  type Results = { data: { index: number; status: number; customer: { id: string } | null; problem: Row | null }[] };

  test("each succeeds or fails by herself, and a repetition with the same key makes nobody twice", async () => {
    const batcher = await makeClient(endpoints);
    const customers = [person("Ada"), { persons: [] }, { ...person("Bo"), role: "owner" }, "nobody", person("Cy")];
    const headers = { "idempotency-key": newId() };
    const refused = await batcher.send("POST", "/customers:batch", { body: { customers }, headers });
    expect(refused.status).toBe(400); // what is no object at all
    customers.splice(3, 1);
    const send = () => batcher.send("POST", "/customers:batch", { body: { customers }, headers });
    const first = (await (await send()).json()) as Results;
    expect(first.data.map(({ index, status }) => [index, status])).toEqual([
      [0, 201],
      [1, 400],
      [2, 400],
      [3, 201],
    ]);
    expect(first.data[2]?.problem).toMatchObject({ status: 400, errors: [{ pointer: "/role" }] });
    const second = (await (await send()).json()) as Results;
    expect(second.data.map(({ customer }) => customer?.id)).toEqual(first.data.map(({ customer }) => customer?.id));
    const { workspaceId } = batcher.ctx;
    expect(await inWorkspace(workspaceId, () => database().customer.count({ where: { workspaceId } }))).toBe(2);
  });

  test("at most 500, and only by who may edit", async () => {
    const customers = Array.from({ length: 501 }, () => person("Too many"));
    expect((await client.send("POST", "/customers:batch", { body: { customers } })).status).toBe(400);
    const auditor = await client.as("auditor");
    const refused = await auditor.send("POST", "/customers:batch", { body: { customers: [person("Nobody")] } });
    expect(refused.status).toBe(403);
  });
});

describe("the document", () => {
  test("tells of everything that an answer can be asked for", () => {
    const { paths } = JSON.parse(JSON.stringify(apiDocument())) as {
      paths: Record<string, Record<string, { parameters?: { name: string }[]; responses: Row; requestBody?: Row }>>;
    };
    const names = (path: string, method = "get") => paths[path]?.[method]?.parameters?.map(({ name }) => name) ?? [];
    for (const name of ["fields", "expand", "count", "cursor", "If-None-Match", "X-Request-Id", "traceparent"])
      expect(names("/customers")).toContain(name);
    expect(names("/events")).not.toContain("fields");
    expect(JSON.stringify(paths["/customers"]?.get?.responses)).toContain('"Link"');
    expect(JSON.stringify(paths["/customers/{id}"]?.get?.responses)).toContain("currentTouchpoint");
    expect(paths["/customers/{id}"]?.get?.responses).toHaveProperty("304");
    expect(JSON.stringify(paths["/customers/{id}"]?.patch?.requestBody)).toContain("application/merge-patch+json");
    expect(paths).toHaveProperty("/customers:batch");
    expect(paths).toHaveProperty("/search");
  });
});
