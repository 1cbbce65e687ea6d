import type { Context } from "../context";
import { getHub } from "./queries";
import type { Hub, Timeline } from "./schema";
import { getTimeline } from "./timeline";

/** What the Wheel page shows: the hub and the latest fifty lines of its timeline, read side by side. */
export async function getWheel(
  ctx: Context,
  customerId: string,
  journeyId?: string,
): Promise<{ hub: Hub; timeline: Timeline }> {
  const [hub, timeline] = await Promise.all([
    getHub(ctx, customerId, journeyId),
    getTimeline(ctx, { customerId, kind: "all" }),
  ]);
  return { hub, timeline };
}
