import type { BusinessCalendar } from "../calendar/business-calendar";
import { addStaffedMinutes, staffedMinutesBetween } from "../calendar/staffed-time";
import { slaCompliance, speedToLead } from "../journeys/speed-to-lead";
import { quantile } from "../statistics/quantile";
import { minimumTrials } from "../statistics/rate";
import type { SpeedLine } from "./schema";

/** One lead that arrived: who was her consultant from when on, when a person first answered and an appointment was first set. */
export type Arrival = {
  journeyId: string;
  arrivedAt: Date;
  firstResponseAt: Date | null;
  bookedAt: Date | null;
  oscId: string;
  origin: string;
  /** In order of `from`; the first holds from the arrival on. Empty where one consultant had her from the first to now. */
  assignments: readonly { memberId: string; from: Date }[];
};

export type AnsweredLead = Arrival & {
  /** Whose promise it was: her consultant when the answer was due. */
  ownerId: string;
  staffedMinutes: number | null;
  elapsedMinutes: number | null;
  /** Staffed minutes since she arrived; 0 once she was answered, when nothing depends on them. */
  ageMinutes: number;
  state: "met" | "missed" | "pending";
};

/** Who was the consultant at an instant; before the first assignment it is the first one. */
export function ownerAt({ assignments, oscId }: Pick<Arrival, "assignments" | "oscId">, at: Date): string {
  const past = assignments.filter(({ from }) => from <= at);
  return (past.at(-1) ?? assignments[0])?.memberId ?? oscId;
}

/**
 * How one lead was answered (DOMAIN F01): by the staffed hours of her consultant, who is the one that had her when the answer
 * was due. Without an answer it is missed once its age passes the promise, and pending until then.
 */
export function answeredLead(
  arrival: Arrival,
  calendarOf: (memberId: string) => BusinessCalendar,
  slaMinutes: number,
  now: Date,
): AnsweredLead {
  const first = arrival.assignments[0]?.memberId ?? arrival.oscId;
  const ownerId =
    arrival.assignments.length > 1
      ? ownerAt(arrival, addStaffedMinutes(calendarOf(first), arrival.arrivedAt, slaMinutes))
      : first;
  const calendar = calendarOf(ownerId);
  const answer = arrival.firstResponseAt ? speedToLead(calendar, arrival.arrivedAt, arrival.firstResponseAt) : null;
  const ageMinutes = answer ? 0 : staffedMinutesBetween(calendar, arrival.arrivedAt, now);
  const state = answer
    ? answer.staffedMinutes <= slaMinutes
      ? "met"
      : "missed"
    : ageMinutes > slaMinutes
      ? "missed"
      : "pending";
  return {
    ...arrival,
    ownerId,
    staffedMinutes: answer?.staffedMinutes ?? null,
    elapsedMinutes: answer?.elapsedMinutes ?? null,
    ageMinutes,
    state,
  };
}

const numbers = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/** The share answered within the promise with its interval, and the medians of those answered (DOMAIN F01, F02). */
export function speedLine(leads: readonly AnsweredLead[], slaMinutes: number): SpeedLine {
  const { met, pending } = slaCompliance(
    leads.map(({ staffedMinutes, ageMinutes }) => ({ responseMinutes: staffedMinutes, ageMinutes })),
    slaMinutes,
  );
  return {
    met,
    pending,
    medianStaffedMinutes: quantile(numbers(leads.map(({ staffedMinutes }) => staffedMinutes)), 0.5),
    medianElapsedMinutes: quantile(numbers(leads.map(({ elapsedMinutes }) => elapsedMinutes)), 0.5),
    needsMore: Math.max(0, minimumTrials - met.n),
  };
}

/** The leads by a key, in the order in which the keys first appear. */
export function groupLeads(
  leads: readonly AnsweredLead[],
  keyOf: (lead: AnsweredLead) => string,
): Map<string, AnsweredLead[]> {
  const groups = new Map<string, AnsweredLead[]>();
  for (const lead of leads) {
    const group = groups.get(keyOf(lead));
    if (group) group.push(lead);
    else groups.set(keyOf(lead), [lead]);
  }
  return groups;
}
