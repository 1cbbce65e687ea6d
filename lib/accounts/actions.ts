"use server";

import { action } from "../server/action";
import { setParent } from "./commands";
import { SetParent } from "./schema";

export const setParentAction = action(SetParent, setParent);
