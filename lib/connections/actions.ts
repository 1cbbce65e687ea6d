"use server";

import { action } from "../server/action";
import { addConnection, removeConnection } from "./commands";
import { AddConnection, RemoveConnection } from "./schema";

export const addConnectionAction = action(AddConnection, addConnection);
export const removeConnectionAction = action(RemoveConnection, removeConnection);
