import type { Context } from "../context";
import { importTasks } from "../imports/tasks";
import { journeyTasks } from "../journeys/tasks";

/** One job: the context of its workspace, and what the queue carried. */
export type TaskHandler = (ctx: Context, payload: Record<string, unknown>) => Promise<void>;

/** Every job the worker knows, by task name. */
export const taskHandlers: Record<string, TaskHandler> = { ...journeyTasks, ...importTasks };
