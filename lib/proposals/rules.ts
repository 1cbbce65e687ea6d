import { type Decision, permit, refuse } from "../decision";
import type { ProposalState } from "./schema";

/** How long a tier may take to decide, and how long an approval holds (DOMAIN F54). */
export const approvalHours = 24;
export const approvalDays = 30;
const day = 86_400_000;

/** States in which an offer is a number that somebody may rely on. */
export const liveStates: readonly ProposalState[] = ["approved", "presented", "accepted"];

type Standing = { state: string; approvedAt: Date | null; validTo: string };

const isApprovalOld = ({ approvedAt }: Standing, now: Date) =>
  approvedAt !== null && now.getTime() - approvedAt.getTime() > approvalDays * day;

/** Decides whether its content may change: never again once the customer saw it. */
export function planEdit(state: string): Decision<null> {
  if (["draft", "pending_approval", "approved"].includes(state)) return permit(null);
  return refuse(state === "presented" || state === "accepted" ? "already_presented" : "proposal_ended");
}

/** Decides whether it may be handed in: a draft, or one whose approval grew too old, with days left to it. */
export function planSubmit(standing: Standing, today: string, now: Date): Decision<null> {
  if (standing.state !== "draft" && !(standing.state === "approved" && isApprovalOld(standing, now)))
    return refuse("no_such_move");
  return standing.validTo < today ? refuse("proposal_expired", { fields: { validTo: "expired" } }) : permit(null);
}

/**
 * Decides whether somebody may approve or reject it: with a tier that it waits for, and never what she sells or handed in
 * herself (DOMAIN P4). Answers the tiers that her word settles.
 */
export function planDecision(
  { state, sellerId, submittedById }: { state: string; sellerId: string; submittedById: string | null },
  waiting: readonly string[],
  member: { id: string | null; tiers: readonly string[] },
): Decision<{ tiers: string[] }> {
  if (state !== "pending_approval") return refuse("no_such_move");
  if (member.id === null || member.id === sellerId || member.id === submittedById) return refuse("own_approval");
  const tiers = waiting.filter((tier) => member.tiers.includes(tier));
  return tiers.length > 0 ? permit({ tiers }) : refuse("not_your_tier");
}

/** Decides whether it may be shown to the customer, its conflicts left aside: approved as it reads now, lately, with days left. */
export function planPresent(
  standing: Standing & { contentHash: string; approvedHash: string | null },
  today: string,
  now: Date,
): Decision<null> {
  const { state, approvedHash, contentHash } = standing;
  if (approvedHash !== null && approvedHash !== contentHash && (state === "draft" || state === "pending_approval"))
    return refuse("edited_after_approval", { fields: { lines: "edited_after_approval" } });
  if (state !== "approved") return refuse("no_such_move");
  if (isApprovalOld(standing, now)) return refuse("approval_expired", { fields: { approvedAt: "expired" } });
  return standing.validTo < today ? refuse("proposal_expired", { fields: { validTo: "expired" } }) : permit(null);
}

/** Decides whether the customer's yes counts: only to what she was shown, until its last day. */
export function planAccept({ state, validTo }: Standing, today: string): Decision<null> {
  if (state === "expired" || (state === "presented" && validTo < today))
    return refuse("proposal_expired", { fields: { validTo: "expired" } });
  return state === "presented" ? permit(null) : refuse("no_such_move");
}

/** Decides whether it may end by the customer's no or by our own; what was accepted stays. */
export function planEnd(state: string, to: "declined" | "withdrawn"): Decision<null> {
  const from = to === "declined" ? ["presented"] : ["draft", "pending_approval", "approved", "presented"];
  return from.includes(state) ? permit(null) : refuse("no_such_move");
}

/** Whether an edit needs approval again: once approved, whatever lowers price or margin or leaves the margin unknown. */
export function reopensApproval(
  before: { netMinor: number; monthlyMinor: number; marginBp: number | null },
  after: { netMinor: number; monthlyMinor: number; marginBp: number | null },
): boolean {
  if (after.netMinor < before.netMinor || after.monthlyMinor < before.monthlyMinor) return true;
  return before.marginBp !== null && (after.marginBp === null || after.marginBp < before.marginBp);
}

/** Two names of one need are the same whatever their case and spaces. */
export function needKeyOf(need: string): string {
  return need.trim().replace(/\s+/g, " ").toLowerCase();
}
