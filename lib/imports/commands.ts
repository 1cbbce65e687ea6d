import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/context";
import { enforce } from "@/lib/decision";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/identifiers";
import { namesSomebody } from "@/lib/imports/plan";
import { planStart, planUndo } from "@/lib/imports/rules";
import {
  type CreateImport,
  type ImportFileView,
  type ImportId,
  type ImportStatus,
  linesPerFile,
  type Mapping,
  maxFileBytes,
} from "@/lib/imports/schema";
import { enqueue, record, transaction } from "@/lib/transaction";

/** What a caller needs to follow an import. */
export type QueuedImport = { id: string; status: ImportStatus };

/** Keeps one uploaded file for an import; more than 50 MB is `too_large`, nothing in it `invalid`. */
export async function storeImportFile(
  ctx: Context,
  { name, content }: { name: string; content: Uint8Array },
): Promise<{ id: string; name: string; size: number }> {
  requirePermission(ctx, "imports.run");
  if (content.length > maxFileBytes) throw new AppError("too_large", "file", { detail: "The limit is 50 MB." });
  if (content.length === 0) throw new AppError("invalid", "input", { fields: { file: "empty" } });
  const file = { id: newId(), name: plainName(name), size: content.length };
  return transaction(ctx, async (ctx) => {
    await ctx.db.file.create({
      data: {
        workspaceId: ctx.workspaceId,
        id: file.id,
        name: file.name,
        mediaType: "text/csv",
        content: new Uint8Array(content),
        createdAt: ctx.now,
      },
    });
    record(ctx, "file.stored", { subject: `file:${file.id}`, detail: { name: file.name, size: file.size } });
    return file;
  });
}

/** A file's name without folders and control characters. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const visible = [...last].filter((character) => character >= " " && character !== "\u007f").join("");
  return visible.trim().slice(0, 200) || "file.csv";
}

/**
 * Queues the import of stored files, or with `dryRun` the check that counts and writes no customer. Without preset and
 * mapping the headers decide. `not_found` for a file of another workspace; `invalid` for a mapping that names nobody.
 */
export async function createImport(ctx: Context, input: CreateImport): Promise<QueuedImport> {
  return queueImport(ctx, input, { runAt: ctx.now });
}

/** As `createImport`; the job waits until `runAt`, for callers that run the import themselves meanwhile. */
export async function queueImport(
  ctx: Context,
  input: CreateImport,
  { runAt }: { runAt: Date },
): Promise<QueuedImport> {
  requirePermission(ctx, "imports.run");
  if (input.mapping && !input.preset) checkMapping(input.mapping);
  return transaction(ctx, async (ctx) => {
    const files = await filesOf(ctx, input.files);
    const id = newId();
    await ctx.db.import.create({
      data: {
        workspaceId: ctx.workspaceId,
        id,
        name:
          input.name ??
          files
            .map(({ name }) => name)
            .join(", ")
            .slice(0, 200),
        preset: input.preset ?? null,
        mapping: input.preset ? {} : (input.mapping ?? {}),
        files,
        dryRun: input.dryRun,
        createdById: ctx.memberId,
        createdAt: ctx.now,
      },
    });
    enqueue(ctx, "import.run", { importId: id }, { runAt, key: `import:${id}` });
    const detail = { files: files.map(({ name }) => name), preset: input.preset ?? null, dryRun: input.dryRun };
    record(ctx, "import.created", { subject: `import:${id}`, detail, data: { importId: id } });
    return { id, status: "queued" };
  });
}

function checkMapping(mapping: Mapping): void {
  if (!namesSomebody(mapping)) throw new AppError("invalid", "input", { fields: { mapping: "names_nobody" } });
  const single = Object.values(mapping).filter((field) => field && field !== "email" && field !== "phone");
  if (new Set(single).size < single.length) {
    throw new AppError("invalid", "input", { fields: { mapping: "field_twice" } });
  }
}

async function filesOf(ctx: Context, ids: readonly string[]): Promise<ImportFileView[]> {
  const rows = await ctx.db.$queryRaw<{ id: string; name: string; size: number }[]>`
    select id, name, octet_length(content) as size from files
    where workspace_id = ${ctx.workspaceId}::uuid and id = any(${[...ids]}::uuid[]) and media_type = 'text/csv'`;
  return ids.map((id, index) => {
    const file = rows.find((row) => row.id === id);
    if (!file) throw new AppError("not_found", "file");
    const unread = { encoding: null, delimiter: null, repaired: false, refused: null, columns: [] };
    return { ...file, ...unread, offset: index * linesPerFile };
  });
}

/** Queues for real what a dry run has checked. */
export async function startImport(ctx: Context, { id }: ImportId): Promise<QueuedImport> {
  requirePermission(ctx, "imports.run");
  const checked = await requireImport(ctx, id);
  const { dryRun } = enforce(planStart(checked));
  return createImport(ctx, {
    name: checked.name,
    files: (checked.files as ImportFileView[]).map((file) => file.id),
    ...(checked.preset === "olist" ? { preset: checked.preset } : { mapping: checked.mapping as Mapping }),
    dryRun,
  });
}

/** Queues the undo of a whole import; customers that somebody has worked on since will stay. */
export async function undoImport(ctx: Context, { id }: ImportId): Promise<QueuedImport> {
  requirePermission(ctx, "imports.run");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const standing = await requireImport(ctx, id);
    const change = enforce(planUndo(standing));
    const { count } = await ctx.db.import.updateMany({
      where: { workspaceId, id, version: standing.version },
      data: { ...change, progress: 0, error: null, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { status: standing.status } });
    enqueue(ctx, "import.undo", { importId: id }, { key: `import-undo:${id}` });
    record(ctx, "import.undo_started", { subject: `import:${id}`, data: { importId: id } });
    return { id, ...change };
  });
}

async function requireImport(ctx: Context, id: string) {
  const { workspaceId } = ctx;
  const found = await ctx.db.import.findFirst({ where: { workspaceId, id } });
  if (!found) throw new AppError("not_found", "import");
  return { ...found, status: found.status as ImportStatus };
}
