import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { ImportId, ImportPage, ImportReport } from "@/lib/imports/schema";
import { storedReason, toImportView, toReject } from "@/lib/imports/stored";

const pageSize = 50;
const rejectsShown = 50;

export const ListImports = z.object({ before: z.uuid().optional() });

/** The imports of the workspace, newest first, fifty at a time; `before` is the cursor of the next page. */
export async function listImports(ctx: Context, { before }: z.output<typeof ListImports> = {}): Promise<ImportPage> {
  requirePermission(ctx, "imports.run");
  // Ids are made in order of time.
  const rows = await ctx.db.import.findMany({
    where: { workspaceId: ctx.workspaceId, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: "desc" },
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  return { data: page.map(toImportView), nextCursor: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
}

/** One import with the reasons of its rejects, its first rejects and whom it flagged; `not_found` when it is not ours. */
export async function getImport(ctx: Context, { id }: ImportId): Promise<ImportReport> {
  requirePermission(ctx, "imports.run");
  const { workspaceId } = ctx;
  const found = await ctx.db.import.findFirst({ where: { workspaceId, id } });
  if (!found) throw new AppError("not_found", "import");
  const view = toImportView(found);
  const reasons = await ctx.db.importRow.groupBy({
    by: ["reason"],
    where: { workspaceId, importId: id, outcome: "rejected" },
    _count: { _all: true },
    orderBy: { _count: { reason: "desc" } },
  });
  const rows = await ctx.db.importRow.findMany({
    where: { workspaceId, importId: id, outcome: "rejected" },
    orderBy: { line: "asc" },
    take: rejectsShown,
  });
  const flagged = await ctx.db.customer.findMany({
    where: { workspaceId, importId: id, flag: { not: null } },
    select: { id: true, name: true, flag: true },
    orderBy: { id: "asc" },
    take: 50,
  });
  return {
    ...view,
    reasons: addedUp(reasons.map(({ reason, _count }) => ({ reason: storedReason(reason), count: _count._all }))),
    rejects: rows.map((row) => toReject(row, view.files)),
    flagged: flagged.map(({ flag, ...customer }) => ({ ...customer, flag: flag ?? "" })),
  };
}

/** Counts of one reason each, those that stand twice added up, the most frequent first. */
function addedUp(reasons: ImportReport["reasons"]): ImportReport["reasons"] {
  const counts = new Map<ImportReport["reasons"][number]["reason"], number>();
  for (const { reason, count } of reasons) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
