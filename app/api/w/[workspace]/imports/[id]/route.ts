import { getImport } from "@/lib/imports/queries";
import { ImportId } from "@/lib/imports/schema";
import { get } from "@/lib/server/route";

export const GET = get(ImportId, getImport);
