import { z } from "zod";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Import } from "@/lib/generated/prisma/client";
import { noCounts } from "@/lib/imports/counts";
import {
  type ImportCounts,
  type ImportFileView,
  type ImportId,
  type ImportPage,
  type ImportPreset,
  type ImportReport,
  type ImportStatus,
  type ImportView,
  linesPerFile,
  type Mapping,
  type RejectReason,
  type RejectView,
  type UndoResult,
} from "@/lib/imports/schema";

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
  return { data: page.map(toView), nextCursor: rows.length > pageSize ? (page.at(-1)?.id ?? null) : null };
}

/** One import with the reasons of its rejects, its first rejects and whom it flagged; `not_found` when it is not ours. */
export async function getImport(ctx: Context, { id }: ImportId): Promise<ImportReport> {
  requirePermission(ctx, "imports.run");
  const { workspaceId } = ctx;
  const found = await ctx.db.import.findFirst({ where: { workspaceId, id } });
  if (!found) throw new AppError("not_found", "import");
  const view = toView(found);
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
    reasons: reasons.map(({ reason, _count }) => ({ reason: reason as RejectReason, count: _count._all })),
    rejects: rows.map((row) => toReject(row, view.files)),
    flagged: flagged.map(({ flag, ...customer }) => ({ ...customer, flag: flag ?? "" })),
  };
}

function toView(row: Import): ImportView {
  return {
    id: row.id,
    name: row.name,
    status: row.status as ImportStatus,
    preset: row.preset as ImportPreset | null,
    dryRun: row.dryRun,
    counts: { ...noCounts, ...(row.counts as Partial<ImportCounts>) },
    progress: row.progress,
    error: row.error,
    files: row.files as ImportFileView[],
    mapping: row.mapping as Mapping,
    undo: row.undo as UndoResult | null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    version: row.version,
  };
}

type StoredReject = {
  line: number;
  reason: string | null;
  columnName: string | null;
  value: string | null;
  raw: unknown;
};

/** A rejected row with the file and the line it stands on there. */
export function toReject(row: StoredReject, files: readonly ImportFileView[]): RejectView {
  return {
    file: files[Math.floor(row.line / linesPerFile)]?.name ?? "",
    line: row.line % linesPerFile,
    reason: row.reason as RejectReason,
    column: row.columnName,
    value: row.value,
    cells: row.raw as string[],
  };
}
