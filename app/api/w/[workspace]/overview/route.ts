import { getOverviewPage } from "@/lib/reports/overview";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, getOverviewPage);
