"use server";

import { action } from "../server/action";
import { repeatRun, requestRun } from "./commands";
import { RequestRun, RunKey } from "./schema";

export const requestRunAction = action(RequestRun, requestRun);
export const repeatRunAction = action(RunKey, repeatRun);
