import type { Context } from "@/lib/context";
import { runImport } from "@/lib/imports/run";
import { runUndo } from "@/lib/imports/undo";

/** The jobs of this noun, by task name. Each may run twice, at once too, and does its work once. */
export const importTasks: Record<string, (ctx: Context, payload: Record<string, unknown>) => Promise<void>> = {
  "import.run": (ctx, { importId }) => runImport(ctx.workspaceId, String(importId)),
  "import.undo": (ctx, { importId }) => runUndo(ctx.workspaceId, String(importId)),
};
