import { addStaffedMinutes } from "../calendar/staffed-time";
import type { Context } from "../context";
import { enqueue } from "../transaction";
import type { LoadedJourney } from "./loaded";

/** Four staffed hours without an expected next touchpoint make an orphan (T3). */
export const orphanMinutes = 240;

const dayLength = 86_400_000;

/** The due time of the expected next touchpoint becomes a job to the second (T1). */
export function clockNext(ctx: Context, journeyId: string, touchpointId: string, dueAt: Date): void {
  enqueue(ctx, "touchpoint.overdue", { journeyId, touchpointId }, { runAt: dueAt, key: `T1:${journeyId}` });
}

/** Nothing is expected next: the orphan timer starts (T3). */
export function clockOrphan(ctx: Context, { journey, calendar }: Pick<LoadedJourney, "journey" | "calendar">): void {
  const runAt = addStaffedMinutes(calendar, ctx.now, orphanMinutes);
  enqueue(ctx, "journey.orphaned", { journeyId: journey.id }, { runAt, key: `T3:${journey.id}` });
}

/** The stage's dwell tail, S(t) = .20 at p80, becomes a job (T2); held time comes on top when the job runs. */
export function clockDwell(ctx: Context, journeyId: string, enteredAt: Date, p80Days: number | null): void {
  if (p80Days === null) return;
  enqueue(
    ctx,
    "journey.dwelling",
    { journeyId },
    { runAt: new Date(enteredAt.getTime() + p80Days * dayLength), key: `T2:${journeyId}` },
  );
}

/** The stage's silence limit counted from the last two-way contact (T4). */
export function clockSilence(ctx: Context, journeyId: string, since: Date, silenceDays: number | null): void {
  if (silenceDays === null) return;
  enqueue(
    ctx,
    "journey.silent",
    { journeyId },
    { runAt: new Date(since.getTime() + silenceDays * dayLength), key: `T4:${journeyId}` },
  );
}

/** An inbound waits: when its answer is due, T10 is checked. */
export function clockUnanswered(ctx: Context, journeyId: string, dueAt: Date): void {
  enqueue(ctx, "journey.unanswered", { journeyId }, { runAt: dueAt, key: `T10:${journeyId}` });
}

/** A promise is due (T11). */
export function clockPromise(ctx: Context, journeyId: string, promiseId: string, dueAt: Date): void {
  enqueue(ctx, "promise.overdue", { journeyId, promiseId }, { runAt: dueAt, key: `T11:${promiseId}` });
}
