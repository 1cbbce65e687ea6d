import type { BusinessCalendar } from "@/lib/calendar/business-calendar";
import { staffedMinutesBetween } from "@/lib/calendar/staffed-time";
import { type Rate, rateOf } from "@/lib/statistics/rate";

/**
 * The minutes from a lead's arrival to the first human response: all of them, and those that were staffed (DOMAIN F01).
 *
 * A response that is dated before the arrival took 0 minutes.
 */
export function speedToLead(
  calendar: BusinessCalendar,
  arrivedAt: Date,
  respondedAt: Date,
): { elapsedMinutes: number; staffedMinutes: number } {
  return {
    elapsedMinutes: Math.max(0, respondedAt.getTime() - arrivedAt.getTime()) / 60_000,
    staffedMinutes: staffedMinutesBetween(calendar, arrivedAt, respondedAt),
  };
}

/** One inbound: how long the response took, null when there is none yet, and how old the inbound is, in minutes. */
export type ResponseRow = { responseMinutes: number | null; ageMinutes: number };

/** `met.k` of `met.n` due inbounds were answered in time; the pending ones may still be. */
export type SlaCompliance = { met: Rate; pending: number };

/**
 * The share of inbounds answered within the promised `slaMinutes` (DOMAIN F02).
 *
 * An inbound counts once it is answered or older than the promise; until then it is pending.
 */
export function slaCompliance(rows: readonly ResponseRow[], slaMinutes: number): SlaCompliance {
  const due = rows.filter((row) => row.responseMinutes !== null || row.ageMinutes > slaMinutes);
  const met = due.filter((row) => row.responseMinutes !== null && row.responseMinutes <= slaMinutes);
  return { met: rateOf(met.length, due.length), pending: rows.length - due.length };
}

/** What continuity is counted from, all of one period. */
export type ContinuityCounts = {
  activeJourneys: number;
  /** Active journeys that their consultant touched within 14 days. */
  touchedJourneys: number;
  handoffs: number;
  /** Handoffs in which the consultant introduced the receiver. */
  introducedHandoffs: number;
};

/** How present the consultant stays: journeys she touched, and handoffs she introduced (DOMAIN F05). */
export function continuity(counts: ContinuityCounts): { coverage: Rate; introductions: Rate } {
  return {
    coverage: rateOf(counts.touchedJourneys, counts.activeJourneys),
    introductions: rateOf(counts.introducedHandoffs, counts.handoffs),
  };
}
