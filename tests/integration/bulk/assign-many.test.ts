import { describe, expect, test } from "vitest";
import { assignMany, cancelBulk, confirmBulk, undoBulk } from "@/lib/bulk/commands";
import { countBulk } from "@/lib/bulk/count";
import { getRunReport, listOwnRuns } from "@/lib/bulk/queries";
import { runBulk } from "@/lib/bulk/run";
import { AssignMany, type BulkReport } from "@/lib/bulk/schema";
import { runBulkUndo } from "@/lib/bulk/undo";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { reassignOsc } from "@/lib/journeys/osc";
import { type Dump, differences, dumpWorkspace } from "../../support/dump";
import { makeMember } from "../../support/factories";
import { type Crew, makeCrew, takeIn } from "../../support/hubs";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const reportOf = (ctx: Context, id: string) => within(ctx, () => getRunReport({ ...ctx, now: new Date() }, { id }));

/** Takes people in whose OSC is Olga, and answers their ids. */
async function takeInFor(crew: Crew, count: number): Promise<string[]> {
  const ctx = await crew.oscContext();
  const ids: string[] = [];
  for (let each = 0; each < count; each++)
    ids.push((await takeIn(ctx, { person: `Person ${each} of ${crew.workspace.slug}`, duplicates: "create" })).id);
  const manager = await crew.managerContext();
  for (const customerId of ids)
    await within(manager, () =>
      reassignOsc(manager, { customerId, memberId: crew.osc.memberId, reason: "start" }).catch(
        (error: { reason?: string }) => expect(error.reason).toBe("same_osc"),
      ),
    );
  return ids;
}

const oscsOf = async (ctx: Context): Promise<string[]> =>
  (
    await databaseTransaction(ctx.workspaceId, (db) => db.journey.findMany({ where: { workspaceId: ctx.workspaceId } }))
  ).map(({ oscId }) => oscId);

async function counted(ctx: Context, input: Partial<AssignMany> & { memberId: string }): Promise<BulkReport> {
  const parsed = AssignMany.parse({
    selection: { kind: "query", query: "", except: [] },
    reason: "Olga is away",
    ...input,
  });
  const { id } = await within(ctx, () => assignMany(ctx, parsed));
  await countBulk(ctx.workspaceId, id);
  return reportOf(ctx, id);
}

async function run(ctx: Context, id: string): Promise<BulkReport> {
  await within(ctx, () => confirmBulk(ctx, { id }));
  await runBulk(ctx.workspaceId, id);
  return reportOf(ctx, id);
}

async function undo(ctx: Context, id: string): Promise<BulkReport> {
  const later = { ...ctx, now: new Date() };
  await within(ctx, () => undoBulk(later, { id }));
  await runBulkUndo(ctx.workspaceId, id);
  return reportOf(ctx, id);
}

/** Everything but what tells of the run itself, without versions and clocks of rows. */
const dump = async (workspaceId: string): Promise<Dump> => {
  const except = ["bulk_runs", "bulk_rows", "notifications", "journey_counts"];
  const all = await dumpWorkspace(workspaceId, { except });
  return Object.fromEntries(
    Object.entries(all).map(([table, rows]) => [table, rows.map((row) => row.replace(/"version": \d+/, ""))]),
  );
};

describe("giving many customers another OSC", () => {
  test("counts first and changes nobody, then moves each with its own audit row and event, and tells each OSC once", async () => {
    const crew = await makeCrew();
    await takeInFor(crew, 60);
    const ctx = await crew.managerContext();
    const dry = await counted(ctx, { memberId: crew.otherOsc.memberId });
    expect(dry).toMatchObject({ status: "ready", total: 60, counts: { waiting: 60, refused: 0 } });
    expect(new Set(await oscsOf(ctx))).toEqual(new Set([crew.osc.memberId]));

    const done = await run(ctx, dry.id);
    expect(done).toMatchObject({ status: "done", counts: { changed: 60, waiting: 0 } });
    expect(new Set(await oscsOf(ctx))).toEqual(new Set([crew.otherOsc.memberId]));
    const told = await databaseTransaction(ctx.workspaceId, async (db) => ({
      audit: await db.auditEntry.count({ where: { workspaceId: ctx.workspaceId, action: "osc.reassigned" } }),
      many: await db.notification.findMany({ where: { workspaceId: ctx.workspaceId, kind: "osc_changed_many" } }),
    }));
    expect(told.audit).toBeGreaterThanOrEqual(60);
    expect(told.many.map(({ memberId }) => memberId).sort()).toEqual(
      [crew.osc.memberId, crew.otherOsc.memberId].sort(),
    );
    expect(await within(ctx, () => listOwnRuns({ ...ctx, now: new Date() }))).toHaveLength(1);
  });

  test("undo leaves every table as it was before", async () => {
    const crew = await makeCrew();
    await takeInFor(crew, 8);
    const ctx = await crew.managerContext();
    const before = await dump(ctx.workspaceId);
    const done = await run(ctx, (await counted(ctx, { memberId: crew.otherOsc.memberId })).id);
    expect(done.undoUntil).not.toBeNull();
    const undone = await undo(ctx, done.id);
    expect(undone).toMatchObject({ status: "undone", counts: { restored: 8, kept: 0 } });
    expect(differences(before, await dump(ctx.workspaceId))).toEqual({});
  });

  test("undo keeps whom somebody gave on since, and says so", async () => {
    const crew = await makeCrew();
    const third = await makeMember(crew.workspace, { name: "Tara Third" });
    const [given] = await takeInFor(crew, 3);
    const ctx = await crew.managerContext();
    const done = await run(ctx, (await counted(ctx, { memberId: crew.otherOsc.memberId })).id);
    await within(ctx, () =>
      reassignOsc(
        { ...ctx, now: new Date() },
        { customerId: given ?? "", memberId: third.memberId, reason: "Speaks Hebrew" },
      ),
    );
    const undone = await undo(ctx, done.id);
    expect(undone).toMatchObject({ counts: { restored: 2, kept: 1 } });
    expect(undone.kept).toMatchObject([{ customerId: given, reason: "changed_since" }]);
    expect((await oscsOf(ctx)).filter((id) => id === third.memberId)).toHaveLength(1);
  });

  test("lists a row that may not be seen any more as refused, and leaves those who are hers already", async () => {
    const crew = await makeCrew();
    const ids = await takeInFor(crew, 3);
    const ctx = await crew.managerContext();
    const other = await makeCrew();
    const [stranger = ""] = await takeInFor(other, 1);
    await within(ctx, () =>
      reassignOsc(ctx, { customerId: ids[0] ?? "", memberId: crew.otherOsc.memberId, reason: "first" }),
    );
    const dry = await counted(ctx, {
      memberId: crew.otherOsc.memberId,
      selection: { kind: "ids", ids: [...ids, stranger] },
    });
    expect(dry.counts).toMatchObject({ waiting: 2, unchanged: 1, refused: 1 });

    // Between counting and running one of them leaves what this manager sees.
    const elsewhere = await makeMember(crew.workspace, { name: "Elsa Elsewhere" });
    await databaseTransaction(ctx.workspaceId, async (db) => {
      const { workspaceId } = ctx;
      const teams = await db.team.createManyAndReturn({
        data: [{ workspaceId, id: crypto.randomUUID(), name: "North" }],
      });
      const teamId = teams[0]?.id ?? "";
      const inTeam = { in: [crew.manager.memberId, crew.osc.memberId, crew.otherOsc.memberId] };
      await db.member.updateMany({ where: { workspaceId, id: inTeam }, data: { teamId } });
      await db.journey.updateMany({
        where: { workspaceId, customerId: ids[1] ?? "" },
        data: { oscId: elsewhere.memberId, accountableId: elsewhere.memberId },
      });
    });
    const done = await run(ctx, dry.id);
    expect(done.counts).toMatchObject({ changed: 1, unchanged: 1, refused: 2 });
    expect(done.refused.map(({ reason }) => reason)).toEqual(["not_found", "not_found"]);
    expect(done.refused[0]).toMatchObject({ customerId: ids[1] });
  });

  test("takes the list's filter and leaves out whom one took off the selection", async () => {
    const crew = await makeCrew();
    const ids = await takeInFor(crew, 4);
    const ctx = await crew.managerContext();
    const query = `osc=${crew.osc.memberId}`;
    const dry = await counted(ctx, {
      memberId: crew.otherOsc.memberId,
      selection: { kind: "query", query, except: ids.slice(0, 1) },
    });
    expect(dry.counts.waiting).toBe(3);
    expect((await run(ctx, dry.id)).counts.changed).toBe(3);
  });

  test("an OSC only asks, and only for a few at once", async () => {
    const crew = await makeCrew();
    const ids = await takeInFor(crew, 52);
    const ctx = await crew.oscContext();
    const few = await counted(ctx, {
      memberId: crew.otherOsc.memberId,
      selection: { kind: "ids", ids: ids.slice(0, 2) },
    });
    expect(few.isRequest).toBe(true);
    expect((await run(ctx, few.id)).counts).toMatchObject({ requested: 2, changed: 0 });
    expect(new Set(await oscsOf(ctx))).toEqual(new Set([crew.osc.memberId]));
    const many = await counted(ctx, { memberId: crew.otherOsc.memberId });
    expect(many).toMatchObject({ status: "failed", error: "too_many_requests" });
  });

  test("a role that may not, another's run, a second confirmation and a late undo are refused", async () => {
    const crew = await makeCrew();
    await takeInFor(crew, 1);
    const ctx = await crew.managerContext();
    const designer = await crew.as(crew.otherOsc, ["design"]);
    const input = AssignMany.parse({
      selection: { kind: "query", query: "", except: [] },
      memberId: crew.otherOsc.memberId,
      reason: "r",
    });
    await expect(within(ctx, () => assignMany(designer, input))).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      within(ctx, () => assignMany(ctx, { ...input, memberId: crew.manager.memberId })),
    ).rejects.toMatchObject({ reason: "not_an_osc" });
    const dry = await counted(ctx, input);
    const other = await crew.as(await makeMember(crew.workspace, { roles: ["manager"] }), ["manager"]);
    await expect(within(ctx, () => confirmBulk(other, { id: dry.id }))).rejects.toMatchObject({ code: "not_found" });
    const stranger = await (await makeCrew()).managerContext();
    await expect(within(stranger, () => getRunReport(stranger, { id: dry.id }))).rejects.toMatchObject({
      code: "not_found",
    });
    const done = await run(ctx, dry.id);
    await expect(within(ctx, () => confirmBulk(ctx, { id: dry.id }))).rejects.toMatchObject({ reason: "not_counted" });
    await expect(within(ctx, () => cancelBulk(ctx, { id: dry.id }))).rejects.toMatchObject({ reason: "already_ended" });
    const late = { ...ctx, now: new Date(Date.parse(done.finishedAt ?? "") + 11 * 60_000) };
    await expect(within(ctx, () => undoBulk(late, { id: dry.id }))).rejects.toMatchObject({
      reason: "too_late_to_undo",
    });
  });

  test("a worker that dies half-way goes on without doing anybody twice", async () => {
    const crew = await makeCrew();
    await takeInFor(crew, 30);
    const ctx = await crew.managerContext();
    const { id } = await counted(ctx, { memberId: crew.otherOsc.memberId });
    await within(ctx, () => confirmBulk(ctx, { id }));
    await Promise.all([runBulk(ctx.workspaceId, id), runBulk(ctx.workspaceId, id)]);
    await runBulk(ctx.workspaceId, id);
    expect(await reportOf(ctx, id)).toMatchObject({ status: "done", counts: { changed: 30 } });
    const open = await databaseTransaction(ctx.workspaceId, (db) =>
      db.task.count({
        where: { workspaceId: ctx.workspaceId, kind: "introduction", ownerId: crew.otherOsc.memberId },
      }),
    );
    expect(open).toBe(30);
  });
});
