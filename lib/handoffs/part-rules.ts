import { type Decision, permit, refuse } from "../decision";
import { type Party, planReceiver, planSender } from "./rules";

type Ends = { fromId: string; fromSpokeId: string; toSpokeId: string };

/** Decides what the sender does: with the whole of a handoff, never with one part of it. */
export function planWhole({ parentId }: { parentId: string | null }): Decision<null> {
  return parentId === null ? permit(null) : refuse("part_of_whole");
}

/** Decides what a receiver does: with her own part of a handoff to several departments, never with the whole. */
export function planSingle({ isParent }: { isParent: boolean }): Decision<null> {
  return isParent ? refuse("answered_by_parts") : permit(null);
}

/** Decides the receivers of a handoff to several departments: each department once, and never the sender's own. */
export function planReceivers(fromSpokeId: string, toSpokeIds: readonly string[]): Decision<null> {
  if (toSpokeIds.includes(fromSpokeId)) return refuse("same_spoke");
  return new Set(toSpokeIds).size === toSpokeIds.length
    ? permit(null)
    : refuse("same_receiver", { fields: { alsoTo: "same_receiver" } });
}

type Part = { state: string };

/** Whether every receiver has taken her part. */
export const areTaken = (parts: readonly Part[]): boolean =>
  parts.length > 0 && parts.every(({ state }) => ["accepted", "completed", "rated"].includes(state));

/** Whether every receiver has spoken with the customer. */
export const areCompleted = (parts: readonly Part[]): boolean =>
  parts.length > 0 && parts.every(({ state }) => state === "completed" || state === "rated");

/**
 * Decides that the customer refuses whoever took her, so that she stays with the sender (DOMAIN 11): between accepting and the
 * first talk, said by her OSC, the receiving or the sending department, or a manager; always with her reason.
 */
export function planDecline(
  party: Party,
  handoff: Ends & { state: string; parentId: string | null },
  oscId: string,
  reason: string,
): Decision<null> {
  const isTold =
    (party.memberId !== null && party.memberId === oscId) ||
    planReceiver(party, handoff).ok ||
    planSender(party, handoff, reason).ok;
  if (!isTold) return refuse("sender_only");
  if (handoff.state !== "accepted") return refuse("handoff_state", { current: { state: handoff.state } });
  return planWhole(handoff);
}
