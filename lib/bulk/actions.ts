"use server";

import { action } from "../server/action";
import { assignMany, cancelBulk, confirmBulk, recoverMany, undoBulk } from "./commands";
import { AssignMany, BulkKey, RecoverMany } from "./schema";

export const assignManyAction = action(AssignMany, assignMany);
export const recoverManyAction = action(RecoverMany, recoverMany);
export const confirmBulkAction = action(BulkKey, confirmBulk);
export const cancelBulkAction = action(BulkKey, cancelBulk);
export const undoBulkAction = action(BulkKey, undoBulk);
