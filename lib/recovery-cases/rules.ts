import type { BusinessCalendar } from "../calendar/business-calendar";
import { addBusinessDays } from "../calendar/due";
import { addStaffedMinutes } from "../calendar/staffed-time";
import { type Decision, permit, refuse } from "../decision";
import type { CaseState, CaseStepName } from "./schema";

/** An answer to "the company made it easy" at or below which somebody follows up (DOMAIN 6B, T7). */
export const hardEffort = 2;

type Said = {
  source: string;
  class: string | null;
  countsForClass: boolean;
  ces: number | null;
  /** Came too late to count: kept for themes alone. */
  isLate: boolean;
  /** An earlier word had classed the interaction already. */
  isDecided: boolean;
};

/**
 * Whether an answer opens a case (DOMAIN 6B T7, F31): the customer's word that counts was negative, or she found it hard.
 * A member's own view, a late answer and a second one never do.
 */
export function opensCase({ source, class: found, countsForClass, ces, isLate, isDecided }: Said): boolean {
  if (source === "staff" || isLate || isDecided) return false;
  return (countsForClass && found === "negative") || (ces !== null && ces <= hardEffort);
}

/** When the customer must have been told: the same wall time one business day later (DOMAIN T7, F10). */
export function caseDue(calendar: BusinessCalendar, knownAt: Date): Date {
  const due = addBusinessDays(calendar, knownAt, 1);
  const last = putRightDue(calendar, knownAt);
  return due > last ? due : last;
}

const putRightDue = (calendar: BusinessCalendar, knownAt: Date) => addStaffedMinutes(calendar, knownAt, 400);

/** When each step is due: the call within two staffed hours, the mending within the day, the customer told at the end. */
export function stepsDue(calendar: BusinessCalendar, knownAt: Date): Record<CaseStepName, Date> {
  return {
    call_and_apologise: addStaffedMinutes(calendar, knownAt, 120),
    put_right: putRightDue(calendar, knownAt),
    customer_told: caseDue(calendar, knownAt),
  };
}

type Person = { id: string; isActive: boolean; roles: readonly string[] };

/**
 * Who owns a case: the person named for the missed moment, else whoever had the contact when she holds the moment's role, else
 * the OSC, who keeps the customer whole (DOMAIN C5, glossary).
 */
export function ownerOf(
  oscId: string,
  moment: { responsibleId: string | null; responsibleRole: string | null } | null,
  people: readonly Person[],
  agentId: string | null,
): string {
  const isHere = (id: string | null) => people.find((person) => person.id === id && person.isActive);
  const named = isHere(moment?.responsibleId ?? null);
  if (named) return named.id;
  const agent = isHere(agentId);
  return agent && moment?.responsibleRole && agent.roles.includes(moment.responsibleRole) ? agent.id : oscId;
}

export type RuleStep = { id: string; name: string; doneAt: Date | null };

const isOpen = (state: string) => state === "open" || state === "playing";

/** Decides whether a step may be taken: in any order, but the customer is told last, and what she was told is written down. */
export function planStep(
  state: string,
  steps: readonly RuleStep[],
  stepId: string,
  note: string,
): Decision<{ state: CaseState }> {
  if (!isOpen(state)) return refuse("case_closed");
  const step = steps.find(({ id }) => id === stepId);
  if (!step) return refuse("unknown_step");
  if (step.doneAt) return refuse("step_done");
  if (step.name === "customer_told") {
    if (steps.some((each) => each.id !== stepId && !each.doneAt)) return refuse("customer_told_last");
    if (note === "") return refuse("note_needed", { fields: { note: "required" } });
  }
  return permit({ state: "playing" });
}

/** Decides whether a case may be closed: never before the customer was told. */
export function planClose(state: string, steps: readonly RuleStep[]): Decision<null> {
  if (!isOpen(state)) return refuse("case_closed");
  if (steps.some(({ doneAt }) => !doneAt)) return refuse("customer_not_told");
  return permit(null);
}

/** Decides whether somebody else may own it. */
export function planAssign(state: string, ownerId: string | null, to: string): Decision<null> {
  if (!isOpen(state)) return refuse("case_closed");
  return ownerId === to ? refuse("same_owner") : permit(null);
}
