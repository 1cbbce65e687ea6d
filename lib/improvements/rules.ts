import { type Decision, permit, refuse } from "../decision";
import { newcombe } from "../statistics/newcombe";
import { minimumTrials, rateOf } from "../statistics/rate";
import type { ImprovementMeasure, ImprovementState, ImprovementVerdict } from "./schema";

/** How long an improvement may take unless somebody says otherwise, in calendar days. */
export const usualDays = 30;

/** Where an improvement may go from where it stands; what has ended stays ended. */
const edges: Record<ImprovementState, readonly ImprovementState[]> = {
  proposed: ["accepted", "rejected"],
  accepted: ["in_progress", "rejected"],
  in_progress: ["done", "rejected"],
  done: [],
  rejected: [],
};

/** States in which an improvement still gathers cases of its cause. */
export const standingStates: readonly ImprovementState[] = ["proposed", "accepted", "in_progress"];

/** Decides whether an improvement may become `to`: it is accepted with an owner and rejected only with a reason. */
export function planMove(
  { state, ownerId }: { state: string; ownerId: string | null },
  to: ImprovementState,
  note: string,
): Decision<{ state: ImprovementState }> {
  if (!edges[state as ImprovementState]?.includes(to)) return refuse("no_such_move");
  if (to === "accepted" && ownerId === null) return refuse("owner_needed", { fields: { ownerId: "required" } });
  if (to === "rejected" && note === "") return refuse("note_needed", { fields: { note: "required" } });
  return permit({ state: to });
}

/** Decides whether its words, owner and date may change. */
export function planEdit(state: string): Decision<null> {
  return standingStates.some((each) => each === state) ? permit(null) : refuse("improvement_ended");
}

type Count = { k: number; n: number };

/** What the shares before and after say: better or worse only when the interval of their difference leaves out 0 (DOMAIN 6.0, F89). */
export function measureOf(
  before: Count,
  after: Count | null,
): Pick<ImprovementMeasure, "before" | "after" | "difference" | "verdict"> {
  const rates = { before: rateOf(before.k, before.n), after: after && rateOf(after.k, after.n) };
  const difference = after && newcombe(before, after);
  return { ...rates, difference, verdict: verdictOf(before, after, difference) };
}

function verdictOf(
  before: Count,
  after: Count | null,
  difference: ImprovementMeasure["difference"],
): ImprovementVerdict {
  if (after === null) return "not_done";
  if (difference === null || Math.min(before.n, after.n) < minimumTrials) return "too_few";
  if (difference.lo > 0) return "proven";
  return difference.hi < 0 ? "worse" : "not_proven";
}

const day = 86_400_000;

/** The two windows that are compared: before it began (or until now), and since it was done, both at most as long. */
export function windowsOf(
  { startedAt, doneAt, windowDays }: { startedAt: Date | null; doneAt: Date | null; windowDays: number },
  now: Date,
): { before: { from: Date; until: Date }; after: { from: Date; until: Date } | null } {
  const span = windowDays * day;
  const began = startedAt ?? now;
  const before = { from: new Date(began.getTime() - span), until: began };
  if (!doneAt) return { before, after: null };
  return { before, after: { from: doneAt, until: new Date(Math.min(now.getTime(), doneAt.getTime() + span)) } };
}
