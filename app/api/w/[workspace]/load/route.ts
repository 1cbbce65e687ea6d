import { getLoadPage } from "@/lib/members/load-queries";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, getLoadPage);
