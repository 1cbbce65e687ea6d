import { type Decision, permit, refuse } from "../decision";

export type RelayState = "sent" | "acked" | "done" | "declined" | "expired";

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

/** Shares of the answer time at which somebody else is told (DOMAIN 12b): the owner, the hub too, the team, the manager. */
export const escalationRatios = [1, 1.25, 1.5, 2] as const;

/** Who hears at which step of the ladder. */
export const ladder = ["owner", "hub", "team", "manager"] as const;
