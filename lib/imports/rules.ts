import { type Decision, permit, refuse } from "@/lib/decision";
import type { ImportStatus } from "@/lib/imports/schema";

type State = { status: ImportStatus; dryRun: boolean };

/** A dry run that ended well can be started for real. */
export function planStart({ status, dryRun }: State): Decision<{ dryRun: false }> {
  if (!dryRun) return refuse("no_dry_run");
  return status === "done" ? permit({ dryRun: false }) : refuse("not_checked");
}

/** What an import wrote can be taken back once it has come to its end, well or not. */
export function planUndo({ status, dryRun }: State): Decision<{ status: "undoing" }> {
  if (dryRun) return refuse("dry_run_wrote_nothing");
  if (status === "undoing" || status === "undone") return refuse("already_undone");
  return status === "done" || status === "failed" ? permit({ status: "undoing" }) : refuse("still_running");
}
