import { dayNumberOf, keyOfDayNumber } from "../calendar/day";
import { type Decision, permit, refuse } from "../decision";
import type { Budget } from "./schema";

/** The window in which hours are counted against capacity: four weeks that end today. */
export const windowWeeks = 4;

/** First and last day of the window that ends on a day. */
export function windowOf(today: string): { from: string; to: string } {
  return { from: keyOfDayNumber(dayNumberOf(today) - windowWeeks * 7 + 1), to: today };
}

/**
 * What somebody has in the window, in minutes: capacity of her weeks, used, reserved by handoffs that stand, and free, never
 * below 0; null when it is not known.
 */
export function budgetOf(minutesWeek: number | null, used: number, reserved = 0): Budget {
  if (minutesWeek === null) return { capacity: null, used, reserved, free: null };
  const capacity = minutesWeek * windowWeeks;
  return { capacity, used, reserved, free: Math.max(0, capacity - used - reserved) };
}

/** What a handoff still holds of the hours that its scenario takes before the deal is won; in minutes, never below 0. */
export function reservedOf(scenarioHours: number, logged: number): number {
  return Math.max(0, Math.round(scenarioHours * 60) - logged);
}

/**
 * Budgets together, of those whose capacity is known, less what is reserved of the department and of nobody in it yet, with the
 * free share that the advisor asks for (DOMAIN F60, slack): null when nobody's is known, 0 when there is no capacity at all.
 */
export function sumBudgets(budgets: readonly Budget[], unassigned = 0): Budget & { slack: number | null } {
  const known = budgets.filter(({ capacity }) => capacity !== null);
  const sum = (pick: (budget: Budget) => number | null) => known.reduce((total, each) => total + (pick(each) ?? 0), 0);
  if (known.length === 0) return { capacity: null, used: 0, reserved: unassigned, free: null, slack: null };
  const capacity = sum((each) => each.capacity);
  const free = Math.max(0, sum((each) => each.free) - unassigned);
  const reserved = unassigned + sum((each) => each.reserved);
  return { capacity, used: sum(({ used }) => used), reserved, free, slack: capacity === 0 ? 0 : free / capacity };
}

/** Who logs time: a member of customer success her own, somebody who steps in that of any of them. */
export type Logger = { memberId: string | null; mayAct: boolean; mayOverride: boolean };

/** Decides whether she may log or take back that member's time. */
export function planWhose(logger: Logger, owner: { id: string; isCsm: boolean }): Decision<null> {
  if (!owner.isCsm) return refuse("not_csm", { fields: { memberId: "not_csm" } });
  const isOwn = logger.mayAct && owner.id === logger.memberId;
  return isOwn || logger.mayOverride ? permit(null) : refuse("own_hours_only");
}

/** Decides the day of an entry: not after today, and within a year. */
export function planDay(spentOn: string, today: string): Decision<null> {
  const age = dayNumberOf(today) - dayNumberOf(spentOn);
  if (age < 0) return refuse("in_the_future", { fields: { spentOn: "in_the_future" } });
  return age <= 366 ? permit(null) : refuse("too_long_ago", { fields: { spentOn: "too_long_ago" } });
}

/** Whether time was spent before the deal was won: always while it is not. */
export function isPresale(spentOn: string, wonOn: string | null): boolean {
  return wonOn === null || spentOn < wonOn;
}
