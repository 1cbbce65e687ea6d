/** Where a customer stands on the Home list; the order of the groups is the order of the screen. */
export const queueGroups = ["unanswered", "off_track", "due_today", "waiting", "tomorrow", "no_clock"] as const;
export type QueueGroup = (typeof queueGroups)[number];

/** Fact plus time, or the customer's own words; `kind` is a key of the messages. */
export type QueueReason = { kind: string; params: Record<string, string | number | null>; quote: string | null };

export type ConsentState = "granted" | "denied" | "unknown";

/** One row of "Who needs me now?". */
export type QueueItem = {
  customerId: string;
  journeyId: string;
  version: number;
  name: string;
  place: string | null;
  stageId: string;
  stageName: string;
  group: QueueGroup;
  /** The clock that put her here; null when nothing is due. */
  clock: { startedAt: string; dueAt: string } | null;
  reason: QueueReason;
  /** A verb; key of the messages. */
  action: "call" | "reply" | "text" | "email" | "relay" | "ask_again" | "confirm" | "review" | "set_next" | "look";
  baton: {
    spokeId: string;
    code: string;
    name: string;
    nameHe: string;
    position: number;
    personName: string | null;
  };
  involved: number[];
  isLate: boolean;
  phone: string | null;
  email: string | null;
  consents: { phone: ConsentState; sms: ConsentState; email: ConsentState };
  nextName: string | null;
  recovery: { done: number; total: number; current: string | null } | null;
  /** F21, 0 to 100, and what it was made of. */
  score: number;
  factors: { overdueRatio: number; valuePercentile: number; dropHazard: number; sentiment: number };
};

export type Queue = {
  items: QueueItem[];
  /** People of this OSC with nothing to do now, and those who asked for a pause. */
  onTrack: number;
  onHold: number;
  firstResponseMinutes: number;
  /** Whether more stand in the last group than are listed. */
  hasMoreWithoutClock: boolean;
};
