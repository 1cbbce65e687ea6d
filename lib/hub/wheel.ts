import type { Context } from "../context";
import { JsonText } from "../json-text";
import { hubText } from "./queries";
import type { Hub, Timeline } from "./schema";
import { timelineText } from "./timeline";

/** What the Wheel page shows, as JSON: the hub and the latest fifty lines of its timeline, read side by side. */
export async function wheelText(ctx: Context, customerId: string, journeyId?: string): Promise<JsonText> {
  const [hub, timeline] = await Promise.all([
    hubText(ctx, customerId, journeyId),
    timelineText(ctx, { customerId, kind: "all" }),
  ]);
  return new JsonText(`{"hub":${hub},"timeline":${timeline}}`);
}

/** The Wheel, for the page that shows it. Throws `not_found` when the customer may not be seen. */
export async function getWheel(
  ctx: Context,
  customerId: string,
  journeyId?: string,
): Promise<{ hub: Hub; timeline: Timeline }> {
  return JSON.parse((await wheelText(ctx, customerId, journeyId)).text);
}
