import type { BusinessCalendar } from "../calendar/business-calendar";
import { addBusinessDays } from "../calendar/due";
import { type Decision, permit, refuse } from "../decision";
import { isOpen } from "../journeys/rules";
import type { Scenario } from "../scenarios/vocabulary";
import { type PacketKey, packetDefinitions } from "./packet";
import type { HandoffState, Shortage } from "./schema";

/** Where a handoff may go from where it stands (DOMAIN 10); what is rated or cancelled stays so. */
const edges: Record<HandoffState, readonly HandoffState[]> = {
  draft: ["proposed", "cancelled"],
  proposed: ["accepted", "rejected", "expired", "cancelled"],
  rejected: ["proposed", "cancelled"],
  expired: ["proposed", "cancelled"],
  accepted: ["completed", "cancelled"],
  completed: ["rated"],
  rated: [],
  cancelled: [],
};

/** States in which the sender still answers for the journey and may go on with the handoff. */
export const openStates = ["draft", "proposed", "rejected", "expired"] as const;

/** Decides whether a handoff may become `to`. */
export function planState(from: string, to: HandoffState): Decision<{ state: HandoffState }> {
  return edges[from as HandoffState]?.includes(to)
    ? permit({ state: to })
    : refuse("handoff_state", { current: { state: from } });
}

/** Who asks, seen from a handoff. */
export type Party = {
  memberId: string | null;
  spokeId: string | null;
  /** The role may propose and accept for her department, in its own right. */
  mayAct: boolean;
  /** The role may step in for the sender, with a reason. */
  mayOverride: boolean;
};

type Ends = { fromId: string; fromSpokeId: string; toSpokeId: string; toId: string | null };

/** Decides whether she may act for the sender: her department, or a manager who says why (P5). */
export function planSender(party: Party, { fromSpokeId }: Pick<Ends, "fromSpokeId">, reason: string): Decision<null> {
  if (party.mayAct && party.memberId !== null && party.spokeId === fromSpokeId) return permit(null);
  if (!party.mayOverride) return refuse("sender_only");
  return reason === "" ? refuse("override_reason", { fields: { reason: "required" } }) : permit(null);
}

/**
 * Decides whether she may answer for the receiver: a member of the receiving department alone, never the OSC or a manager
 * for it, and never who sent it (DOMAIN 10, P3, P4).
 */
export function planReceiver(party: Party, { fromId, toSpokeId }: Pick<Ends, "fromId" | "toSpokeId">): Decision<null> {
  if (party.memberId === fromId) return refuse("own_handoff");
  if (!party.mayAct || party.memberId === null || party.spokeId !== toSpokeId) return refuse("receiver_only");
  return permit(null);
}

/** Decides a proposal: the journey goes on, its sender is accountable for it, and nothing mandatory is missing (F61's gate). */
export function planPropose(
  journey: { status: string; accountableSpokeId: string },
  { fromSpokeId }: Pick<Ends, "fromSpokeId">,
  missing: readonly string[],
): Decision<null> {
  if (!isOpen(journey.status)) return refuse("journey_closed");
  if (journey.status === "on_hold") return refuse("on_hold");
  if (journey.accountableSpokeId !== fromSpokeId) return refuse("not_accountable");
  if (missing.length > 0)
    return refuse("packet_incomplete", {
      fields: Object.fromEntries(missing.map((key) => [`packet.${key}`, "required"])),
    });
  return permit(null);
}

/** Decides whether an item may be said not to apply: a mandatory one never, but no promises may have been made. */
export function planItem(key: PacketKey, isApplicable: boolean): Decision<null> {
  if (isApplicable || key === "promises" || !packetDefinitions[key].isMandatory) return permit(null);
  return refuse("mandatory_item", { fields: { isApplicable: "mandatory_item" } });
}

/** By when the receiver has to say yes or no: one business day after the proposal (DOMAIN 6E). */
export const acceptDue = (calendar: BusinessCalendar, at: Date) => addBusinessDays(calendar, at, 1);

/** By when the receiver has spoken with the customer: two business days after she accepted (kickoff scheduled, DOMAIN 6E). */
export const firstTouchDue = (calendar: BusinessCalendar, at: Date) => addBusinessDays(calendar, at, 2);

type Contact = {
  isTwoWay: boolean;
  isAutomated: boolean;
  direction: string;
  agentId: string | null;
  spokeId: string | null;
  startedAt: Date;
};

/** Whether a contact is the receiver's own two-way contact after she accepted (H3). */
export function isFirstTouch(
  contact: Contact,
  handoff: { acceptedAt: Date | null; acceptedById: string | null; toSpokeId: string },
): boolean {
  const { isTwoWay, isAutomated, direction, agentId, spokeId, startedAt } = contact;
  if (!handoff.acceptedAt || startedAt < handoff.acceptedAt) return false;
  if (!isTwoWay || isAutomated || direction === "internal") return false;
  return agentId === handoff.acceptedById || spokeId === handoff.toSpokeId;
}

/** Decides whether she may say that the introduction was made: the journey's OSC, whose it is, or the receiving department. */
export function planIntroducer(
  party: Party,
  handoff: Pick<Ends, "fromId" | "toSpokeId">,
  oscId: string,
): Decision<null> {
  if (party.memberId !== null && party.memberId === oscId) return permit(null);
  return planReceiver(party, handoff).ok ? permit(null) : refuse("introducer_only");
}

/** Decides whether a contact made the introduction: one with the customer, by a person, after the handoff was accepted. */
export function planIntroduction(
  handoff: { introductionId: string | null; introducedAt: Date | null; acceptedAt: Date | null },
  contact: Pick<Contact, "isAutomated" | "direction" | "startedAt"> | null,
): Decision<null> {
  if (handoff.introductionId === null || handoff.acceptedAt === null) return refuse("no_introduction");
  if (handoff.introducedAt !== null) return refuse("already_introduced");
  if (!contact) return permit(null);
  const isMeeting = !contact.isAutomated && contact.direction !== "internal" && contact.startedAt >= handoff.acceptedAt;
  return isMeeting ? permit(null) : refuse("not_introduction", { fields: { interactionId: "not_introduction" } });
}

/** Decides whether an item may be marked as asked again: the handoff was taken, and the packet that came along answers it. */
export function planReask(state: string, item: { isPresent: boolean | null } | undefined): Decision<null> {
  if (!["accepted", "completed", "rated"].includes(state)) return refuse("handoff_state", { current: { state } });
  return item?.isPresent ? permit(null) : refuse("packet_silent", { fields: { key: "packet_silent" } });
}

/**
 * What is said of a deal: what it was given at its decision stage, which comes first, the answer of the policy in force, or what
 * it lacks; and what a person may choose instead. The number is null where only the deal was given one.
 */
export type PolicySays = {
  number: number | null;
  given: Scenario | null;
  answer: Scenario | null;
  missing: readonly string[];
  allowed: readonly Scenario[];
};

export type Chosen = {
  scenario: Scenario | null;
  given: Scenario | null;
  policyAnswer: Scenario | null;
  policyNumber: number | null;
  overrideReason: string | null;
};

/**
 * Decides the scenario of a handoff (DOMAIN 6E): what the deal was given at its decision stage, else the policy's, unless a
 * person chooses another that the rule allows and says why. Where nothing is said the person's stands alone. Only from sales to
 * customer success.
 */
export function planScenario(
  type: string,
  asked: Scenario | null,
  says: PolicySays | null,
  reason: string,
): Decision<Chosen> {
  if (type !== "sales_to_cs") {
    if (asked !== null) return refuse("scenario_not_here", { fields: { scenario: "scenario_not_here" } });
    return permit({ scenario: null, given: null, policyAnswer: null, policyNumber: null, overrideReason: null });
  }
  const policyNumber = says?.number ?? null;
  const policyAnswer = says?.answer ?? null;
  const given = says?.given ?? null;
  const usual = given ?? policyAnswer;
  const scenario = asked ?? usual;
  const chosen = { scenario, given, policyAnswer, policyNumber };
  if (usual === null || scenario === usual) return permit({ ...chosen, overrideReason: null });
  if (scenario !== null && scenario !== policyAnswer && !says?.allowed.includes(scenario))
    return refuse("override_not_allowed", { fields: { scenario: "override_not_allowed" } });
  if (reason === "") return refuse("scenario_reason", { fields: { overrideReason: "required" } });
  return permit({ ...chosen, overrideReason: reason });
}

/** Decides whether the scenario may still change: until it is proposed, and again when it came back. */
export function planChoice(state: string): Decision<null> {
  return ["draft", "rejected", "expired"].includes(state)
    ? permit(null)
    : refuse("handoff_state", { current: { state } });
}

/** Decides whether it may go to somebody who has not the hours it takes: only with a reason. */
export function planCapacity(shortage: Shortage | null, reason: string): Decision<null> {
  if (!shortage?.isShort || reason !== "") return permit(null);
  const { free, needed } = shortage;
  return refuse("no_free_hours", { fields: { capacityReason: "required" }, current: { free, needed } });
}

/** What F62 is made of; null is what nobody has said. */
export type QualityFacts = {
  completeness: number;
  isOnTime: boolean;
  isFirstPass: boolean;
  /** 1 to 5, by the receiver. */
  rating: number | null;
  hadToRepeat: boolean | null;
};

/**
 * Quality of a handoff, 0 to 1 (DOMAIN F62): .40 completeness, .20 on time, .20 accepted at the first proposal, .10 rating,
 * .10 the customer did not repeat herself. What is not known leaves, and the rest counts for the whole.
 */
export function qualityOf({ completeness, isOnTime, isFirstPass, rating, hadToRepeat }: QualityFacts): number {
  const parts: [weight: number, value: number | null][] = [
    [40, completeness],
    [20, isOnTime ? 1 : 0],
    [20, isFirstPass ? 1 : 0],
    [10, rating === null ? null : (rating - 1) / 4],
    [10, hadToRepeat === null ? null : hadToRepeat ? 0 : 1],
  ];
  const known = parts.flatMap(([weight, value]) => (value === null ? [] : [{ weight, value }]));
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  return known.reduce((sum, { weight, value }) => sum + weight * value, 0) / total;
}

type Clocked = {
  expiredAt: Date | null;
  acceptedAt: Date | null;
  dueAccept: Date | null;
  completedAt: Date | null;
  dueFirstTouch: Date | null;
};

/** Whether the receiver kept both clocks: accepted before they ran out, never left waiting, and spoke with the customer in time. */
export function isOnTime({ expiredAt, acceptedAt, dueAccept, completedAt, dueFirstTouch }: Clocked): boolean {
  if (expiredAt || !acceptedAt || !dueAccept || !completedAt || !dueFirstTouch) return false;
  return acceptedAt <= dueAccept && completedAt <= dueFirstTouch;
}
