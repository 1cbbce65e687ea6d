import { listPeople } from "@/lib/members/options";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, listPeople);
