import { z } from "zod";
import { getReportPaper } from "@/lib/saved-reports/file";
import { download } from "@/lib/server/download";

export const GET = download(z.strictObject({ id: z.uuid() }), getReportPaper);
