"use server";

import { action } from "../server/action";
import { setProgrammeGoal } from "./commands";
import { SetProgrammeGoal } from "./schema";

export const setProgrammeGoalAction = action(SetProgrammeGoal, setProgrammeGoal);
