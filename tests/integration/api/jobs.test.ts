import { beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import type { Role } from "@/lib/auth/roles";
import { countBulk } from "@/lib/bulk/count";
import { runBulk } from "@/lib/bulk/run";
import { runBulkUndo } from "@/lib/bulk/undo";
import { inWorkspace } from "@/lib/db";
import { createKey } from "@/lib/keys/commands";
import { serve } from "@/lib/server/api";
import { makeMember, type TestMember } from "../../support/factories";
import { type Crew, makeCrew, takeIn } from "../../support/hubs";
import { furnishOneLeak } from "../../support/passed";
import { contextOf } from "../../support/story";

let crew: Crew;
let manager: TestMember;
let admin: TestMember;
let customerIds: string[];
const handle = serve(endpoints);

/** A key that a member made for herself, in the role that she has. */
async function keyOf(maker: TestMember, roles: Role[], role: Role): Promise<string> {
  const ctx = await contextOf(crew.workspace, maker, new Date(), roles);
  return (await inWorkspace(ctx.workspaceId, () => createKey(ctx, { name: `${role} key`, role }))).secret;
}

async function send(key: string, method: string, path: string, content?: unknown) {
  const headers: Record<string, string> = { authorization: `Bearer ${key}` };
  if (content !== undefined) headers["content-type"] = "application/json";
  const request = { method, headers, body: content === undefined ? null : JSON.stringify(content) };
  const response = await handle(new Request(`http://localhost/api/v1${path}`, request));
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  const body = isJson ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, body, reason: body?.errors?.[0]?.code };
}

beforeAll(async () => {
  crew = await makeCrew();
  manager = await makeMember(crew.workspace, { name: "Mona Manager", roles: ["manager", "admin"] });
  admin = await makeMember(crew.workspace, { name: "Adam Admin", roles: ["admin", "manager"] });
  const osc = await crew.oscContext();
  customerIds = [];
  for (const person of ["Ada Abara", "Bo Jensen"])
    customerIds.push((await takeIn(osc, { person, duplicates: "create" })).id);
});

describe("changes of many customers by the API", () => {
  test("put a leak's customers back on track: a manager's, of a leak that is here", async () => {
    const key = await keyOf(manager, ["manager", "admin"], "manager");
    const ctx = await contextOf(crew.workspace, manager, new Date(), ["manager", "admin"]);
    await furnishOneLeak(ctx);
    const leak = await inWorkspace(ctx.workspaceId, () =>
      ctx.db.leak.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } }),
    );
    const wish = { reason: "Called too late" };
    const path = `/leaks/${leak.id}/put-back`;
    expect((await send(key, "POST", path, {})).status).toBe(400);
    expect((await send(key, "POST", `/leaks/${crypto.randomUUID()}/put-back`, wish)).status).toBe(404);
    const osc = await keyOf(manager, ["manager", "admin", "osc"], "osc");
    expect((await send(osc, "POST", path, wish)).status).toBe(403);
    const begun = await send(key, "POST", path, wish);
    expect(begun.status).toBe(202);
    await countBulk(ctx.workspaceId, begun.body.id);
    const run = await send(key, "GET", `/bulk/${begun.body.id}`);
    expect(run.body).toMatchObject({ kind: "recover", leakId: leak.id, status: "ready", total: 0 });
    expect((await send(key, "POST", `/bulk/${begun.body.id}/cancel`)).body).toMatchObject({ status: "cancelled" });
  });

  test("are counted, confirmed, read and taken back", async () => {
    const key = await keyOf(manager, ["manager", "admin"], "manager");
    const { workspaceId } = await crew.managerContext();
    const selection = { kind: "ids", ids: customerIds };
    const wish = { selection, memberId: manager.memberId, reason: "On leave" };
    const refused = await send(key, "POST", "/bulk", wish);
    expect([refused.status, refused.reason]).toEqual([422, "not_an_osc"]);
    const stranger = { selection: { kind: "ids", ids: [...customerIds, crypto.randomUUID()] } };
    expect((await send(key, "POST", "/bulk", { ...wish, ...stranger })).status).toBe(404);
    const begun = await send(key, "POST", "/bulk", { ...wish, memberId: crew.otherOsc.memberId });
    expect(begun.status).toBe(202);
    const { id } = begun.body;
    expect((await send(key, "POST", `/bulk/${id}/confirm`)).status).toBe(422);
    await countBulk(workspaceId, id);
    const ready = await send(key, "GET", `/bulk/${id}`);
    expect(ready.body).toMatchObject({ status: "ready", total: 2, refused: [], kept: [] });

    expect((await send(key, "POST", `/bulk/${id}/confirm`)).status).toBe(202);
    await runBulk(workspaceId, id);
    const listed = await send(key, "GET", "/bulk");
    expect(listed.body.data).toMatchObject([{ id, status: "done", memberName: crew.otherOsc.name }]);
    expect((await send(key, "POST", `/bulk/${id}/undo`)).status).toBe(202);
    await runBulkUndo(workspaceId, id);
    expect((await send(key, "GET", `/bulk/${id}`)).body).toMatchObject({ status: "undone" });
    expect((await send(key, "POST", `/bulk/${id}/cancel`)).reason).toBe("already_ended");
  });

  test("are nobody else's, and not to be had with a key that may only ask", async () => {
    const key = await keyOf(manager, ["manager", "admin"], "manager");
    const selection = { kind: "ids", ids: customerIds };
    const { body } = await send(key, "POST", "/bulk", { selection, memberId: crew.osc.memberId, reason: "Back" });
    const other = await keyOf(admin, ["admin", "manager"], "manager");
    expect((await send(other, "GET", `/bulk/${body.id}`)).status).toBe(404);
    expect((await send(other, "POST", `/bulk/${body.id}/cancel`)).status).toBe(404);
    const asking = await keyOf(crew.osc, ["osc", "owner"], "osc");
    const asked = await send(asking, "POST", "/bulk", { selection, memberId: crew.osc.memberId, reason: "Mine" });
    expect(asked.status).toBe(403);
    expect((await send(key, "POST", `/bulk/${body.id}/cancel`)).body).toEqual({ id: body.id, status: "cancelled" });
  });
});

describe("files of customers by the API", () => {
  test("are asked for by one, approved by another, and fetched by the first alone", async () => {
    const asking = await keyOf(manager, ["manager", "admin"], "manager");
    const own = await keyOf(manager, ["manager", "admin"], "admin");
    const approving = await keyOf(admin, ["admin", "manager"], "admin");
    const request = await send(asking, "POST", "/exports", { query: "", reason: "Yearly review" });
    expect(request.status).toBe(201);
    const { id } = request.body;
    expect((await send(asking, "GET", `/exports/${id}/file`)).reason).toBe("not_approved");
    expect((await send(asking, "POST", `/exports/${id}/decision`, { decision: "approved" })).status).toBe(403);
    expect((await send(own, "POST", `/exports/${id}/decision`, { decision: "approved" })).reason).toBe("own_request");
    expect((await send(approving, "GET", "/exports")).body.data).toMatchObject([{ id, isMine: false }]);
    expect((await send(approving, "POST", `/exports/${id}/decision`, { decision: "approved" })).status).toBe(200);

    const file = await send(asking, "GET", `/exports/${id}/file`);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(file.headers.get("cache-control")).toContain("no-store");
    expect(file.text).toContain("Ada Abara");
    expect(file.text.trim().split("\n")).toHaveLength(3);
    expect((await send(approving, "GET", `/exports/${id}/file`)).status).toBe(403);
  });

  test("need a person behind each key: one that stands in for another asks for nothing and decides nothing", async () => {
    // Made by somebody who is no manager herself, such a key acts as the lead of the coverage group.
    const outsider = await makeMember(crew.workspace, { name: "Ann Other", roles: ["admin"] });
    const standIn = await keyOf(outsider, ["admin", "owner"], "manager");
    const refused = await send(standIn, "POST", "/exports", { query: "", reason: "Mine" });
    expect([refused.status, refused.reason]).toEqual([403, "key_of_nobody"]);
    const selection = { kind: "ids", ids: customerIds };
    const wish = { selection, memberId: crew.osc.memberId, reason: "Mine" };
    expect((await send(standIn, "POST", "/bulk", wish)).status).toBe(403);
  });
});
