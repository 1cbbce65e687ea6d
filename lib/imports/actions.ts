"use server";

import { createImport, startImport, undoImport } from "@/lib/imports/commands";
import { CreateImport, ImportId } from "@/lib/imports/schema";
import { action } from "@/lib/server/action";

export const createImportAction = action(CreateImport, createImport);
export const startImportAction = action(ImportId, startImport);
export const undoImportAction = action(ImportId, undoImport);
