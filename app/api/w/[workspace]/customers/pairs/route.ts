import { listPairs } from "@/lib/customers/pairs";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, listPairs);
