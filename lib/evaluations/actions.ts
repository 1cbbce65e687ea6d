"use server";

import { action } from "../server/action";
import { judgeInteraction, observeMoments } from "./commands";
import { JudgeInteraction, ObserveMoments } from "./schema";

export const judgeInteractionAction = action(JudgeInteraction, judgeInteraction);
export const observeMomentsAction = action(ObserveMoments, observeMoments);
