import { type Decision, permit, refuse } from "../decision";

export type TaskOwner = { id: string; spokeId: string | null; roles: readonly string[] };
export type TaskSpoke = { id: string; isHub: boolean };

/** What the author may hand to whom: `any` department, or only the hub and his own. */
export type TaskReach = { reach: "any" | "hub"; ownSpokeId: string | null };

/**
 * Decides who does what (DOMAIN 3.1): the OSC coordinates and never executes a department's work, so a department's task
 * goes to one of its people or waits there for one.
 */
export function planAssignment(
  spoke: TaskSpoke,
  owner: TaskOwner | null,
  author: TaskReach,
): Decision<{ spokeId: string; ownerId: string | null }> {
  if (author.reach !== "any" && !spoke.isHub && spoke.id !== author.ownSpokeId) return refuse("hub_only");
  if (owner && !spoke.isHub && owner.roles.includes("osc")) return refuse("osc_coordinates");
  if (owner && owner.spokeId !== spoke.id) return refuse("other_spoke");
  return permit({ spokeId: spoke.id, ownerId: owner?.id ?? null });
}

/** Decides how a task ends. What a host has to say about an appointment is said there, not by ticking it off. */
export function planTaskEnd(
  task: { state: string; kind: string },
  to: "done" | "cancelled",
): Decision<{ state: "done" | "cancelled" }> {
  if (task.state !== "open") return refuse("task_closed");
  if (task.kind === "unconfirmed_outcome") return refuse("outcome_needed");
  if (task.kind === "introduction" && to === "cancelled") return refuse("introduction_needed");
  return permit({ state: to });
}
