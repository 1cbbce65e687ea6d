import { getOriginsReport } from "@/lib/reports/queries";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, getOriginsReport);
