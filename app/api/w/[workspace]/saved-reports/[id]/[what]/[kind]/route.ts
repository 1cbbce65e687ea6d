import { getReportFile } from "@/lib/saved-reports/file";
import { ReportFile } from "@/lib/saved-reports/schema";
import { streamFile } from "@/lib/server/stream-file";

export const GET = streamFile(ReportFile, getReportFile);
