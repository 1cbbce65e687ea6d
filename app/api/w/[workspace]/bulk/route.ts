import { listOwnRuns } from "@/lib/bulk/queries";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, listOwnRuns);
