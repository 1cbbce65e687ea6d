import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { openOffTrack } from "../journeys/off-track";
import { transaction } from "../transaction";
import { giveBack } from "./baton";
import { loadHandoff, partyOf } from "./load";
import { planDecline } from "./part-rules";
import { cancelWhole } from "./parts";
import type { CancelHandoff } from "./schema";

/**
 * The customer refuses whoever took her: she stays with the sender, who answers for her again, and her page never shows the
 * other (DOMAIN 11). Throws `refused` `handoff_state` after their first talk.
 */
export async function declineHandoff(ctx: Context, input: CancelHandoff): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "intro", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planDecline(partyOf(ctx), handoff, loaded.journey.oscId, input.reason));
    await cancelWhole(ctx, found, input.reason, true);
    await giveBack(ctx, found, input.reason);
    await openOffTrack(ctx, loaded, "T6", { handoffId: handoff.id, declined: true });
    return { version: handoff.version + 1 };
  });
}
