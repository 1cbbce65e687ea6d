import type { TaskHandler } from "../journeys/tasks";
import { markOverdue } from "./commands";

/** The jobs of this noun, by task name. */
export const enablementTasks: Record<string, TaskHandler> = {
  "enablement.overdue": (ctx, { assignmentId }) => markOverdue(ctx, String(assignmentId)),
};
