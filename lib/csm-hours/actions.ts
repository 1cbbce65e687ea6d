"use server";

import { action } from "../server/action";
import { logCsmHours, removeCsmHours, setCsmCapacity } from "./commands";
import { CsmHoursKey, LogCsmHours, SetCsmCapacity } from "./schema";

export const logCsmHoursAction = action(LogCsmHours, logCsmHours);
export const removeCsmHoursAction = action(CsmHoursKey, removeCsmHours);
export const setCsmCapacityAction = action(SetCsmCapacity, setCsmCapacity);
