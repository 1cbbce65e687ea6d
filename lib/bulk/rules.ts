import { permit, refuse } from "../decision";
import { type BulkCounts, type BulkStatus, undoMinutes } from "./schema";

const moving: ReadonlySet<BulkStatus> = new Set(["counting", "queued", "running", "undoing"]);

/** Whether the worker has something left to do for a run. */
export function isMoving({ status }: { status: BulkStatus }): boolean {
  return moving.has(status);
}

/** What was counted may be run once. */
export function planConfirm({ status }: { status: BulkStatus }) {
  return status === "ready" ? permit({ status: "queued" as const }) : refuse("not_counted");
}

/** A run stops between two batches; what it has done stays and can be taken back. */
export function planCancel({ status }: { status: BulkStatus }) {
  const isEnding = status === "done" || status === "failed" || status === "cancelled";
  return isEnding || status === "undoing" || status === "undone"
    ? refuse("already_ended")
    : permit({ status: "cancelled" as const });
}

/** Until when a run that ended at `finishedAt` can be taken back; null when it changed nobody or was taken back already. */
export function undoUntil(
  { status, finishedAt }: { status: BulkStatus; finishedAt: Date | null },
  counts: BulkCounts,
): Date | null {
  if ((status !== "done" && status !== "cancelled") || !finishedAt || counts.changed === 0) return null;
  return new Date(finishedAt.getTime() + undoMinutes * 60_000);
}

/** A run that changed somebody is taken back within ten minutes of its end. */
export function planUndo(run: { status: BulkStatus; finishedAt: Date | null }, counts: BulkCounts, now: Date) {
  const until = undoUntil(run, counts);
  if (!until) return refuse("nothing_to_undo");
  return now <= until ? permit({ status: "undoing" as const }) : refuse("too_late_to_undo");
}
