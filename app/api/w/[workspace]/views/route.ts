import { get, noInput } from "@/lib/server/route";
import { listViews } from "@/lib/views/queries";

export const GET = get(noInput, listViews);
