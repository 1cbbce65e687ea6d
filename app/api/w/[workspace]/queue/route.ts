import { getQueue } from "@/lib/home/queries";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, getQueue);
