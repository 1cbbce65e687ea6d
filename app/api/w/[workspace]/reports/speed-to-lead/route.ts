import { getSpeedToLeadReport } from "@/lib/reports/queries";
import { SpeedInput } from "@/lib/reports/schema";
import { get } from "@/lib/server/route";

export const GET = get(SpeedInput, getSpeedToLeadReport);
