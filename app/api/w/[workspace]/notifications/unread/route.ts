import { countUnread } from "@/lib/notifications/queries";
import { get, noInput } from "@/lib/server/route";

export const GET = get(noInput, countUnread);
