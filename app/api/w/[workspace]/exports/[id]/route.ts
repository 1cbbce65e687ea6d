import { fetchExport } from "@/lib/exports/file";
import { ExportKey } from "@/lib/exports/schema";
import { streamFile } from "@/lib/server/stream-file";

export const GET = streamFile(ExportKey, fetchExport);
