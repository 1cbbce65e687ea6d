"use server";

import { action } from "../server/action";
import { decideExport, requestExport } from "./commands";
import { DecideExport, RequestExport } from "./schema";

export const requestExportAction = action(RequestExport, requestExport);
export const decideExportAction = action(DecideExport, decideExport);
