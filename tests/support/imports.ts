import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { createImport, storeImportFile, undoImport } from "@/lib/imports/commands";
import { getImport } from "@/lib/imports/queries";
import { getRejects } from "@/lib/imports/rejects";
import { CreateImport, type ImportReport } from "@/lib/imports/schema";
import { importTasks } from "@/lib/imports/tasks";

type FileInput = string | Uint8Array;
type Options = Omit<Partial<CreateImport>, "files">;

/** Runs one job of the imports as the worker would. */
export async function runTask(ctx: Context, task: "import.run" | "import.undo", importId: string): Promise<void> {
  await inWorkspace(ctx.workspaceId, async () => {
    await importTasks[task]?.(ctx, { importId });
  });
}

/** Stores files as a person would upload them and queues their import. */
export function queueFiles(ctx: Context, files: FileInput[], options: Options = {}): Promise<string> {
  return inWorkspace(ctx.workspaceId, async () => {
    const ids: string[] = [];
    for (const [index, file] of files.entries()) {
      const content = typeof file === "string" ? new TextEncoder().encode(file) : file;
      ids.push((await storeImportFile(ctx, { name: `file-${index + 1}.csv`, content })).id);
    }
    return (await createImport(ctx, CreateImport.parse({ ...options, files: ids }))).id;
  });
}

/** The report of an import as it now stands. */
export function reportOf(ctx: Context, id: string): Promise<ImportReport> {
  return inWorkspace(ctx.workspaceId, () => getImport(ctx, { id }));
}

/** Imports files to the end. */
export async function importFiles(ctx: Context, files: FileInput[], options: Options = {}): Promise<ImportReport> {
  const id = await queueFiles(ctx, files, options);
  await runTask(ctx, "import.run", id);
  return reportOf(ctx, id);
}

/** Takes an import back to the end. */
export async function undoFully(ctx: Context, id: string): Promise<ImportReport> {
  await inWorkspace(ctx.workspaceId, () => undoImport(ctx, { id }));
  await runTask(ctx, "import.undo", id);
  return reportOf(ctx, id);
}

/** The CSV of rejected rows. */
export function rejectsOf(ctx: Context, id: string): Promise<string> {
  return inWorkspace(ctx.workspaceId, async () => (await getRejects(ctx, { id })).body);
}
