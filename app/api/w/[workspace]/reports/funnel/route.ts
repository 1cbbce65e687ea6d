import { getFunnel } from "@/lib/reports/funnel";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, getFunnel);
