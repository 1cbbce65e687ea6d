import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { emptyFilter, ListCustomers, queryOf } from "@/lib/customers/filter";
import { getListFrame } from "@/lib/customers/frame";
import { keepApart } from "@/lib/customers/keep-apart";
import { listCustomers } from "@/lib/customers/list";
import { mergeCustomers } from "@/lib/customers/merge";
import { listPairs } from "@/lib/customers/pairs";
import { MergeCustomers } from "@/lib/customers/schema";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { searchCustomers } from "@/lib/search/queries";
import { createView, deleteView, updateView } from "@/lib/views/commands";
import { listViews } from "@/lib/views/queries";
import { CreateView } from "@/lib/views/schema";
import { type Crew, makeCrew, takeIn } from "../../support/hubs";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const list = (ctx: Context, input: Partial<ListCustomers> = {}) =>
  within(ctx, () => listCustomers(ctx, ListCustomers.parse(input)));
const search = async (ctx: Context, q: string) =>
  (await within(ctx, () => searchCustomers(ctx, { q, limit: 12 }))).map(({ name }) => name);

/** Spreads last activity a minute apart, so that the order is known. */
async function spread({ workspace: { id: workspaceId } }: Crew) {
  await databaseTransaction(
    workspaceId,
    (db) => db.$executeRaw`
    update journeys j set last_activity_at = timestamptz '2026-01-01' + n * interval '1 minute'
    from (select id, row_number() over (order by id) as n from journeys where workspace_id = ${workspaceId}::uuid) numbered
    where j.workspace_id = ${workspaceId}::uuid and j.id = numbered.id`,
  );
}

describe("the customers list", () => {
  test("pages neither repeat nor skip a row while others arrive in between", async () => {
    const crew = await makeCrew();
    const ctx = await crew.oscContext();
    const names = Array.from({ length: 25 }, (_, index) => `Person ${index} of ${crew.workspace.slug}`);
    for (const person of names) await takeIn(ctx, { person, duplicates: "create" });
    await spread(crew);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(ctx, { limit: 7, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
      await takeIn(ctx, { person: `Late ${seen.length}`, duplicates: "create" });
    } while (cursor);

    expect(seen.filter((name) => name.startsWith("Person")).sort()).toEqual([...names].sort());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("narrows by OSC, status, stage, department, origin and what waits; the frame counts from counters", async () => {
    const crew = await makeCrew();
    const ctx = await crew.oscContext();
    const asked = await takeIn(ctx, { person: "Asked First", origin: "organic search", message: "Hello?" });
    await takeIn(ctx, { person: "Quiet Second" });
    await databaseTransaction(ctx.workspaceId, (db) =>
      db.journey.updateMany({
        where: { workspaceId: ctx.workspaceId, customerId: asked.id },
        data: { oscId: crew.osc.memberId },
      }),
    );
    await databaseTransaction(ctx.workspaceId, (db) =>
      db.journey.updateMany({
        where: { workspaceId: ctx.workspaceId, customerId: { not: asked.id } },
        data: { oscId: crew.otherOsc.memberId },
      }),
    );
    const journey = await databaseTransaction(ctx.workspaceId, (db) =>
      db.journey.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } }),
    );
    const names = async (filter: Partial<typeof emptyFilter>) =>
      (await list(ctx, { query: queryOf({ ...emptyFilter, ...filter }) })).rows.map(({ name }) => name).sort();

    expect(await names({ osc: ["me"] })).toEqual(["Asked First"]);
    expect(await names({ origin: ["organic search"] })).toEqual(["Asked First"]);
    expect(await names({ origin: ["-"] })).toEqual(["Quiet Second"]);
    expect(await names({ unanswered: true })).toEqual(["Asked First"]);
    expect(await names({ offTrack: true })).toEqual([]);
    expect(await names({ status: ["active"], stage: [journey.stageId], spoke: ["osc"] })).toEqual([
      "Asked First",
      "Quiet Second",
    ]);
    expect(await names({ q: "quiet" })).toEqual(["Quiet Second"]);
    const frame = await within(ctx, () => getListFrame(ctx, { query: "osc=me" }));
    expect(frame).toMatchObject({ count: 1, openDuplicates: 0 });
    expect(frame.origins).toEqual(["organic search"]);
    expect((await within(ctx, () => getListFrame(ctx, { query: "q=quiet" }))).count).toBeNull();
  });

  test("shows a designer only the hubs that were design's, and nobody another workspace's", async () => {
    const crew = await makeCrew();
    const ctx = await crew.oscContext();
    await takeIn(ctx);
    const stranger = await (await makeCrew()).oscContext();
    const designer = { ...(await crew.as(crew.otherOsc, ["design"])), spokeId: null };

    expect((await list(designer)).rows).toEqual([]);
    expect(await search(designer, "maya")).toEqual([]);
    expect((await list(stranger)).rows).toEqual([]);
    expect(await search(stranger, "maya")).toEqual([]);
  });

  test("refuses a cursor that is none", async () => {
    const ctx = await (await makeCrew()).oscContext();
    await expect(list(ctx, { cursor: "garbage" })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("search", () => {
  test("finds by parts of names, by phone fragments in any notation, and by e-mail", async () => {
    const ctx = await (await makeCrew()).oscContext();
    await takeIn(ctx, {
      persons: [{ name: "Zoë O'Hara-Núñez", emails: ["zoe.hara@example.com"], phones: ["(212) 555-2368"] }],
    });
    await takeIn(ctx, { person: "Somebody Else" });

    for (const q of [
      "zoe",
      "ohara",
      "nunez",
      "ZOE NUN",
      "555-2368",
      "5552368",
      "2125552368",
      "+1 212 555",
      "zoe.hara@",
      "hara@example.com",
    ]) {
      expect(await search(ctx, q), q).toEqual(["Zoë O'Hara-Núñez"]);
    }
    expect(await search(ctx, "z")).toEqual([]);
    expect(await search(ctx, "")).toEqual([]);
  });

  test("finds the words as they are written, and where nobody has them so, in any order", async () => {
    const ctx = await (await makeCrew()).oscContext();
    await takeIn(ctx, { person: "Hanna Leeson" });
    await takeIn(ctx, { person: "Leeroy Hannah" });
    expect(await search(ctx, "hanna lee")).toEqual(["Hanna Leeson"]);
    expect(await search(ctx, "son hanna")).toEqual(["Hanna Leeson"]);
    expect(await search(ctx, "nah lee")).toEqual(["Leeroy Hannah"]);
    expect(await search(ctx, "hanna miller")).toEqual([]);
  });

  test("finds Hebrew names whatever the form of their last letter, with geresh or without", async () => {
    const ctx = await (await makeCrew()).oscContext();
    await takeIn(ctx, { persons: [{ name: "אברהם כץ" }] });
    await takeIn(ctx, { persons: [{ name: "ג׳ורג׳ לוין" }] });

    for (const q of ["אברהמ", "אברהם", "כצ", "כץ אבר"]) expect(await search(ctx, q), q).toEqual(["אברהם כץ"]);
    for (const q of ["גורג", "ג'ורג", "לוינ"]) expect(await search(ctx, q), q).toEqual(["ג׳ורג׳ לוין"]);
  });

  test("takes wildcards for themselves", async () => {
    const ctx = await (await makeCrew()).oscContext();
    await takeIn(ctx, { persons: [{ name: "Plain Name" }] });
    await takeIn(ctx, { persons: [{ socials: ["instagram:under_score"] }] });

    expect(await search(ctx, "%%")).toEqual([]);
    expect(await search(ctx, "r_s")).toEqual(["@under_score"]);
    expect(await search(ctx, "p_ain")).toEqual([]);
  });

  test("finds the survivor of a merge by what the other was found by", async () => {
    const crew = await makeCrew();
    const ctx = await crew.oscContext();
    const manager = await crew.managerContext();
    const survivor = await takeIn(ctx, { person: "Maya Halloran" });
    const loser = await takeIn(ctx, { persons: [{ name: "Meier", phones: ["+12125552368"] }] });
    const oscs = await databaseTransaction(ctx.workspaceId, (db) =>
      db.journey.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, customerId: survivor.id } }),
    );
    await within(manager, () =>
      mergeCustomers(manager, MergeCustomers.parse({ survivorId: survivor.id, loserId: loser.id, oscId: oscs.oscId })),
    );

    expect(await search(ctx, "5552368")).toEqual(["Maya Halloran"]);
    expect((await list(ctx)).rows.map(({ name }) => name)).toEqual(["Maya Halloran"]);
  });
});

describe("pairs that look alike", () => {
  test("wait for a manager, who merges or keeps them apart once", async () => {
    const crew = await makeCrew();
    const ctx = await crew.oscContext();
    const manager = await crew.managerContext();
    await takeIn(ctx, { persons: [{ name: "Maya Halloran", phones: ["+12125552368"] }] });
    await takeIn(ctx, { persons: [{ name: "Tom Halloran", phones: ["+12125552368"] }] });
    const [pair] = await within(manager, () => listPairs(manager));
    expect(pair?.reasons).toEqual([{ kind: "phone", value: "+12125552368" }]);
    const pairId = pair?.id ?? "";

    await expect(within(ctx, () => listPairs(ctx))).rejects.toMatchObject({ code: "forbidden" });
    await expect(within(ctx, () => keepApart(ctx, { pairId }))).rejects.toMatchObject({ code: "forbidden" });
    await within(manager, () => keepApart(manager, { pairId }));
    expect(await within(manager, () => listPairs(manager))).toEqual([]);
    await expect(within(manager, () => keepApart(manager, { pairId }))).rejects.toMatchObject({
      code: "conflict",
      reason: "pair_decided",
    });
    const stranger = await (await makeCrew()).managerContext();
    await expect(within(stranger, () => keepApart(stranger, { pairId }))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("saved views", () => {
  test("are private unless shared, changed by their owner alone, and conflict on a stale version", async () => {
    const crew = await makeCrew();
    const mine = await crew.oscContext();
    const others = await crew.as(crew.otherOsc, ["osc"]);
    const { id } = await within(mine, () =>
      createView(mine, CreateView.parse({ name: "Waiting", query: "unanswered=1" })),
    );

    expect(await within(others, () => listViews(others))).toEqual([]);
    await expect(within(others, () => updateView(others, { id, version: 1, name: "x" }))).rejects.toMatchObject({
      code: "not_found",
    });
    await within(mine, () => updateView(mine, { id, version: 1, scope: "workspace", isPinned: true }));
    expect(await within(others, () => listViews(others))).toMatchObject([
      { name: "Waiting", isMine: false, isPinned: true, version: 2 },
    ]);
    await expect(within(others, () => updateView(others, { id, version: 2, query: "" }))).rejects.toMatchObject({
      code: "refused",
      reason: "not_your_view",
    });
    await expect(within(others, () => deleteView(others, { id }))).rejects.toMatchObject({ code: "refused" });
    await expect(within(mine, () => updateView(mine, { id, version: 1, name: "y" }))).rejects.toMatchObject({
      code: "conflict",
    });
    const stranger = await (await makeCrew()).oscContext();
    await expect(within(stranger, () => deleteView(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    await within(mine, () => deleteView(mine, { id }));
    expect(await within(mine, () => listViews(mine))).toEqual([]);
    const actions = await databaseTransaction(mine.workspaceId, (db) =>
      db.auditEntry.findMany({
        where: { workspaceId: mine.workspaceId, subject: `view:${id}` },
        orderBy: { seq: "asc" },
      }),
    );
    expect(actions.map(({ action }) => action)).toEqual(["view.created", "view.updated", "view.deleted"]);
  });

  test("a team's view is seen by the team and nobody else", async () => {
    const crew = await makeCrew();
    const teamId = crypto.randomUUID();
    const { id: workspaceId } = crew.workspace;
    await databaseTransaction(workspaceId, async (db) => {
      await db.team.create({ data: { workspaceId, id: teamId, name: "North" } });
      await db.member.updateMany({ where: { workspaceId, id: crew.osc.memberId }, data: { teamId } });
    });
    const mine = await crew.oscContext();
    const mate = { ...(await crew.as(crew.otherOsc, ["osc"])), teamId };
    const outsider = await crew.managerContext();
    await within(mine, () => createView(mine, CreateView.parse({ name: "Ours", query: "", scope: "team" })));

    expect(await within(mate, () => listViews(mate))).toHaveLength(1);
    expect(await within(outsider, () => listViews(outsider))).toHaveLength(0);
  });
});
