import type { Context } from "../context";
import { enforce } from "../decision";
import { enterStage, saveJourney } from "../journeys/commands";
import type { LoadedJourney, LoadedStage } from "../journeys/loaded";
import { planNext, replaceNext } from "../journeys/next";
import { planMove } from "../journeys/rules";
import { startOnAcceptance } from "../onboardings/start";
import { record } from "../transaction";
import { type Introduction, introductionOf, nextAfterIntroduction } from "./introduction";
import { changeHandoff, type LoadedHandoff, nextStageOf } from "./load";

function recordBaton(ctx: Context, { journey }: LoadedJourney, toSpokeId: string, toId: string | null): void {
  record(ctx, "journey.baton_taken", {
    subject: `journey:${journey.id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
    detail: { before: journey.accountableId, after: toId },
    data: { batonFrom: journey.accountableSpokeId, batonTo: toSpokeId },
  });
}

/** The baton goes over within the stage: the department becomes accountable, and that introduction is expected next. */
async function passBaton(
  ctx: Context,
  loaded: LoadedJourney,
  introduction: Introduction,
  toSpokeId: string,
  toId: string,
): Promise<void> {
  const { journey } = loaded;
  await ctx.db.journeySpoke.createMany({
    data: [{ workspaceId: ctx.workspaceId, journeyId: journey.id, spokeId: toSpokeId, firstAt: ctx.now }],
    skipDuplicates: true,
  });
  const clock = await replaceNext(ctx, loaded, introduction);
  await saveJourney(ctx, loaded, { accountableSpokeId: toSpokeId, accountableId: toId, ...clock });
  recordBaton(ctx, loaded, toSpokeId, toId);
}

/**
 * The receiver answers for the journey from now on, by entering her department's stage where the template leads there, else
 * within the stage; the introduction is owed. In the caller's transaction, after the handoff was accepted.
 */
export async function takeJourney(ctx: Context, found: LoadedHandoff, memberId: string): Promise<void> {
  const { handoff, loaded } = found;
  const stage = await nextStageOf(ctx, loaded, handoff.toSpokeId);
  const change = stage ? enforce(planMove(loaded.journey, loaded.stage, stage, undefined)) : null;
  const fromStageId = loaded.stage.id;
  const displacedId = stage ? null : (loaded.next?.id ?? null);
  const introduction = introductionOf(ctx, loaded, stage ?? loaded.stage);
  if (stage && change) await enterStage(ctx, loaded, stage, change, { accountableId: memberId, next: introduction });
  else await passBaton(ctx, loaded, introduction, handoff.toSpokeId, memberId);
  const owed = { introductionId: introduction.id, introductionDue: introduction.dueAt, fromStageId, displacedId };
  await changeHandoff(ctx, found, owed);
  await startOnAcceptance(ctx, loaded, handoff);
}

/**
 * The sender answers for the journey again, in the stage in which she gave it away; nothing happens when the baton went on
 * meanwhile. In the caller's transaction, after the handoff was given up.
 */
export async function giveBack(ctx: Context, { handoff, loaded }: LoadedHandoff, reason: string): Promise<void> {
  const { workspaceId } = ctx;
  const { journey, stage } = loaded;
  if (journey.accountableSpokeId !== handoff.toSpokeId) return;
  const where = { workspaceId, id: handoff.fromId, status: "active" };
  const sender = await ctx.db.member.findFirst({ where, select: { id: true } });
  const owner = { accountableSpokeId: handoff.fromSpokeId, accountableId: sender?.id ?? null };
  if (handoff.fromStageId && handoff.fromStageId !== stage.id) {
    const from = await ctx.db.stage.findFirstOrThrow({ where: { workspaceId, id: handoff.fromStageId } });
    const target = from as unknown as LoadedStage;
    const change = enforce(planMove(journey, stage, target, reason));
    await enterStage(ctx, loaded, target, change, { reason, accountableId: owner.accountableId });
    if (change.spokeId !== owner.accountableSpokeId) await saveJourney(ctx, loaded, owner);
    return;
  }
  recordBaton(ctx, loaded, owner.accountableSpokeId, owner.accountableId);
  Object.assign(journey, owner);
  const after = await nextAfterIntroduction(ctx, loaded);
  const clock = after ? await replaceNext(ctx, loaded, planNext(ctx, loaded, after)) : {};
  await saveJourney(ctx, loaded, { ...owner, ...clock });
}
