import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { LoadedJourney } from "../journeys/loaded";
import { closeOffTrack, openOffTrack } from "../journeys/off-track";
import { getReceiver } from "../relays/commands";
import { transaction } from "../transaction";
import { takeJourney } from "./baton";
import { readShortage } from "./capacity";
import { changeHandoff, type LoadedHandoff, loadHandoff, managersOf, partyOf, tell } from "./load";
import { planSingle } from "./part-rules";
import { returnWhole, settleWhole } from "./parts";
import { countReasks, qualityWhen } from "./reask";
import { firstTouchDue, isFirstTouch, planCapacity, planReceiver, planState } from "./rules";
import type { AcceptHandoff, CompleteHandoff, RateHandoff, RejectHandoff } from "./schema";

/**
 * Takes the journey: the receiver's department becomes accountable with her in person, by entering its stage where the
 * template leads there, else within the stage; of several departments once all have taken their parts, the lead's. The OSC
 * stays who she is. For members of the receiving department alone.
 */
export async function acceptHandoff(
  ctx: Context,
  input: AcceptHandoff,
): Promise<{ version: number; dueFirstTouch: string }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planReceiver(partyOf(ctx), handoff));
    enforce(planSingle(handoff));
    const { state } = enforce(planState(handoff.state, "accepted"));
    const memberId = ctx.memberId ?? "";
    const { capacityReason = "" } = input;
    const shortage = await readShortage(ctx, handoff, memberId);
    enforce(planCapacity(shortage, capacityReason));
    const { calendar } = await getReceiver(ctx, handoff.toSpokeId, memberId);
    const dueFirstTouch = firstTouchDue(calendar, ctx.now);
    await changeHandoff(ctx, found, {
      ...{ state, acceptedAt: ctx.now, acceptedById: memberId, dueFirstTouch },
      ...(shortage?.isShort ? { capacityReason } : {}),
    });
    await tell(ctx, found, "accepted", [handoff.fromId], { acceptedById: memberId, dueFirstTouch, capacityReason });
    if (await settleWhole(ctx, found))
      return { version: handoff.version + 1, dueFirstTouch: dueFirstTouch.toISOString() };
    await closeOffTrack(ctx, loaded, ["T6"], "recovered");
    await takeJourney(ctx, found, memberId);
    return { version: handoff.version + 2, dueFirstTouch: dueFirstTouch.toISOString() };
  });
}

/** Sends it back with why and what is missing (INV H2): the sender still answers, the OSC hears, at the second time the managers too. */
export async function rejectHandoff(ctx: Context, input: RejectHandoff): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planReceiver(partyOf(ctx), handoff));
    enforce(planSingle(handoff));
    const { state } = enforce(planState(handoff.state, "rejected"));
    const { reason, note } = input;
    const missingItems = [...new Set(input.missingItems)];
    const rejections = handoff.rejections + 1;
    await changeHandoff(ctx, found, {
      ...{ state, rejections, missingItems, rejectedAt: ctx.now, rejectReason: reason, rejectNote: note },
    });
    await returnWhole(ctx, found, "rejected", {
      ...{ rejections, missingItems, rejectedAt: ctx.now, rejectReason: reason, rejectNote: note },
    });
    await openOffTrack(ctx, loaded, "T6", { handoffId: handoff.id, reason, missingItems });
    const managers = rejections >= 2 ? await managersOf(ctx) : [];
    await tell(ctx, found, "rejected", [handoff.fromId, ...managers], { reason, missingItems, note, rejections });
    return { version: handoff.version + 1 };
  });
}

/** Ends the handing over with the receiver's first two-way contact (INV H3). In the caller's transaction. */
async function finish(ctx: Context, found: LoadedHandoff, interactionId: string, at: Date): Promise<void> {
  const { handoff } = found;
  await changeHandoff(ctx, found, { state: "completed", completedAt: at, interactionId });
  await tell(ctx, found, "completed", [handoff.fromId, handoff.acceptedById], { interactionId });
  await settleWhole(ctx, found);
}

type Logged = { isTwoWay: boolean; isAutomated: boolean; direction: string };

/** Completes the handoff that waits for just this contact, if there is one; where contacts are logged, in their transaction. */
export async function completeOnContact(
  ctx: Context,
  loaded: LoadedJourney,
  id: string,
  logged: Logged,
): Promise<void> {
  if (!loaded.awaitsFirstTouch || !logged.isTwoWay || logged.isAutomated || logged.direction === "internal") return;
  const { workspaceId } = ctx;
  const waiting = await ctx.db.handoff.findMany({
    where: { workspaceId, journeyId: loaded.journey.id, state: "accepted", isParent: false },
    orderBy: [{ acceptedAt: "asc" }, { id: "asc" }],
  });
  const contact = await ctx.db.interaction.findFirst({ where: { workspaceId, id } });
  for (const handoff of waiting)
    if (contact && isFirstTouch(contact, handoff)) await finish(ctx, { handoff, loaded }, id, contact.startedAt);
}

/** Names the receiver's first two-way contact after she accepted, for contacts that came from elsewhere. Throws `refused` `not_first_touch`. */
export async function completeHandoff(ctx: Context, input: CompleteHandoff): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff } = found;
    enforce(planReceiver(partyOf(ctx), handoff));
    enforce(planSingle(handoff));
    enforce(planState(handoff.state, "completed"));
    const contacts = await ctx.db.interaction.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        journeyId: handoff.journeyId,
        isTwoWay: true,
        startedAt: { gte: handoff.acceptedAt ?? ctx.now },
      },
      orderBy: [{ startedAt: "asc" }, { id: "asc" }],
      take: 100,
    });
    const first = contacts.find((each) => isFirstTouch(each, handoff));
    if (!first || first.id !== input.interactionId)
      throw new AppError("refused", "not_first_touch", { fields: { interactionId: "not_first_touch" } });
    await finish(ctx, found, first.id, first.startedAt);
    return { version: handoff.version + 1 };
  });
}

/**
 * The receiver says how good what she got was; quality is counted from it (DOMAIN F62), and what was asked again says for
 * itself that the customer had to repeat herself. Nobody rates her own (P4).
 */
export async function rateHandoff(ctx: Context, input: RateHandoff): Promise<{ version: number; quality: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff } = found;
    enforce(planReceiver(partyOf(ctx), handoff));
    enforce(planSingle(handoff));
    const { state } = enforce(planState(handoff.state, "rated"));
    const { rating } = input;
    const hadToRepeat = input.hadToRepeat || (await countReasks(ctx, handoff.id)) > 0;
    const { quality, ...facts } = qualityWhen(handoff, rating, hadToRepeat);
    await changeHandoff(ctx, found, { state, rating, hadToRepeat, quality, ratedAt: ctx.now, ratedById: ctx.memberId });
    await tell(ctx, found, "rated", [handoff.fromId], { ...facts, quality });
    return { version: handoff.version + 1, quality };
  });
}
