import { AppError } from "../errors";
import { loadJourney } from "../journeys/loaded";
import { openOffTrack } from "../journeys/off-track";
import type { TaskHandler } from "../journeys/tasks";
import { notify } from "../notifications/notify";
import { nothingChanged, transaction } from "../transaction";

/** T11: a promise passed its due time and is still open. */
const overdue: TaskHandler = async (ctx, payload) => {
  await transaction(ctx, async (ctx) => {
    try {
      const loaded = await loadJourney(ctx, { journeyId: String(payload.journeyId) });
      const promise = await ctx.db.customerPromise.findFirst({
        where: { workspaceId: ctx.workspaceId, id: String(payload.promiseId), state: "open" },
      });
      if (!promise || promise.dueAt > ctx.now) return nothingChanged(ctx);
      const evidence = { promiseId: promise.id, text: promise.text, dueAt: promise.dueAt.toISOString() };
      if (!(await openOffTrack(ctx, loaded, "T11", evidence))) return nothingChanged(ctx);
      const { oscId, accountableId } = loaded.journey;
      if (promise.byId !== oscId && promise.byId !== accountableId)
        await notify(ctx, [promise.byId], "promise_late", promise.customerId, { customer: loaded.customerName });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_found") throw error;
      nothingChanged(ctx);
    }
  });
};

/** The jobs of this noun, by task name. */
export const promiseTasks: Record<string, TaskHandler> = { "promise.overdue": overdue };
