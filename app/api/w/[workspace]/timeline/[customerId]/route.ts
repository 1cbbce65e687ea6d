import { TimelineInput } from "@/lib/hub/schema";
import { timelineText } from "@/lib/hub/timeline";
import { JsonText } from "@/lib/json-text";
import { get } from "@/lib/server/route";

export const GET = get(TimelineInput, async (ctx, input) => new JsonText(await timelineText(ctx, input)));
