import { type Decision, permit, refuse } from "../decision";

export type Contact = {
  direction: "inbound" | "outbound" | "internal";
  isTwoWay: boolean;
  isAutomated: boolean;
  medium: string;
  startedAt: Date;
  felt?: string | null | undefined;
};

export type ContactState = {
  arrivedAt: Date;
  lastActivityAt: Date;
  lastTwoWayAt: Date | null;
  unansweredSince: Date | null;
  firstResponseAt: Date | null;
};

export type ContactEffect = {
  /** Whether this contact ends the wait of an unanswered inbound. */
  isAnswer: boolean;
  /** Whether this contact starts or keeps a wait. */
  waitsSince: Date | null;
  isFirstResponse: boolean;
  lastActivityAt: Date;
  lastTwoWayAt: Date | null;
  sentiment: number | undefined;
};

const fiveMinutes = 5 * 60_000;

/**
 * Whether a contact is a human response: outbound or two-way, by a person, to the customer.
 * Auto-replies, internal notes and status edits never are (DOMAIN INV, honest clocks).
 */
export function isHumanResponse(contact: Contact): boolean {
  if (contact.isAutomated || contact.direction === "internal" || contact.medium === "note") return false;
  return contact.direction === "outbound" || contact.isTwoWay;
}

/**
 * By how many minutes the sender's clock is ahead of ours, behind when negative; null while it is within the five minutes that are
 * forgiven (DOMAIN 11).
 */
export function clockSkew(sentAt: Date, now: Date): number | null {
  const ahead = sentAt.getTime() - now.getTime();
  return Math.abs(ahead) > fiveMinutes ? ahead / 60_000 : null;
}

const sentiments: Record<string, number> = { worse: 1, as_expected: 0.5, better: 0 };

/**
 * Decides what one contact changes on its journey: the wait for an answer, the first response, the last two-way
 * contact. A contact cannot lie in the future (five minutes of clock skew are allowed).
 */
export function planContact(contact: Contact, state: ContactState, now: Date): Decision<ContactEffect> {
  if (contact.startedAt.getTime() > now.getTime() + fiveMinutes)
    return refuse("in_the_future", { fields: { startedAt: "in_the_future" } });
  if (contact.isAutomated && contact.isTwoWay)
    return refuse("automated_two_way", { fields: { isTwoWay: "automated" } });
  const at = contact.startedAt;
  const answers = isHumanResponse(contact);
  const isInbound = contact.direction === "inbound" && !contact.isAutomated && !contact.isTwoWay;
  const isAlreadyAnswered = state.lastTwoWayAt !== null && state.lastTwoWayAt >= at;
  const isAnswer = answers && state.unansweredSince !== null && at >= state.unansweredSince;
  return permit({
    isAnswer,
    waitsSince:
      isInbound && !isAlreadyAnswered ? earliest(state.unansweredSince, at) : isAnswer ? null : state.unansweredSince,
    isFirstResponse: answers && isBeforeFirst(at, state),
    lastActivityAt: at > state.lastActivityAt ? at : state.lastActivityAt,
    lastTwoWayAt: contact.isTwoWay && (!state.lastTwoWayAt || at > state.lastTwoWayAt) ? at : state.lastTwoWayAt,
    sentiment: contact.felt ? sentiments[contact.felt] : undefined,
  });
}

/** What is written late takes its place: an answer before the first one that was known, unless it is from before she arrived. */
function isBeforeFirst(at: Date, { firstResponseAt, arrivedAt }: ContactState): boolean {
  return firstResponseAt === null || (at < firstResponseAt && at >= arrivedAt);
}

function earliest(a: Date | null, b: Date): Date {
  return a && a < b ? a : b;
}
