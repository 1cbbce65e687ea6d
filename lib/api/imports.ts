import { z } from "zod";
import { AppError } from "../errors";
import { createImport, storeImportFile, undoImport } from "../imports/commands";
import { getImport, ListImports, listImports } from "../imports/queries";
import { getRejects } from "../imports/rejects";
import { importPresets, Mapping } from "../imports/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { transaction } from "../transaction";

const Counts = z
  .object({ rows: z.number(), created: z.number(), matched: z.number(), rejected: z.number(), flagged: z.number() })
  .meta({ id: "ImportCounts" });

const Import = z
  .object({
    id: z.uuid(),
    name: z.string(),
    status: z.string().meta({ description: "queued, running, done, failed, undoing or undone" }),
    preset: z.string().nullable(),
    dryRun: z.boolean(),
    counts: Counts,
    progress: z.number().meta({ description: "0 to 1" }),
    error: z.string().nullable(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
    undoneAt: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: "Import" });

const Report = z
  .object({
    ...Import.shape,
    reasons: z.array(z.object({ reason: z.string(), count: z.number() })),
    rejects: z.array(
      z.object({
        file: z.string(),
        line: z.number(),
        reason: z.string(),
        column: z.string().nullable(),
        value: z.string().nullable(),
      }),
    ),
    flagged: z.array(z.object({ id: z.uuid(), name: z.string(), flag: z.string() })),
  })
  .meta({ id: "ImportReport" });

const Queued = z.object({ id: z.uuid(), status: z.string() }).meta({ id: "QueuedImport" });

const Upload = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  preset: z.enum(importPresets).optional(),
  mapping: z
    .string()
    .max(20_000)
    .transform((text, check) => {
      const parsed = Mapping.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      check.addIssue({ code: "custom", message: "a JSON object of column to field" });
      return z.NEVER;
    })
    .optional()
    .meta({ description: "JSON object: column of the file to field, or null to leave it out" }),
  dryRun: z.enum(["true", "false", "1", "0"]).default("false"),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const tag = "Imports";
const permission = "Manager.";

export const importEndpoints = [
  endpoint({
    method: "POST",
    path: "/imports",
    tag,
    summary: "Upload files and import them in the background; with `dryRun` they are only counted.",
    permission,
    body: Upload,
    accepts: "multipart",
    response: Queued,
    status: 202,
    handle: async (ctx, { dryRun, name, preset, mapping }, { files }) => {
      if (files.length === 0) throw new AppError("invalid", "input", { fields: { file: "at least one file" } });
      if (files.length > 10) throw new AppError("invalid", "input", { fields: { file: "at most ten files" } });
      return transaction(ctx, async (ctx) => {
        const ids: string[] = [];
        for (const { name, bytes } of files) ids.push((await storeImportFile(ctx, { name, content: bytes })).id);
        return createImport(ctx, { name, preset, mapping, files: ids, dryRun: dryRun === "true" || dryRun === "1" });
      });
    },
  }),
  endpoint({
    method: "GET",
    path: "/imports",
    tag,
    summary: "The imports, newest first.",
    permission,
    query: ListImports.strict(),
    cursorName: "before",
    response: pageOf(Import),
    handle: listImports,
  }),
  endpoint({
    method: "GET",
    path: "/imports/{id}",
    tag,
    summary: "One import: status, counts, reasons of its rejects.",
    permission,
    params: ById,
    response: Report,
    handle: getImport,
  }),
  endpoint({
    method: "GET",
    path: "/imports/{id}/rejects",
    tag,
    summary: "The rejected rows as CSV: their own columns, then line and reason.",
    permission,
    params: ById,
    answers: "csv",
    handle: async (ctx, { id }) => {
      const { fileName, mediaType, body } = await getRejects(ctx, { id });
      return new Response(body, {
        headers: { "content-type": mediaType, "content-disposition": `attachment; filename="${fileName}"` },
      });
    },
  }),
  endpoint({
    method: "POST",
    path: "/imports/{id}/undo",
    tag,
    summary: "Take a whole import back; customers somebody worked on since stay.",
    permission,
    params: ById,
    response: Queued,
    status: 202,
    handle: undoImport,
  }),
];
