import { TimelineInput } from "@/lib/hub/schema";
import { getTimeline } from "@/lib/hub/timeline";
import { get } from "@/lib/server/route";

export const GET = get(TimelineInput, getTimeline);
