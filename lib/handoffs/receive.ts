import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { enterStage, saveJourney } from "../journeys/commands";
import type { LoadedJourney } from "../journeys/loaded";
import { closeOffTrack, openOffTrack } from "../journeys/off-track";
import { planMove } from "../journeys/rules";
import { startOnAcceptance } from "../onboardings/start";
import { getReceiver } from "../relays/commands";
import { record, transaction } from "../transaction";
import { changeHandoff, type LoadedHandoff, loadHandoff, managersOf, nextStageOf, partyOf, tell } from "./load";
import { firstTouchDue, isFirstTouch, isOnTime, planReceiver, planState, qualityOf } from "./rules";
import type { AcceptHandoff, CompleteHandoff, RateHandoff, RejectHandoff } from "./schema";

/** The baton goes over within the stage: the department becomes accountable, and what is expected next is hers to do. */
async function passBaton(ctx: Context, loaded: LoadedJourney, toSpokeId: string, toId: string): Promise<void> {
  const { workspaceId } = ctx;
  const { journey, next } = loaded;
  const before = journey.accountableSpokeId;
  await ctx.db.journeySpoke.createMany({
    data: [{ workspaceId, journeyId: journey.id, spokeId: toSpokeId, firstAt: ctx.now }],
    skipDuplicates: true,
  });
  await saveJourney(ctx, loaded, { accountableSpokeId: toSpokeId, accountableId: toId });
  if (next) {
    await ctx.db.touchpoint.updateMany({
      where: { workspaceId, id: next.id },
      data: { spokeId: toSpokeId, ownerId: toId, version: { increment: 1 } },
    });
  }
  record(ctx, "journey.baton_taken", {
    subject: `journey:${journey.id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
    detail: { before: journey.accountableId, after: toId },
    data: { batonFrom: before, batonTo: toSpokeId },
  });
}

/**
 * Takes the journey: the receiver's department becomes accountable with her in person, by entering its stage where the
 * template leads there, else within the stage. The OSC stays who she is. For members of the receiving department alone.
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
    const { state } = enforce(planState(handoff.state, "accepted"));
    const memberId = ctx.memberId ?? "";
    const { calendar } = await getReceiver(ctx, handoff.toSpokeId, memberId);
    const dueFirstTouch = firstTouchDue(calendar, ctx.now);
    const stage = await nextStageOf(ctx, loaded, handoff.toSpokeId);
    const change = stage ? enforce(planMove(loaded.journey, loaded.stage, stage, undefined)) : null;
    await changeHandoff(ctx, found, { state, acceptedAt: ctx.now, acceptedById: memberId, dueFirstTouch });
    await closeOffTrack(ctx, loaded, ["T6"], "recovered");
    if (stage && change) await enterStage(ctx, loaded, stage, change, { accountableId: memberId });
    else await passBaton(ctx, loaded, handoff.toSpokeId, memberId);
    await startOnAcceptance(ctx, loaded, handoff);
    await tell(ctx, found, "accepted", [handoff.fromId], { acceptedById: memberId, dueFirstTouch });
    return { version: handoff.version + 1, dueFirstTouch: dueFirstTouch.toISOString() };
  });
}

/** Sends it back with why and what is missing (INV H2): the sender still answers, the OSC hears, at the second time the managers too. */
export async function rejectHandoff(ctx: Context, input: RejectHandoff): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planReceiver(partyOf(ctx), handoff));
    const { state } = enforce(planState(handoff.state, "rejected"));
    const { reason, note } = input;
    const missingItems = [...new Set(input.missingItems)];
    const rejections = handoff.rejections + 1;
    await changeHandoff(ctx, found, {
      ...{ state, rejections, missingItems, rejectedAt: ctx.now, rejectReason: reason, rejectNote: note },
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
    where: { workspaceId, journeyId: loaded.journey.id, state: "accepted" },
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

/** The receiver says how good what she got was; quality is counted from it (DOMAIN F62). Nobody rates her own (P4). */
export async function rateHandoff(ctx: Context, input: RateHandoff): Promise<{ version: number; quality: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff } = found;
    enforce(planReceiver(partyOf(ctx), handoff));
    const { state } = enforce(planState(handoff.state, "rated"));
    const { rating, hadToRepeat } = input;
    const facts = { isOnTime: isOnTime(handoff), isFirstPass: handoff.rejections === 0, rating, hadToRepeat };
    const quality = qualityOf({ completeness: handoff.completeness ?? 0, ...facts });
    await changeHandoff(ctx, found, { state, rating, hadToRepeat, quality, ratedAt: ctx.now, ratedById: ctx.memberId });
    await tell(ctx, found, "rated", [handoff.fromId], { ...facts, quality });
    return { version: handoff.version + 1, quality };
  });
}
