import { listExports } from "@/lib/exports/queries";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, listExports);
