"use server";

import { action } from "../server/action";
import { createKey, revokeKey } from "./commands";
import { CreateKey, RevokeKey } from "./schema";

export const createKeyAction = action(CreateKey, createKey);
export const revokeKeyAction = action(RevokeKey, revokeKey);
