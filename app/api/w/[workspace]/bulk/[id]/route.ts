import { getRunReport } from "@/lib/bulk/queries";
import { BulkKey } from "@/lib/bulk/schema";
import { get } from "@/lib/server/route";

export const GET = get(BulkKey, getRunReport);
