import { listOverviewRows } from "@/lib/reports/overview";
import { OverviewRows } from "@/lib/reports/schema";
import { get } from "@/lib/server/route";

export const GET = get(OverviewRows, listOverviewRows);
