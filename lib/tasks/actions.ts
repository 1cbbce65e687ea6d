"use server";

import { action } from "../server/action";
import { cancelTask, completeTask, createTask, reassignTask } from "./commands";
import { CancelTask, CreateTask, ReassignTask, TaskKey } from "./schema";

export const createTaskAction = action(CreateTask, createTask);
export const completeTaskAction = action(TaskKey, completeTask);
export const cancelTaskAction = action(CancelTask, cancelTask);
export const reassignTaskAction = action(ReassignTask, reassignTask);
