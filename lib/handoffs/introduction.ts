import { addBusinessDays } from "../calendar/due";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Handoff } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { saveJourney } from "../journeys/commands";
import type { LoadedJourney } from "../journeys/loaded";
import { type NewTouchpoint, planNext, replaceNext } from "../journeys/next";
import type { NextInput } from "../journeys/schema";
import { media } from "../journeys/vocabulary";
import { record } from "../transaction";
import { changeHandoff, type LoadedHandoff } from "./load";
import { planIntroduction } from "./rules";

/** The kind of touchpoint that an introduction is. */
export const introductionType = "handover";

export type Introduction = NewTouchpoint & { id: string; dueAt: Date };

/**
 * The touchpoint in which the OSC brings the customer and whoever took the journey together (DOMAIN A4), hers to do within a
 * business day (DOMAIN 6E). `stage` is the one in which the journey stands then.
 */
export function introductionOf(
  ctx: Context,
  { journey, calendar, hubSpokeId }: LoadedJourney,
  stage: { id: string; phase: string },
): Introduction {
  return {
    workspaceId: ctx.workspaceId,
    id: newId(),
    journeyId: journey.id,
    customerId: journey.customerId,
    name: "Joint introduction",
    type: introductionType,
    phase: stage.phase,
    spokeId: hubSpokeId,
    ownerId: journey.oscId,
    stageId: stage.id,
    state: "due",
    startedAt: ctx.now,
    dueAt: addBusinessDays(calendar, ctx.now, 1),
  };
}

function handoffIntroducedBy({ db, workspaceId }: Context, touchpointId: string): Promise<Handoff | null> {
  return db.handoff.findFirst({ where: { workspaceId, introductionId: touchpointId, introducedAt: null } });
}

/**
 * What is expected once the introduction that stands next was made, for a contact that says nothing else: what it displaced
 * when that is still to come, else the stage's own; undefined when what stands next is no introduction, or nothing follows.
 */
export async function nextAfterIntroduction(
  ctx: Context,
  { next, journey, stage }: LoadedJourney,
): Promise<NextInput | undefined> {
  if (next?.type !== introductionType) return undefined;
  const handoff = await handoffIntroducedBy(ctx, next.id);
  if (!handoff) return undefined;
  const { workspaceId } = ctx;
  const displaced = handoff.displacedId
    ? await ctx.db.touchpoint.findFirst({ where: { workspaceId, id: handoff.displacedId } })
    : null;
  const of = { spokeId: journey.accountableSpokeId, ownerId: journey.accountableId };
  const known = (text: string | null) => ({ medium: media.find((each) => each === text) });
  if (displaced?.dueAt && displaced.dueAt > ctx.now) {
    const { name, type, dueAt } = displaced;
    return { ...of, ...known(displaced.medium), name, type, dueAt };
  }
  const expected = stage.touchpoints.find((each) => each.type !== introductionType);
  if (!expected) return undefined;
  const { name, type, due } = expected;
  return { ...of, ...known(expected.medium), name, type, ...(due ? { due } : {}) };
}

/** The introduction was made by that contact: from now on the customer's page shows who took her journey. In the caller's transaction. */
async function finishIntroduction(ctx: Context, { handoff, loaded }: LoadedHandoff, interactionId: string, at: Date) {
  const { journey } = loaded;
  await changeHandoff(ctx, { handoff, loaded }, { introducedAt: at, introducedWithId: interactionId });
  record(ctx, "handoff.introduced", {
    subject: `handoff:${handoff.id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
    detail: { interactionId, introductionId: handoff.introductionId },
    data: { toSpokeId: handoff.toSpokeId },
  });
}

type Contact = { isAutomated: boolean; direction: string };

/** Ends the introduction that this contact completed, if it was one; where contacts are logged, in their transaction. */
export async function introduceOnContact(
  ctx: Context,
  loaded: LoadedJourney,
  done: { id: string; type: string } | null,
  { id, at, isAutomated, direction }: Contact & { id: string; at: Date },
): Promise<void> {
  if (done?.type !== introductionType || isAutomated || direction === "internal") return;
  const handoff = await handoffIntroducedBy(ctx, done.id);
  if (!handoff?.acceptedAt || at < handoff.acceptedAt) return;
  await finishIntroduction(ctx, { handoff, loaded }, id, at);
}

/** As `introduceOnContact`, for a contact that was logged without completing the introduction. Throws `refused` with the rule's reason. */
export async function nameIntroduction(ctx: Context, found: LoadedHandoff, interactionId: string): Promise<void> {
  const { workspaceId } = ctx;
  const { handoff, loaded } = found;
  const { journey, next } = loaded;
  const where = { workspaceId, id: interactionId, journeyId: journey.id };
  const contact = await ctx.db.interaction.findFirst({ where });
  if (!contact) throw new AppError("not_found", "interaction");
  enforce(planIntroduction(handoff, contact));
  const after = await nextAfterIntroduction(ctx, loaded);
  await finishIntroduction(ctx, found, contact.id, contact.startedAt);
  if (!next || next.id !== handoff.introductionId) return;
  await ctx.db.touchpoint.updateMany({
    where: { workspaceId, id: next.id },
    data: { state: "completed", interactionId: contact.id, closedAt: contact.startedAt, version: { increment: 1 } },
  });
  loaded.next = null;
  await saveJourney(ctx, loaded, await replaceNext(ctx, loaded, after ? planNext(ctx, loaded, after) : null));
}
