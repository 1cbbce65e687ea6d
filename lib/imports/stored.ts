import { z } from "zod";
import type { Import } from "@/lib/generated/prisma/client";
import { noCounts } from "@/lib/imports/counts";
import {
  type ImportCounts,
  type ImportFileView,
  type ImportPreset,
  type ImportStatus,
  type ImportView,
  importFields,
  linesPerFile,
  type Mapping,
  type RejectReason,
  type RejectView,
  rejectReasons,
  type UndoResult,
} from "@/lib/imports/schema";

// What an import stored as JSON may be years old or written by another version: it is read for what it still tells.
const count = z.int().min(0).catch(0);
const text = z.string().catch("");
const textOrNull = z.string().nullable().catch(null);

const StoredCounts = z
  .object({ rows: count, created: count, matched: count, rejected: count, flagged: count })
  .catch(noCounts) satisfies z.ZodType<ImportCounts>;

const StoredFiles = z
  .array(
    z.object({
      id: text,
      name: text,
      size: z.number().catch(0),
      encoding: textOrNull,
      delimiter: textOrNull,
      repaired: z.boolean().catch(false),
      refused: textOrNull,
      columns: z.array(text).catch([]),
      offset: z.number().catch(0),
    }),
  )
  .catch([]) satisfies z.ZodType<ImportFileView[]>;

const StoredMapping = z
  .record(z.string(), z.enum(importFields).nullable().catch(null))
  .catch({}) satisfies z.ZodType<Mapping>;

const StoredUndo = z
  .object({
    removed: count,
    restored: count,
    kept: z.array(z.object({ id: z.string(), name: z.string() })).catch([]),
    keptCount: count,
    removedMembers: count,
    keptMembers: count,
  })
  .nullable()
  .catch(null) satisfies z.ZodType<UndoResult | null>;

const StoredReason = z.enum(rejectReasons).or(z.literal("other")).catch("other");

/** The reason that was stored; `other` for one that nobody knows. */
export function storedReason(reason: string | null): RejectReason | "other" {
  return StoredReason.parse(reason);
}

/** The files of an import as they were read; none when what is stored tells of none. */
export function storedFiles(files: unknown): ImportFileView[] {
  return StoredFiles.parse(files);
}

/** An import as screens and endpoints show it, whatever stands in its JSON columns. */
export function toImportView(row: Import): ImportView {
  return {
    id: row.id,
    name: row.name,
    status: row.status as ImportStatus,
    preset: row.preset as ImportPreset | null,
    dryRun: row.dryRun,
    counts: StoredCounts.parse(row.counts),
    progress: row.progress,
    error: row.error,
    files: storedFiles(row.files),
    mapping: StoredMapping.parse(row.mapping),
    undo: StoredUndo.parse(row.undo),
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

/** A rejected row with the file and the line it stands on there; its cells as texts, also those that are none. */
export function toReject(row: StoredReject, files: readonly ImportFileView[]): RejectView {
  return {
    file: files[Math.floor(row.line / linesPerFile)]?.name ?? "",
    line: row.line % linesPerFile,
    reason: storedReason(row.reason),
    column: row.columnName,
    value: row.value,
    cells: cellsOf(row.raw),
  };
}

function cellsOf(raw: unknown): string[] {
  if (raw === null || raw === undefined) return [];
  const cells: unknown[] = Array.isArray(raw) ? raw : [raw];
  return cells.map((cell) => (typeof cell === "string" ? cell : cell === null ? "" : JSON.stringify(cell)));
}
