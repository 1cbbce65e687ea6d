import { get, noInput } from "@/lib/server/route";
import { listTemplates } from "@/lib/templates/queries";

export const GET = get(noInput, listTemplates);
