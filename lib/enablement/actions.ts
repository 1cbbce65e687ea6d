"use server";

import { action } from "../server/action";
import {
  archiveItem,
  assignItem,
  beginAssignment,
  changeItem,
  completeAssignment,
  createItem,
  verifyAssignment,
  waiveAssignment,
} from "./commands";
import { writeNote } from "./notes";
import { AssignItem, AssignmentKey, ChangeItem, CreateItem, ItemKey, WaiveAssignment, WriteNote } from "./schema";

export const createItemAction = action(CreateItem, createItem);
export const changeItemAction = action(ChangeItem, changeItem);
export const archiveItemAction = action(ItemKey, archiveItem);
export const assignItemAction = action(AssignItem, assignItem);
export const beginAssignmentAction = action(AssignmentKey, beginAssignment);
export const completeAssignmentAction = action(AssignmentKey, completeAssignment);
export const verifyAssignmentAction = action(AssignmentKey, verifyAssignment);
export const waiveAssignmentAction = action(WaiveAssignment, waiveAssignment);
export const writeNoteAction = action(WriteNote, writeNote);
