import { beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { importTasks } from "@/lib/imports/tasks";
import { type Client, makeClient, makeCustomer } from "./client";

// Every answer is checked against its documented schema by the door itself while tests run.
let osc: Client;
let manager: Client;
let admin: Client;
let customerId: string;

type Named = { id: string; name: string };

async function read<Answer>(client: Client, path: string): Promise<Answer> {
  const response = await client.send("GET", path);
  const body: unknown = await response.json();
  expect([path, response.status, body]).toEqual([path, 200, body]);
  return body as Answer;
}

async function write<Answer>(client: Client, path: string, body: unknown, status = 201): Promise<Answer> {
  const response = await client.send("POST", path, { body });
  const text = await response.text();
  expect([path, response.status, text]).toEqual([path, status, text]);
  return (text ? JSON.parse(text) : null) as Answer;
}

beforeAll(async () => {
  osc = await makeClient(endpoints);
  manager = await osc.as("manager");
  admin = await osc.as("admin");
  customerId = await makeCustomer(osc, "Noa Levi");
});

describe("customers", () => {
  test("are listed in pages, narrowed and searched", async () => {
    for (let index = 0; index < 4; index++) await makeCustomer(osc, `Page ${index}`);
    const ids: string[] = [];
    for (let cursor = ""; ; ) {
      const page = await read<{ data: Named[]; nextCursor: string | null }>(osc, `/customers?limit=2${cursor}`);
      ids.push(...page.data.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(new Set(ids).size).toBe(5);
    expect((await read<{ data: Named[] }>(osc, "/customers?q=levi")).data.map(({ id }) => id)).toEqual([customerId]);
    expect((await read<{ data: Named[] }>(osc, "/search?q=noa")).data.map(({ id }) => id)).toEqual([customerId]);
    expect((await read<{ data: Named[] }>(osc, "/customers?unanswered=1")).data).toEqual([]);
    for (const bad of ["stage=x", "include=workspace.users", "sort=secretHash", "offTrack=maybe", "cursor=abc"])
      expect([bad, (await osc.send("GET", `/customers?${bad}`)).status]).toEqual([bad, 400]);
  });

  test("of a department's key are those it was ever accountable for", async () => {
    const design = await osc.as("design");
    expect((await read<{ data: Named[] }>(design, "/customers")).data).toEqual([]);
    expect((await design.send("GET", `/customers/${customerId}`)).status).toBe(404);
  });

  test("get contact points added, verified and removed", async () => {
    const { persons } = await read<{ persons: Named[] }>(osc, `/customers/${customerId}`);
    const path = `/customers/${customerId}/persons/${persons[0]?.id}/contact-points`;
    type View = { persons: { contactPoints: { id: string; value: string; isVerified: boolean }[] }[] };
    const added = await write<View>(osc, path, { kind: "phone", value: "+1 212 555 0123" });
    const phone = added.persons[0]?.contactPoints.find(({ value }) => value === "+12125550123");
    const point = `/customers/${customerId}/contact-points/${phone?.id}`;
    const verified = await write<View>(osc, `${point}/verify`, undefined, 200);
    expect(verified.persons[0]?.contactPoints.find(({ id }) => id === phone?.id)?.isVerified).toBe(true);
    expect((await osc.send("DELETE", point)).status).toBe(200);
    expect((await osc.send("DELETE", point)).status).toBe(404);
  });
});

describe("the work of a day", () => {
  test("is logged, moved on and seen in journey, contacts, queue and events", async () => {
    const logged = await write<{ id: string }>(osc, "/interactions", {
      customerId,
      medium: "phone",
      direction: "outbound",
      isTwoWay: true,
      summary: "Wants a larger kitchen",
      next: { name: "Send the plan", due: { unit: "business_days", amount: 1 } },
    });
    const contacts = await read<{ data: { id: string; summary: string }[] }>(
      osc,
      `/customers/${customerId}/interactions?limit=1`,
    );
    expect(contacts.data).toMatchObject([{ id: logged.id, summary: "Wants a larger kitchen" }]);
    type Journeys = { data: { id: string; stageId: string; templateId: string; next: { name: string } }[] };
    const [journey] = (await read<Journeys>(osc, `/customers/${customerId}/journeys`)).data;
    expect(journey?.next.name).toBe("Send the plan");
    const template = await read<{ stageList: { id: string; position: number }[] }>(
      osc,
      `/templates/${journey?.templateId}`,
    );
    const at = template.stageList.findIndex(({ id }) => id === journey?.stageId);
    const target = template.stageList[at + 1]?.id ?? "";
    const fields = { need: "kitchen", budget: 50_000, consent: true, timeframe: "spring", place: "Haifa" };
    const moved = await osc.send("POST", `/customers/${customerId}/transitions`, {
      body: { toStageId: target, fields, need: "Kitchen" },
    });
    expect([moved.status, await moved.json()]).toMatchObject([201, { journeyId: journey?.id }]);
    const again = await osc.send("POST", `/customers/${customerId}/transitions`, { body: { toStageId: target } });
    expect(again.status).toBe(422);
    await read(osc, "/queue");
    const events = await read<{ data: { type: string; customerId: string }[] }>(osc, "/events?after=0&limit=200");
    expect(events.data.filter((event) => event.customerId === customerId).map((event) => event.type)).toEqual(
      expect.arrayContaining(["customer.created", "interaction.logged", "journey.stage_changed"]),
    );
  });

  test("pauses and resumes, loses and reopens", async () => {
    const id = await makeCustomer(osc, "Paul Pause");
    const until = new Date(Date.now() + 10 * 86_400_000).toISOString();
    await write(osc, `/customers/${id}/hold`, { until, reason: "Travelling" }, 204);
    await write(osc, `/customers/${id}/resume`, {}, 204);
    await write(osc, `/customers/${id}/lose`, { lostReason: "price", byCustomer: true }, 204);
    await write(osc, `/customers/${id}/reopen`, { reason: "Came back" }, 204);
    await write(osc, `/customers/${id}/next-touchpoint`, { next: { name: "Call her" } }, 204);
    const journeys = await read<{ data: { status: string; next: { name: string } }[] }>(
      osc,
      `/customers/${id}/journeys`,
    );
    expect(journeys.data).toMatchObject([{ status: expect.any(String), next: { name: "Call her" } }]);
  });
});

describe("between departments", () => {
  test("a question is asked, acknowledged and answered by the other department's key", async () => {
    const templates = await read<{ data: Named[] }>(osc, "/templates");
    const { spokes } = await read<{ spokes: { id: string; key: string }[] }>(
      osc,
      `/templates/${templates.data[0]?.id}`,
    );
    const spokeOf = (key: string) => spokes.find((spoke) => spoke.key === key)?.id ?? "";
    const question = { customerId, toSpokeId: spokeOf("design"), question: "Can the island be turned?" };
    const { id } = await write<{ id: string }>(osc, "/relays", question);
    const design = await osc.as("design");
    const service = await osc.as("service");
    type Relays = { data: { id: string; state: string; answer: string | null; version: number }[] };
    expect((await read<Relays>(design, "/relays?state=sent")).data.map((relay) => relay.id)).toEqual([id]);
    expect((await read<Relays>(service, "/relays")).data).toEqual([]);
    expect((await service.send("POST", `/relays/${id}/acknowledge`)).status).toBe(404);
    await write(design, `/relays/${id}/acknowledge`, {}, 204);
    const stale = await design.send("POST", `/relays/${id}/answer`, {
      body: { answer: "Yes" },
      headers: { "if-match": '"1"' },
    });
    expect(stale.status).toBe(412);
    await write(design, `/relays/${id}/answer`, { answer: "Yes, by 90 degrees" }, 204);
    const [relay] = (await read<Relays>(osc, `/relays?customerId=${customerId}`)).data;
    expect(relay).toMatchObject({ state: "done", answer: "Yes, by 90 degrees" });
    expect((await design.send("POST", "/relays", { body: question })).status).toBe(403);
  });

  test("promises, tasks and appointments are made and closed", async () => {
    const id = await makeCustomer(osc, "Wanda Work");
    const dueAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const promise = await write<{ id: string }>(osc, "/promises", { customerId: id, text: "Send samples", dueAt });
    await write(osc, `/promises/${promise.id}/keep`, {}, 204);
    expect((await osc.send("POST", `/promises/${promise.id}/keep`)).status).toBe(422);
    const task = await write<{ id: string }>(osc, "/tasks", { customerId: id, title: "Look up the plan", dueAt });
    await write(osc, `/tasks/${task.id}/complete`, {}, 204);
    const [host] = (await read<{ data: Named[] }>(osc, "/members")).data;
    const journeys = await read<{ data: { oscId: string }[] }>(osc, `/customers/${id}/journeys`);
    const hostId = host?.id ?? journeys.data[0]?.oscId;
    const wanted = { customerId: id, hostId, startAt: dueAt, timeZone: "Asia/Jerusalem" };
    const appointment = await osc.send("POST", "/appointments", { body: wanted });
    expect([appointment.status, await appointment.json()]).toMatchObject([201, { id: expect.any(String) }]);
    type Rows = { data: { id: string; state: string }[] };
    expect((await read<Rows>(osc, `/customers/${id}/promises`)).data).toMatchObject([{ state: "kept" }]);
    expect((await read<Rows>(osc, `/customers/${id}/tasks`)).data).toMatchObject([{ state: "done" }]);
    expect((await read<Rows>(osc, `/customers/${id}/appointments`)).data).toMatchObject([{ state: "set" }]);
  });
});

describe("what a manager does", () => {
  test("reads reports, templates and members, and drafts a template", async () => {
    const origins = await read<unknown[]>(manager, "/reports/origins");
    expect(origins).toEqual([{ origin: "unknown", leads: expect.any(Number), won: 0 }]);
    expect(await read(manager, "/reports/speed-to-lead")).toMatchObject({ slaMinutes: 5 });
    expect((await admin.send("GET", "/reports/origins")).status).toBe(403);
    await read(manager, "/members");
    const templates = await read<{ data: (Named & { isDefault: boolean })[] }>(manager, "/templates");
    const from = templates.data.find(({ isDefault }) => isDefault);
    const draft = await write<{ id: string; version: number }>(manager, "/templates", { fromId: from?.id });
    const shown = await manager.send("GET", `/templates/${draft.id}`);
    type Draft = { name: string; stageList: ({ id?: string; position?: number } & object)[] };
    const { stageList } = (await shown.json()) as Draft;
    const stages = stageList.map(({ id: _id, position: _position, ...stage }) => stage);
    const renamed = await manager.send("PATCH", `/templates/${draft.id}`, {
      body: { name: "Renamed", stages },
      headers: { "if-match": shown.headers.get("etag") ?? "" },
    });
    expect(renamed.status).toBe(200);
    const { version } = (await renamed.json()) as { version: number };
    const published = await write<{ number: number }>(manager, `/templates/${draft.id}/publish`, { version }, 200);
    expect(published.number).toBeGreaterThan(1);
    expect((await osc.send("POST", "/templates", { body: { fromId: draft.id } })).status).toBe(403);
  });

  test("merges two customers and takes it back", async () => {
    const [survivorId, loserId] = [await makeCustomer(osc, "Mia One"), await makeCustomer(osc, "Mia Two")];
    await read(manager, "/duplicates");
    const { mergeId } = await write<{ mergeId: string }>(manager, "/merges", { survivorId, loserId });
    expect((await read<Named>(osc, `/customers/${loserId}`)).id).toBe(survivorId);
    await write(manager, `/merges/${mergeId}/undo`, undefined, 200);
    expect((await read<Named>(osc, `/customers/${loserId}`)).id).toBe(loserId);
  });

  test("saves a view, changes it with its version and deletes it", async () => {
    const view = await write<{ id: string; version: number }>(osc, "/views", { name: "Mine", query: "unanswered=1" });
    const changed = await osc.send("PATCH", `/views/${view.id}`, {
      body: { name: "Waiting" },
      headers: { "if-match": `"${view.version}"` },
    });
    expect(changed.status).toBe(200);
    const views = await read<{ data: Named[] }>(osc, "/views");
    expect(views.data.map(({ name }) => name)).toEqual(["Waiting"]);
    expect((await osc.send("DELETE", `/views/${view.id}`)).status).toBe(200);
  });

  test("uploads files, follows the import and downloads its rejects", async () => {
    const form = () => {
      const parts = new FormData();
      parts.append(
        "file",
        new File(["name;email\nAda A;ada@example.com\nEve E;not-an-email\nBob B;bob@example.com\n"], "leads.csv"),
      );
      parts.append("mapping", JSON.stringify({ name: "name", email: "email" }));
      return parts;
    };
    const headers = { "idempotency-key": newId() };
    const first = await manager.send("POST", "/imports", { raw: form(), headers });
    const queued = (await first.json()) as { id: string; status: string };
    expect([first.status, queued]).toEqual([202, { id: queued.id, status: "queued" }]);
    const again = await manager.send("POST", "/imports", { raw: form(), headers });
    expect([again.headers.get("idempotency-replayed"), await again.json()]).toEqual(["true", queued]);
    await inWorkspace(manager.ctx.workspaceId, async () => {
      await importTasks["import.run"]?.(manager.ctx, { importId: queued.id });
    });
    const report = await read(manager, `/imports/${queued.id}`);
    expect(report).toMatchObject({
      status: "done",
      counts: { rows: 3, created: 2, matched: 0, rejected: 1, flagged: 0 },
    });
    const rejects = await manager.send("GET", `/imports/${queued.id}/rejects`);
    expect(rejects.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(rejects.headers.get("x-request-id")).not.toBeNull();
    expect((await rejects.text()).trim().split("\n")).toHaveLength(2);
    expect((await read<{ data: Named[] }>(manager, "/imports")).data).toHaveLength(1);
    expect((await osc.send("POST", "/imports", { raw: form() })).status).toBe(403);
    expect((await manager.send("POST", "/imports", { body: {} })).status).toBe(415);
    expect((await manager.send("POST", "/imports", { raw: new FormData() })).status).toBe(400);
  });
});

describe("what the screens show", () => {
  test("can be read: timeline, consents, the customer's page, inbox, board, load, overview", async () => {
    const { persons } = await read<{ persons: Named[] }>(osc, `/customers/${customerId}`);
    const consent = { personId: persons[0]?.id, medium: "phone", state: "granted" };
    await write(osc, `/customers/${customerId}/consents`, consent);
    const consents = await read<{ data: object[] }>(osc, `/customers/${customerId}/consents`);
    expect(consents.data).toMatchObject([{ medium: "phone", state: "granted" }]);
    const timeline = await read<{ data: object[] }>(osc, `/customers/${customerId}/timeline?kind=interactions`);
    expect(timeline.data).toMatchObject([{ kind: "interaction" }]);
    const [first, second] = [
      await write<{ address: string }>(osc, `/customers/${customerId}/link`, undefined, 200),
      await write<{ address: string }>(osc, `/customers/${customerId}/link`, undefined, 200),
    ];
    expect(first).toEqual(second);
    await read(osc, "/inbox");
    const board = await read<{ total: number; columns: object[] }>(osc, "/board");
    expect(board.columns.length).toBeGreaterThan(3);
    expect(await read(osc, "/board?by=spoke")).toMatchObject({ by: "spoke" });
    expect((await read<{ data: object[] }>(manager, "/reports/load")).data.length).toBeGreaterThan(0);
    expect(await read<{ total: number }>(manager, "/reports/overview")).toMatchObject({ total: expect.any(Number) });
  });
});

describe("what an admin does", () => {
  test("changes settings, office hours, departments and members", async () => {
    const settings = await admin.send("GET", "/settings");
    const changed = await admin.send("PATCH", "/settings", {
      body: { firstResponseMinutes: 7 },
      headers: { "if-match": settings.headers.get("etag") ?? "" },
    });
    expect(changed.status).toBe(200);
    expect(await read(admin, "/settings")).toMatchObject({ firstResponseMinutes: 7 });
    const spokes = await read<{ data: (Named & { key: string })[] }>(osc, "/spokes");
    const design = spokes.data.find(({ key }) => key === "design");
    await write(admin, `/spokes/${design?.id}/rename`, { name: "Studio", nameHe: "סטודיו" }, 204);
    const hours = { name: "Late", timeZone: "UTC", hours: { "1": [[600, 1200]] }, holidays: [] };
    const { id } = await write<{ id: string }>(admin, "/calendars", hours);
    const replaced = await admin.send("PATCH", `/calendars/${id}`, {
      body: { ...hours, name: "Later" },
      headers: { "if-match": '"1"' },
    });
    expect(replaced.status).toBe(200);
    const invitation = { email: "dana@example.com", name: "Dana", roles: ["design"], spokeId: design?.id };
    const { memberId } = await write<{ memberId: string }>(admin, "/members", invitation);
    await write(admin, `/members/${memberId}/invitation`, undefined, 204);
    const members = await read<{ data: (Named & { version: number; status: string })[] }>(admin, "/members/all");
    const dana = members.data.find((member) => member.id === memberId);
    expect(dana?.status).toBe("invited");
    const crowned = await admin.send("PATCH", `/members/${memberId}`, {
      body: { roles: ["owner"] },
      headers: { "if-match": `"${dana?.version}"` },
    });
    expect(crowned.status).toBe(422);
    expect((await admin.send("DELETE", `/members/${memberId}/invitation`)).status).toBe(204);
    expect((await admin.send("POST", `/members/${memberId}/deactivate`, { body: {} })).status).toBe(428);
    await write(admin, "/teams", { name: "North" });
    await read(admin, "/teams");
    await read(admin, "/calendars");
  });

  test("makes and revokes keys and reads the audit log", async () => {
    const made = await write<{ id: string; secret: string }>(admin, "/keys", { name: "Site form", role: "osc" });
    const keys = await read<{ data: Named[] }>(admin, "/keys");
    expect(keys.data.map(({ name }) => name)).toContain("Site form");
    expect(JSON.stringify(keys)).not.toContain(made.secret.split("_")[2]);
    await write(admin, `/keys/${made.id}/revoke`, undefined, 204);
    const log = await read<{ data: { action: string }[] }>(admin, "/audit?action=key.");
    expect(log.data[0]).toMatchObject({ action: "key.revoked" });
    expect(JSON.stringify(log)).not.toContain(made.secret);
    expect((await osc.send("GET", "/audit")).status).toBe(403);
  });
});
