import type { BusinessCalendar } from "../calendar/business-calendar";
import { addStaffedMinutes, staffedMinutesBetween } from "../calendar/staffed-time";
import { type Decision, permit, refuse } from "../decision";

export const relayStates = ["sent", "acked", "done", "declined", "expired"] as const;
export type RelayState = (typeof relayStates)[number];

/** Where a relay may go from where it stands; what has ended stays ended. */
const edges: Record<RelayState, readonly RelayState[]> = {
  sent: ["acked", "done", "declined", "expired"],
  acked: ["done", "declined", "expired"],
  done: [],
  declined: [],
  expired: [],
};

/** Decides whether a relay may become `to`. */
export function planRelay(from: string, to: RelayState): Decision<{ state: RelayState }> {
  return edges[from as RelayState]?.includes(to) ? permit({ state: to }) : refuse("relay_closed");
}

/** Whether a relay still waits for its answer. */
export function isRelayOpen(state: string): boolean {
  return state === "sent" || state === "acked";
}

/** Shares of the answer time at which somebody else is told (DOMAIN 12b): the owner, the hub too, the team, the manager. */
export const escalationRatios = [1, 1.25, 1.5, 2] as const;

/** Who hears at which step of the ladder. */
export const ladder = ["owner", "hub", "team", "manager"] as const;

/**
 * When each step of the ladder is due (DOMAIN 12b): the shares of the receiver's staffed time between asking and needing.
 * A need inside closing hours counts as one staffed minute, so that the steps stay apart.
 */
export function escalationTimes(calendar: BusinessCalendar, sentAt: Date, needBy: Date): Date[] {
  const allowed = Math.max(1, staffedMinutesBetween(calendar, sentAt, needBy));
  return escalationRatios.map((ratio) => {
    if (ratio === 1) return needBy;
    const at = addStaffedMinutes(calendar, needBy, allowed * (ratio - 1));
    return at > needBy ? at : needBy;
  });
}
