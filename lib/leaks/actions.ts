"use server";

import { action } from "../server/action";
import { editLeak, moveLeak } from "./commands";
import { EditLeak, MoveLeak } from "./schema";

export const editLeakAction = action(EditLeak, editLeak);
export const moveLeakAction = action(MoveLeak, moveLeak);
