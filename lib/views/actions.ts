"use server";

import { action } from "../server/action";
import { createView, deleteView, updateView } from "./commands";
import { CreateView, UpdateView, ViewKey } from "./schema";

export const createViewAction = action(CreateView, createView);
export const updateViewAction = action(UpdateView, updateView);
export const deleteViewAction = action(ViewKey, deleteView);
