import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { restoreFilled } from "@/lib/imports/restore";
import type { Progress } from "@/lib/imports/run";
import type { ImportCounts, UndoResult } from "@/lib/imports/schema";
import { findWorkedOn } from "@/lib/imports/worked-on";
import { nothingChanged, record, transaction } from "@/lib/transaction";

const batchSize = 500;

/** How many customers that stay are named in the result. */
const namedAtMost = 1000;

/**
 * Takes back a whole import: removes whom it created and restores what it filled. A customer somebody has worked on
 * since (a contact, a passage, a relay, a promise, a task, an appointment, an edit) stays and is named. Members that it
 * brought go when nothing refers to them. Runs in batches and goes on from where a killed one stopped.
 */
export async function runUndo(workspaceId: string, importId: string, onProgress?: Progress): Promise<void> {
  await inWorkspace(workspaceId, async () => {
    const system = await systemContext(workspaceId);
    const found = await system.db.import.findFirst({ where: { workspaceId, id: importId } });
    if (found?.status !== "undoing") return;
    const roles: Role[] = ["manager", "osc"];
    const options = found.createdById ? { memberId: found.createdById, roles } : { roles };
    const ctx = await systemContext(workspaceId, options);
    const counts = found.counts as ImportCounts;
    const toDo = Math.max(1, counts.created + counts.matched);
    for (let done = 0; ; ) {
      const taken = await undoBatch({ ...ctx, now: new Date() }, importId, done / toDo);
      if (taken === 0) break;
      done += taken;
      onProgress?.(Math.min(1, done / toDo), counts);
    }
    await finish({ ...ctx, now: new Date() }, importId, found.createdMemberIds);
  });
}

type Row = { line: number; outcome: string; customer_id: string; before: unknown };

/** The last rows first, so that what two rows filled comes off in reverse order. */
async function undoBatch(ctx: Context, importId: string, progress: number): Promise<number> {
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    await ctx.db
      .$queryRaw`select id from imports where workspace_id = ${workspaceId}::uuid and id = ${importId}::uuid for update`;
    const rows = await ctx.db.$queryRaw<Row[]>`
      select line, outcome, customer_id, before from import_rows
      where workspace_id = ${workspaceId}::uuid and import_id = ${importId}::uuid and customer_id is not null
        and (outcome = 'created' or (outcome = 'matched' and before is not null))
      order by line desc limit ${batchSize}`;
    if (rows.length === 0) {
      nothingChanged(ctx);
      return 0;
    }
    const created = rows.filter(({ outcome }) => outcome === "created").map((row) => row.customer_id);
    const removed = await removeUntouched(ctx, importId, created);
    const restored = await restoreFilled(
      ctx,
      rows.filter(({ outcome }) => outcome === "matched"),
    );
    await mark(ctx, importId, rows, { removed, restored });
    await ctx.db.import.updateMany({ where: { workspaceId, id: importId }, data: { progress: Math.min(1, progress) } });
    const detail = { rows: rows.length, removed: removed.size, restored: restored.size };
    record(ctx, "import.undo_progressed", { subject: `import:${importId}`, detail, data: { importId, progress } });
    return rows.length;
  });
}

/**
 * Deletes the customers of the import that nobody has worked on since, with everything that hangs on them. The rows are
 * locked first: whoever is writing to one of them is waited for, and what she wrote then counts.
 */
async function removeUntouched(ctx: Context, importId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { workspaceId } = ctx;
  const standing = await ctx.db.$queryRaw<{ id: string; isUntouched: boolean }[]>`
    select id, import_id = ${importId}::uuid and version = 1 and merged_into_id is null and deleted_at is null as "isUntouched"
    from customers where workspace_id = ${workspaceId}::uuid and id = any(${[...ids]}::uuid[]) order by id for update`;
  const worked = await findWorkedOn(ctx, importId, ids);
  const gone = standing.filter(({ id, isUntouched }) => isUntouched && !worked.has(id)).map(({ id }) => id);
  if (gone.length > 0) {
    await ctx.db
      .$executeRaw`delete from customers where workspace_id = ${workspaceId}::uuid and id = any(${gone}::uuid[])`;
  }
  return new Set(gone);
}

/** Writes on each row what undo did with it, so that a second try leaves it alone. */
async function mark(
  ctx: Context,
  importId: string,
  rows: readonly Row[],
  { removed, restored }: { removed: ReadonlySet<string>; restored: ReadonlySet<number> },
): Promise<void> {
  const { workspaceId } = ctx;
  const linesOf = (test: (row: Row) => boolean) => rows.filter(test).map(({ line }) => line);
  const outcomes = {
    removed: linesOf((row) => row.outcome === "created" && removed.has(row.customer_id)),
    restored: linesOf((row) => row.outcome === "matched" && restored.has(row.line)),
  };
  const rest = rows.map(({ line }) => line).filter((line) => !Object.values(outcomes).flat().includes(line));
  for (const [outcome, lines] of [...Object.entries(outcomes), ["kept", rest] as const]) {
    if (lines.length === 0) continue;
    await ctx.db.importRow.updateMany({ where: { workspaceId, importId, line: { in: lines } }, data: { outcome } });
  }
}

async function finish(ctx: Context, importId: string, memberIds: readonly string[]): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    await ctx.db.$executeRaw`delete from journey_counts where workspace_id = ${workspaceId}::uuid and count = 0`;
    const removedMembers = await ctx.db.$queryRaw<{ id: string }[]>`
      select id from app.remove_unused_members(${[...memberIds]}::uuid[]) as id`;
    const tally = await ctx.db.importRow.groupBy({
      by: ["outcome"],
      where: { workspaceId, importId },
      _count: { _all: true },
    });
    const countOf = (outcome: string) => tally.find((each) => each.outcome === outcome)?._count._all ?? 0;
    const kept = await ctx.db.$queryRaw<{ id: string; name: string }[]>`
      select c.id, c.name from import_rows r
      join customers c on c.workspace_id = r.workspace_id and c.id = r.customer_id
      where r.workspace_id = ${workspaceId}::uuid and r.import_id = ${importId}::uuid and r.outcome = 'kept'
      order by r.line limit ${namedAtMost}`;
    const undo: UndoResult = {
      removed: countOf("removed"),
      restored: countOf("restored"),
      kept,
      keptCount: countOf("kept"),
      removedMembers: removedMembers.length,
      keptMembers: memberIds.length - removedMembers.length,
    };
    const { count } = await ctx.db.import.updateMany({
      where: { workspaceId, id: importId, status: "undoing" },
      data: {
        status: "undone",
        progress: 1,
        undoneAt: ctx.now,
        undo: undo as unknown as Prisma.InputJsonObject,
        version: { increment: 1 },
      },
    });
    if (count === 0) nothingChanged(ctx);
    else record(ctx, "import.undone", { subject: `import:${importId}`, detail: undo, data: { importId } });
  });
}
