import type { Context } from "../context";
import { countBulk } from "./count";
import { runBulk } from "./run";
import { runBulkUndo } from "./undo";

/** The jobs of this noun, by task name. Each may run twice, at once too, and does its work once. */
export const bulkTasks: Record<string, (ctx: Context, payload: Record<string, unknown>) => Promise<void>> = {
  "bulk.count": (ctx, { runId }) => countBulk(ctx.workspaceId, String(runId)),
  "bulk.run": (ctx, { runId }) => runBulk(ctx.workspaceId, String(runId)),
  "bulk.undo": (ctx, { runId }) => runBulkUndo(ctx.workspaceId, String(runId)),
};
