import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { logInteraction } from "../interactions/commands";
import { LogInteraction } from "../interactions/schema";
import { transaction } from "../transaction";
import { introductionType, nameIntroduction } from "./introduction";
import { loadHandoff, partyOf } from "./load";
import { planIntroducer, planIntroduction } from "./rules";
import type { IntroduceHandoff } from "./schema";

/**
 * The OSC, or whoever took the journey, says that the three of them have met: the contact is logged and completes the
 * introduction, or one that was logged already is named. Throws `refused` `introducer_only`, `no_introduction`,
 * `already_introduced`, `not_introduction`.
 */
export async function introduceHandoff(ctx: Context, input: IntroduceHandoff): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "intro", "yes");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planIntroducer(partyOf(ctx), handoff, loaded.journey.oscId));
    enforce(planIntroduction(handoff, null));
    const { medium, summary, interactionId } = input;
    if (interactionId) await nameIntroduction(ctx, found, interactionId);
    else {
      const { customerId } = loaded.journey;
      const completesNext = loaded.next?.id === handoff.introductionId;
      const contact = { medium, direction: "outbound", type: introductionType, isTwoWay: true, summary };
      const of = { customerId, journeyId: handoff.journeyId, completesNext };
      const { id } = await logInteraction(ctx, LogInteraction.parse({ ...of, ...contact }));
      if (!completesNext) await nameIntroduction(ctx, found, id);
    }
    // The same contact may have been the receiver's first, which ends the handoff.
    const after = await ctx.db.handoff.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, id: handoff.id },
      select: { version: true },
    });
    return { version: after.version };
  });
}
