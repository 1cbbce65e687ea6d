"use server";

import { action } from "../server/action";
import { archiveMoment, changeMoment, createMoment } from "./commands";
import { ChangeMoment, CreateMoment, MomentKey } from "./schema";

export const createMomentAction = action(CreateMoment, createMoment);
export const changeMomentAction = action(ChangeMoment, changeMoment);
export const archiveMomentAction = action(MomentKey, archiveMoment);
