import type { TaskHandler } from "../journeys/tasks";
import { retag, tagResponse } from "./tagging";

type Place = { at: string; id: string } | undefined;

/** The jobs of this noun, by task name. Each may run twice and does its work once. */
export const themeTasks: Record<string, TaskHandler> = {
  "themes.tag": (ctx, { responseId }) => tagResponse(ctx, String(responseId)),
  "themes.retag": async (ctx, { before }) => {
    await retag(ctx, before as Place);
  },
};
