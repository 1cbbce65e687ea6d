"use server";

import { action } from "../server/action";
import { editInteraction, logInteraction } from "./commands";
import { EditInteraction, LogInteraction } from "./schema";

export const logInteractionAction = action(LogInteraction, logInteraction);
export const editInteractionAction = action(EditInteraction, editInteraction);
