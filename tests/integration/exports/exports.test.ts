import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { emptyFilter, queryOf } from "@/lib/customers/filter";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { decideExport, openExport, requestExport } from "@/lib/exports/commands";
import { fetchExport } from "@/lib/exports/file";
import { listExports } from "@/lib/exports/queries";
import { makeMember } from "../../support/factories";
import { type Crew, makeCrew, takeIn } from "../../support/hubs";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);

/** The owner approves; she is also an admin. */
const ownerOf = (crew: Crew) => crew.as(crew.workspace.owner, ["owner", "admin"]);

async function approved(crew: Crew, query = ""): Promise<{ ctx: Context; id: string }> {
  const ctx = await crew.managerContext();
  const { id } = await within(ctx, () => requestExport(ctx, { query, reason: "Yearly review" }));
  const owner = await ownerOf(crew);
  await within(ctx, () => decideExport(owner, { id, decision: "approved" }));
  return { ctx: { ...ctx, now: new Date() }, id };
}

async function read(ctx: Context, id: string): Promise<{ pieces: number; text: string }> {
  const file = await within(ctx, () => fetchExport(ctx, { id }));
  let text = "";
  let pieces = 0;
  for (;;) {
    const { done, value } = await within(ctx, () => file.pieces.next());
    if (done) return { pieces, text };
    text += value;
    pieces += 1;
  }
}

describe("a file of customers", () => {
  test("leaves only after somebody else approved it, holds what the filter finds, and runs no formula", async () => {
    const crew = await makeCrew();
    const osc = await crew.oscContext();
    await takeIn(osc, { person: '=HYPERLINK("http://evil")', place: '+1 Main "St", Haifa', duplicates: "create" });
    await takeIn(osc, { person: "נועה, כהן", place: "חיפה", duplicates: "create" });
    await takeIn(osc, { person: "Left Out", place: "Berlin", duplicates: "create" });
    const query = queryOf({
      ...emptyFilter,
      tree: { join: "all", of: [{ field: "place", op: "is", text: "Berlin", not: true }] },
    });
    const { ctx, id } = await approved(crew, query);
    const { text } = await read(ctx, id);

    expect(text.startsWith("\ufeffName,Place,Stage")).toBe(true);
    const rows = parse(text.slice(1), { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.Name)).toEqual(['\'=HYPERLINK("http://evil")', "נועה, כהן"]);
    expect(rows[0]).toMatchObject({ Place: '\'+1 Main "St", Haifa', Status: "Active" });
    const audit = await databaseTransaction(ctx.workspaceId, (db) =>
      db.auditEntry.findMany({
        where: { workspaceId: ctx.workspaceId, subject: `export:${id}` },
        orderBy: { seq: "asc" },
      }),
    );
    expect(audit.map(({ action }) => action)).toEqual([
      "export.requested",
      "export.approved",
      "export.fetched",
      "export.finished",
    ]);
    expect(audit.at(-1)?.detail).toEqual({ rows: 2 });
  });

  test("comes in pieces, and neither misses nor repeats who is worked on while it is read", async () => {
    const crew = await makeCrew();
    const osc = await crew.oscContext();
    const first = await takeIn(osc, { person: "Template", duplicates: "create" });
    const { workspaceId } = osc;
    // Copies of one customer and her journey: the file's own statement is what is tried here.
    await databaseTransaction(workspaceId, async (db) => {
      await db.$executeRaw`
        insert into customers (workspace_id, id, name) select workspace_id, gen_random_uuid(), 'Copy ' || n
        from customers, generate_series(1, 4500) n where workspace_id = ${workspaceId}::uuid and id = ${first.id}::uuid`;
      await db.$executeRaw`
        insert into journeys (workspace_id, id, customer_id, template_id, stage_id, osc_id, accountable_spoke_id, entered_stage_at, last_activity_at, arrived_at)
        select c.workspace_id, gen_random_uuid(), c.id, j.template_id, j.stage_id, j.osc_id, j.accountable_spoke_id, j.entered_stage_at, j.last_activity_at, j.arrived_at
        from customers c, journeys j where c.workspace_id = ${workspaceId}::uuid and c.name like 'Copy %' and j.workspace_id = ${workspaceId}::uuid and j.customer_id = ${first.id}::uuid`;
    });
    const { ctx, id } = await approved(crew);
    const file = await within(ctx, () => fetchExport(ctx, { id }));
    let text = "";
    let pieces = 0;
    for (;;) {
      const { done, value } = await within(ctx, () => file.pieces.next());
      if (done) break;
      text += value;
      pieces += 1;
      await databaseTransaction(
        workspaceId,
        (db) =>
          db.$executeRaw`update journeys set last_activity_at = clock_timestamp() where workspace_id = ${workspaceId}::uuid and random() < 0.3`,
      );
    }
    const rows = parse(text.slice(1), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(4501);
    expect(new Set(rows.map((row) => row.Id)).size).toBe(4501);
    expect(pieces).toBe(4);
  });

  test("is asked for by a manager alone, decided by another person once, and fetched by who asked, for a day", async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    const input = { query: "", reason: "Review" };
    const osc = await crew.oscContext();
    await expect(within(ctx, () => requestExport(osc, input))).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await within(ctx, () => requestExport(ctx, input));
    expect(await within(ctx, () => requestExport(ctx, input))).toEqual({ id });
    await expect(within(ctx, () => openExport(ctx, { id }))).rejects.toMatchObject({ reason: "not_approved" });
    await expect(within(ctx, () => decideExport(ctx, { id, decision: "approved" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const both = await crew.as(crew.manager, ["manager", "admin"]);
    await expect(within(ctx, () => decideExport(both, { id, decision: "approved" }))).rejects.toMatchObject({
      reason: "own_request",
    });
    const owner = await ownerOf(crew);
    expect(await within(ctx, () => listExports(owner))).toMatchObject([{ id, isMine: false, state: "requested" }]);
    expect(await within(ctx, () => listExports(osc))).toEqual([]);
    await within(ctx, () => decideExport(owner, { id, decision: "approved" }));
    await expect(within(ctx, () => decideExport(owner, { id, decision: "refused" }))).rejects.toMatchObject({
      reason: "already_decided",
    });
    const other = await crew.as(await makeMember(crew.workspace, { roles: ["manager"] }), ["manager"]);
    await expect(within(ctx, () => openExport(other, { id }))).rejects.toMatchObject({ code: "not_found" });
    const stranger = await (await makeCrew()).managerContext();
    await expect(within(stranger, () => openExport(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    const late = { ...ctx, now: new Date(Date.now() + 25 * 3_600_000) };
    await expect(within(ctx, () => openExport(late, { id }))).rejects.toMatchObject({ reason: "export_expired" });
  });

  test("is refused at once where nobody else could approve it", async () => {
    const crew = await makeCrew();
    const ctx = await crew.as(crew.workspace.owner, ["owner", "admin", "manager"]);
    await expect(within(ctx, () => requestExport(ctx, { query: "", reason: "r" }))).rejects.toMatchObject({
      reason: "nobody_to_approve",
    });
  });
});
