import type { BusinessCalendar } from "../calendar/business-calendar";
import { dayNumberOf } from "../calendar/day";
import { addBusinessDays } from "../calendar/due";
import { type Decision, permit, refuse } from "../decision";
import type { MilestoneState, OnboardingState } from "./schema";

/** Where a milestone may go from where it stands; what was done, missed or cancelled stays so. */
const edges: Record<MilestoneState, readonly MilestoneState[]> = {
  planned: ["in_progress", "done", "missed", "cancelled"],
  in_progress: ["done", "missed", "cancelled"],
  done: [],
  missed: [],
  cancelled: [],
};

/** Decides whether an onboarding may begin: its journey was won, and it has none yet. */
export function planStart(status: string, hasOne: boolean): Decision<null> {
  if (hasOne) return refuse("onboarding_exists");
  return status === "won" || status === "completed" ? permit(null) : refuse("not_won");
}

/** Decides whether a milestone may become `to`; one that was missed or cancelled says why. */
export function planMilestone(
  onboarding: string,
  from: string,
  to: MilestoneState,
  note: string,
): Decision<{ state: MilestoneState }> {
  if (onboarding !== "open") return refuse("onboarding_ended");
  if (!edges[from as MilestoneState]?.includes(to)) return refuse("milestone_state", { current: { state: from } });
  if ((to === "missed" || to === "cancelled") && note === "")
    return refuse("note_needed", { fields: { note: "required" } });
  return permit({ state: to });
}

/** Decides whether a milestone may be rewritten: while it is open, in an onboarding that goes on. */
export function planEdit(onboarding: string, state: string): Decision<null> {
  if (onboarding !== "open") return refuse("onboarding_ended");
  return state === "planned" || state === "in_progress"
    ? permit(null)
    : refuse("milestone_state", { current: { state } });
}

/** Decides whether a day may be written down as one that has come: not in the future, not before the win. */
export function planDay(on: string, today: string, wonOn: string | null, field: string): Decision<null> {
  if (on > today) return refuse("in_the_future", { fields: { [field]: "in_the_future" } });
  if (wonOn !== null && on < wonOn) return refuse("before_the_win", { fields: { [field]: "before_the_win" } });
  return permit(null);
}

/** Decides the end: done only when no milestone is open; whoever cancels says why. */
export function planEnd(
  from: string,
  to: Exclude<OnboardingState, "open">,
  open: number,
  note: string,
): Decision<{ state: OnboardingState }> {
  if (from !== "open") return refuse("onboarding_ended");
  if (to === "done" && open > 0) return refuse("milestones_open");
  if (to === "cancelled" && note === "") return refuse("note_needed", { fields: { note: "required" } });
  return permit({ state: to });
}

/** When a milestone is due: so many business days after the start, at the same time of day (DOMAIN F10). */
export const milestoneDue = (calendar: BusinessCalendar, start: Date, days: number) =>
  addBusinessDays(calendar, start, days);

/** Whole days from one day `yyyy-mm-dd` to another, negative when it lies before. */
export const daysBetween = (from: string, to: string) => dayNumberOf(to) - dayNumberOf(from);
