import { getRejects } from "@/lib/imports/rejects";
import { ImportId } from "@/lib/imports/schema";
import { download } from "@/lib/server/download";

export const GET = download(ImportId, getRejects);
