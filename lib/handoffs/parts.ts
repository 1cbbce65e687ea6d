import type { Context } from "../context";
import type { Handoff } from "../generated/prisma/client";
import { closeOffTrack } from "../journeys/off-track";
import { takeJourney } from "./baton";
import { changeHandoff, type LoadedHandoff, tell } from "./load";
import { areCompleted, areTaken } from "./part-rules";
import { openStates } from "./rules";

/** The parts of a handoff to several departments, the lead's first; none for a handoff to one. Locked with its journey. */
export async function partsOf({ db, workspaceId }: Context, { id, isParent, toSpokeId }: Handoff): Promise<Handoff[]> {
  if (!isParent) return [];
  const parts = await db.handoff.findMany({ where: { workspaceId, parentId: id }, orderBy: { id: "asc" } });
  return parts.sort((a, b) => Number(b.toSpokeId === toSpokeId) - Number(a.toSpokeId === toSpokeId));
}

async function wholeOf(
  { db, workspaceId }: Context,
  { handoff, loaded }: LoadedHandoff,
): Promise<LoadedHandoff | null> {
  if (handoff.parentId === null) return null;
  const whole = await db.handoff.findFirstOrThrow({ where: { workspaceId, id: handoff.parentId } });
  return { handoff: whole, loaded };
}

const latest = (dates: readonly (Date | null)[]): Date =>
  new Date(Math.max(...dates.map((date) => date?.getTime() ?? 0)));

async function completeWhole(ctx: Context, whole: LoadedHandoff, parts: readonly Handoff[]): Promise<void> {
  const completedAt = latest(parts.map((part) => part.completedAt));
  const last = parts.find((part) => part.completedAt?.getTime() === completedAt.getTime());
  const interactionId = last?.interactionId ?? null;
  await changeHandoff(ctx, whole, { state: "completed", completedAt, interactionId });
  await tell(ctx, whole, "completed", [whole.handoff.fromId], { interactionId });
}

/**
 * After a part went on: the whole is accepted, and the journey taken by its lead, once every part is; it is complete once
 * every part is. In the caller's transaction; answers whether the part belongs to a whole at all.
 */
export async function settleWhole(ctx: Context, part: LoadedHandoff): Promise<boolean> {
  const whole = await wholeOf(ctx, part);
  if (!whole) return false;
  const { journeyId, toSpokeId: spokeId } = part.handoff;
  // Whoever has taken her part sees the journey from now on, and speaks with the customer.
  await ctx.db.journeySpoke.createMany({
    data: [{ workspaceId: ctx.workspaceId, journeyId, spokeId, firstAt: ctx.now }],
    skipDuplicates: true,
  });
  const parts = await partsOf(ctx, whole.handoff);
  const lead = parts[0]?.acceptedById;
  let { state } = whole.handoff;
  if (state === "proposed" && areTaken(parts) && lead) {
    state = "accepted";
    const dueFirstTouch = latest(parts.map((each) => each.dueFirstTouch));
    await changeHandoff(ctx, whole, { state, acceptedAt: ctx.now, acceptedById: lead, dueFirstTouch });
    await closeOffTrack(ctx, whole.loaded, ["T6"], "recovered");
    await takeJourney(ctx, whole, lead);
    await tell(ctx, whole, "accepted", [whole.handoff.fromId], { acceptedById: lead, dueFirstTouch });
  }
  if (state === "accepted" && areCompleted(parts)) await completeWhole(ctx, whole, parts);
  return true;
}

/** The whole comes back with a part that came back or ran out, unless it has already. In the caller's transaction. */
export async function returnWhole(
  ctx: Context,
  part: LoadedHandoff,
  to: "rejected" | "expired",
  data: Partial<Omit<Handoff, "packet">>,
): Promise<void> {
  const whole = await wholeOf(ctx, part);
  if (whole?.handoff.state !== "proposed") return;
  await changeHandoff(ctx, whole, { ...data, state: to });
  await tell(ctx, whole, to, [whole.handoff.fromId], { part: part.handoff.id });
}

/** Gives a handoff up with all of its parts that are not complete; in the caller's transaction. */
export async function cancelWhole(
  ctx: Context,
  whole: LoadedHandoff,
  cancelReason: string,
  isDeclined = false,
): Promise<void> {
  const { handoff, loaded } = whole;
  const given = { state: "cancelled", cancelledAt: ctx.now, cancelReason };
  const going: readonly string[] = [...openStates, "accepted"];
  const parts = (await partsOf(ctx, handoff)).filter(({ state }) => going.includes(state));
  for (const part of parts) await changeHandoff(ctx, { handoff: part, loaded }, given);
  await changeHandoff(ctx, whole, { ...given, isDeclined });
  const receivers = [handoff, ...parts].map(({ toId, acceptedById }) => acceptedById ?? toId);
  await tell(ctx, whole, "cancelled", [handoff.fromId, ...receivers], { reason: cancelReason, isDeclined });
}
