import { previewImport } from "@/lib/imports/preview";
import { PreviewImport } from "@/lib/imports/schema";
import { get } from "@/lib/server/route";

export const GET = get(PreviewImport, previewImport);
