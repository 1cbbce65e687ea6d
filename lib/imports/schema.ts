import { z } from "zod";

/** What a column may bring; `email` and `phone` may come in several columns, the others in one. */
export const importFields = [
  "name",
  "given",
  "family",
  "email",
  "phone",
  "place",
  "origin",
  "locale",
  "need",
  "note",
  "first_contact_at",
  "external_id",
  "osc_email",
] as const;
export type ImportField = (typeof importFields)[number];

/** Known pairs of files that need no mapping. */
export const importPresets = ["olist"] as const;
export type ImportPreset = (typeof importPresets)[number];

/** Why a row was not taken; the screens and the CSV of rejects have words for each. */
export const rejectReasons = [
  "no_name_and_no_contact",
  "bad_email",
  "bad_phone",
  "bad_date",
  "future_date",
  "too_many_columns",
  "too_few_columns",
  "broken_quotes",
  "too_long",
  "duplicate_in_file",
  "unknown_osc",
  "no_external_id",
  "unknown_lead",
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export type ImportStatus = "queued" | "running" | "done" | "failed" | "undoing" | "undone";

/** Largest file in bytes, most files of one import. */
export const maxFileBytes = 50 * 1024 * 1024;
export const maxFiles = 10;
/** What the lines of each further file are moved by, so that every row of an import has a line of its own. */
export const linesPerFile = 100_000_000;

/** Column name to field; null and columns left out are not imported. */
export const Mapping = z.record(z.string().max(1000), z.enum(importFields).nullable());
export type Mapping = z.output<typeof Mapping>;

export const CreateImport = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  files: z.array(z.uuid()).min(1).max(maxFiles),
  preset: z.enum(importPresets).optional(),
  mapping: Mapping.optional(),
  dryRun: z.boolean().default(false),
});
export type CreateImport = z.output<typeof CreateImport>;

export const ImportId = z.strictObject({ id: z.uuid() });
export type ImportId = z.output<typeof ImportId>;

const fileIds = z
  .string()
  .transform((text) => text.split(",").filter((id) => id !== ""))
  .pipe(z.array(z.uuid()).min(1).max(maxFiles));

const mappingText = z
  .string()
  .max(20_000)
  .transform((text, check) => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      check.addIssue({ code: "custom", message: "not_json" });
      return z.NEVER;
    }
  })
  .pipe(Mapping);

/** Search parameters of the preview: file ids by comma, the mapping as JSON. */
export const PreviewImport = z.object({
  files: fileIds,
  preset: z.enum(importPresets).optional(),
  mapping: mappingText.optional(),
});
export type PreviewImport = z.output<typeof PreviewImport>;

export type ImportCounts = { rows: number; created: number; matched: number; rejected: number; flagged: number };

/** What undo did; `kept` lists customers somebody has worked on since. */
export type UndoResult = {
  removed: number;
  restored: number;
  kept: { id: string; name: string }[];
  keptCount: number;
  removedMembers: number;
  keptMembers: number;
};

/** One file as it was read. `offset` is what its lines are counted from in the rows of the import. */
export type ImportFileView = {
  id: string;
  name: string;
  size: number;
  encoding: string | null;
  delimiter: string | null;
  repaired: boolean;
  refused: string | null;
  columns: string[];
  offset: number;
};

export type ImportView = {
  id: string;
  name: string;
  status: ImportStatus;
  preset: ImportPreset | null;
  dryRun: boolean;
  counts: ImportCounts;
  /** 0 to 1. */
  progress: number;
  error: string | null;
  files: ImportFileView[];
  mapping: Mapping;
  undo: UndoResult | null;
  createdAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
  version: number;
};

export type ImportPage = { data: ImportView[]; nextCursor: string | null };

/** `other` is a reason that was stored and that nobody knows any more. */
export type RejectView = {
  file: string;
  line: number;
  reason: RejectReason | "other";
  column: string | null;
  value: string | null;
  cells: string[];
};

/** The import with how often each reason occurred, its first rejects and the flagged customers. */
export type ImportReport = ImportView & {
  reasons: { reason: RejectView["reason"]; count: number }[];
  rejects: RejectView[];
  flagged: { id: string; name: string; flag: string }[];
};

export type ColumnMatch = { column: string; field: ImportField | null; confidence: number; samples: string[] };

/** One row as it would arrive: values as text, or the reason why not. */
export type PreviewRow = {
  line: number;
  values: Partial<Record<ImportField, string>>;
  reason: RejectReason | null;
  column: string | null;
};

/** What the wizard shows before anything is written. */
export type ImportPreview = {
  files: ImportFileView[];
  /** The preset in use: the one asked for, or the one the headers show. */
  preset: ImportPreset | null;
  matches: ColumnMatch[];
  fields: ImportField[];
  rows: PreviewRow[];
};
