import { addStaffedMinutes } from "../calendar/staffed-time";
import type { Context } from "../context";
import type { OffTrackEvent } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { assignArm } from "../recovery-effect/assign";
import { record } from "../transaction";
import type { LoadedJourney } from "./loaded";
import { type PlayStep, plays } from "./plays";
import { mayGoOffTrack } from "./rules";
import type { Trigger } from "./vocabulary";

/**
 * Opens an off-track event with its recovery play and tells the hub and the accountable spoke; one open event per
 * journey and trigger, so a second call while it is open does nothing. A paused journey has no triggers that come
 * from its own clocks, a closed one has none. Of light cases a share that a manager set gets neither play nor notice, so that
 * what plays do can be told; what a manager asked for by hand is always played, and she tells each person once. Returns whether
 * it opened.
 */
export async function openOffTrack(
  ctx: Context,
  loaded: LoadedJourney,
  trigger: Trigger,
  evidence: object,
  isAskedFor = false,
): Promise<boolean> {
  const { journey } = loaded;
  if (!mayGoOffTrack(journey.status, trigger) || loaded.offTrack.some((event) => event.trigger === trigger))
    return false;
  const { workspaceId } = ctx;
  const { severity, steps } = plays[trigger];
  const eventId = newId();
  const base = { workspaceId, journeyId: journey.id, customerId: journey.customerId };
  const standing = { customerId: journey.customerId, severity, isOtherHigh: isOtherHigh(loaded) };
  const arm = isAskedFor ? null : await assignArm(ctx, standing);
  const isHeldOut = arm === "holdout";
  const state = isHeldOut ? "open" : "playing";
  await ctx.db.offTrackEvent.create({
    data: { ...base, id: eventId, trigger, openedAt: ctx.now, evidence, severity, arm, state },
  });
  if (!isHeldOut) await insertSteps(ctx, loaded, { eventId, steps });
  if (!journey.offTrackSince) {
    await ctx.db.journey.updateMany({
      where: { workspaceId, id: journey.id },
      data: { offTrackSince: ctx.now, version: { increment: 1 } },
    });
    journey.offTrackSince = ctx.now;
  }
  const told = isHeldOut || isAskedFor ? [] : [journey.oscId, journey.accountableId];
  await notify(ctx, told, "off_track", journey.customerId, { trigger, customer: loaded.customerName });
  record(ctx, "journey.off_track", {
    ...subjectOf(eventId, loaded),
    detail: { trigger, evidence, arm },
    data: { trigger },
  });
  return true;
}

const isOtherHigh = ({ offTrack }: LoadedJourney) => offTrack.some(({ severity }) => severity === "high");

async function insertSteps(
  ctx: Context,
  { journey, calendar, hubSpokeId }: LoadedJourney,
  { eventId, steps }: { eventId: string; steps: readonly PlayStep[] },
): Promise<void> {
  const base = { workspaceId: ctx.workspaceId, journeyId: journey.id, customerId: journey.customerId, eventId };
  await ctx.db.recoveryStep.createMany({
    data: steps.map((step, position) => ({
      ...base,
      id: newId(),
      position,
      name: step.name,
      spokeId: step.by === "hub" ? hubSpokeId : journey.accountableSpokeId,
      ownerId: step.by === "hub" ? journey.oscId : journey.accountableId,
      dueAt: addStaffedMinutes(calendar, ctx.now, step.staffedMinutes),
    })),
  });
}

function subjectOf(eventId: string, { journey }: LoadedJourney) {
  return { subject: `off_track_event:${eventId}`, customerId: journey.customerId, journeyId: journey.id };
}

/** What the events in `triggers` become; the journey is on track again when none stays open. Returns what closed. */
export async function closeOffTrack(
  ctx: Context,
  loaded: LoadedJourney,
  triggers: readonly Trigger[] | "all",
  state: "recovered" | "lost" | "false_alarm",
): Promise<OffTrackEvent[]> {
  const closing = loaded.offTrack.filter((event) => triggers === "all" || triggers.includes(event.trigger as Trigger));
  if (closing.length === 0) return [];
  const { workspaceId } = ctx;
  await ctx.db.offTrackEvent.updateMany({
    where: { workspaceId, id: { in: closing.map(({ id }) => id) } },
    data: { state, closedAt: ctx.now, closedBy: ctx.memberId ?? ctx.actor.kind, version: { increment: 1 } },
  });
  loaded.offTrack = loaded.offTrack.filter((event) => !closing.includes(event));
  if (loaded.offTrack.length === 0 && loaded.journey.offTrackSince) {
    await ctx.db.journey.updateMany({
      where: { workspaceId, id: loaded.journey.id },
      data: { offTrackSince: null, version: { increment: 1 } },
    });
    loaded.journey.offTrackSince = null;
  }
  for (const event of closing) {
    record(ctx, state === "recovered" ? "journey.recovered" : "journey.off_track_closed", {
      ...subjectOf(event.id, loaded),
      detail: { trigger: event.trigger, state },
      data: { trigger: event.trigger, state },
    });
  }
  return closing;
}
