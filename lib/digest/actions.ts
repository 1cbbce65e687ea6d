"use server";

import { action } from "../server/action";
import { acknowledgeItem, actOnItem } from "./commands";
import { ActOnItem, ItemKey } from "./schema";

export const acknowledgeItemAction = action(ItemKey, acknowledgeItem);
export const actOnItemAction = action(ActOnItem, actOnItem);
