"use server";

import { action } from "../server/action";
import { editInteraction } from "./commands";
import { EditInteraction } from "./schema";

export const editInteractionAction = action(EditInteraction, editInteraction);
