import { getInbox } from "@/lib/inbox/queries";
import { InboxInput } from "@/lib/inbox/schema";
import { get } from "@/lib/server/route";

export const GET = get(InboxInput, getInbox);
