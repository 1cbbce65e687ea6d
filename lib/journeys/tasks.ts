import type { Context } from "../context";
import { AppError } from "../errors";
import { enqueue, nothingChanged, transaction } from "../transaction";
import { clockOrphan } from "./clocks";
import { type LoadedJourney, loadJourney } from "./loaded";
import { openOffTrack } from "./off-track";
import { reassignAllOf } from "./osc";
import { resume } from "./pauses";
import { isClocked } from "./rules";

type Payload = Record<string, unknown>;
export type TaskHandler = (ctx: Context, payload: Payload) => Promise<void>;

const dayLength = 86_400_000;

/** Loads the journey of a job and lets `check` decide; a journey that is gone needs nothing. */
function onJourney(check: (ctx: Context, loaded: LoadedJourney, payload: Payload) => Promise<boolean>): TaskHandler {
  return async (ctx, payload) => {
    await transaction(ctx, async (ctx) => {
      try {
        const loaded = await loadJourney(ctx, { journeyId: String(payload.journeyId) });
        if (!(await check(ctx, loaded, payload))) nothingChanged(ctx);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "not_found") throw error;
        nothingChanged(ctx);
      }
    });
  };
}

/** T1: the expected next touchpoint passed its due time. */
const overdue = onJourney(async (ctx, loaded, { touchpointId }) => {
  const { next } = loaded;
  if (next?.id !== touchpointId || !next?.dueAt || next.dueAt > ctx.now) return false;
  return openOffTrack(ctx, loaded, "T1", {
    touchpointId: next.id,
    name: next.name,
    dueAt: next.dueAt.toISOString(),
    spokeId: next.spokeId,
  });
});

/** T2: longer in the stage than four of five, holds subtracted. */
const dwelling = onJourney(async (ctx, loaded) => {
  const { journey, stage } = loaded;
  if (stage.dwellP80Days === null || !isClocked(journey.status)) return false;
  const activeSince = journey.enteredStageAt.getTime() + journey.heldMinutes * 60_000;
  if ((ctx.now.getTime() - activeSince) / dayLength < stage.dwellP80Days) return false;
  return openOffTrack(ctx, loaded, "T2", { stage: stage.name, p80Days: stage.dwellP80Days });
});

/** T3: nothing is expected next four staffed hours after the last contact. */
const orphaned = onJourney(async (ctx, loaded) => {
  if (loaded.next || !isClocked(loaded.journey.status)) return false;
  return openOffTrack(ctx, loaded, "T3", { stage: loaded.stage.name });
});

/** T4: no two-way contact for the stage's number of days. */
const silent = onJourney(async (ctx, loaded) => {
  const { journey, stage } = loaded;
  if (stage.silenceDays === null || !isClocked(journey.status)) return false;
  const entered = journey.enteredStageAt.getTime() + journey.heldMinutes * 60_000;
  const since = Math.max(journey.lastTwoWayAt?.getTime() ?? 0, journey.lastTwoWayAt ? 0 : entered);
  if (ctx.now.getTime() - since < stage.silenceDays * dayLength) return false;
  return openOffTrack(ctx, loaded, "T4", {
    days: stage.silenceDays,
    lastTwoWayAt: journey.lastTwoWayAt?.toISOString() ?? null,
  });
});

/** T10: an inbound waits longer than the workspace promised. */
const unanswered = onJourney(async (ctx, loaded) => {
  const { journey } = loaded;
  if (!journey.unansweredSince || !journey.unansweredDueAt || journey.unansweredDueAt > ctx.now) return false;
  return openOffTrack(ctx, loaded, "T10", {
    since: journey.unansweredSince.toISOString(),
    dueAt: journey.unansweredDueAt.toISOString(),
  });
});

/** A pause ends on the date the customer chose. */
const holdOver = onJourney(async (ctx, loaded) => {
  const { journey } = loaded;
  if (journey.status !== "on_hold" || !journey.holdUntil || journey.holdUntil > ctx.now) return false;
  await resume(ctx, loaded);
  if (!loaded.next) clockOrphan(ctx, loaded);
  return true;
});

/** The jobs of this noun, by task name. */
export const journeyTasks: Record<string, TaskHandler> = {
  "touchpoint.overdue": overdue,
  "journey.dwelling": dwelling,
  "journey.orphaned": orphaned,
  "journey.silent": silent,
  "journey.unanswered": unanswered,
  "journey.hold_over": holdOver,
  "osc.reassign_rest": async (ctx, { memberId, toMemberId, reason }) => {
    await transaction(ctx, async (ctx) => {
      const moved = await reassignAllOf(ctx, String(memberId), String(toMemberId), String(reason));
      if (moved === 0) nothingChanged(ctx);
      else enqueue(ctx, "osc.reassign_rest", { memberId, toMemberId, reason }, { key: `reassign:${String(memberId)}` });
    });
  },
};
