import { queueScore } from "../journeys/queue-order";
import type { QueueGroup, QueueItem, QueueReason } from "./schema";

export type QueueFacts = {
  unansweredSince: Date | null;
  unansweredDueAt: Date | null;
  offTrackSince: Date | null;
  nextStartedAt: Date | null;
  nextDueAt: Date | null;
  enteredStageAt: Date;
  dwellP80Days: number | null;
  valuePercentile: number;
  sentiment: number;
  relayNeedBy: Date | null;
  relaySentAt: Date | null;
  promiseDueAt: Date | null;
  promiseMadeAt: Date | null;
  /** On hold: what was planned with her stands still, what she asked and was promised does not. */
  isPaused: boolean;
};

export type QueuePlacement = {
  group: QueueGroup;
  clock: { startedAt: Date; dueAt: Date } | null;
  factors: QueueItem["factors"];
  score: number;
};

const dayLength = 86_400_000;

const ratioOf = (clock: { startedAt: Date; dueAt: Date } | null, now: Date): number => {
  if (!clock) return 0;
  const span = Math.max(1, clock.dueAt.getTime() - clock.startedAt.getTime());
  return Math.max(0, (now.getTime() - clock.startedAt.getTime()) / span);
};

/**
 * How likely a customer of this stage is to be dropped, 0 to 1, until the workspace has its own hazard:
 * the share of the stage's p80 that has passed.
 */
export function dwellHazard(enteredStageAt: Date, dwellP80Days: number | null, now: Date): number {
  if (!dwellP80Days) return 0;
  return Math.min(1, Math.max(0, (now.getTime() - enteredStageAt.getTime()) / (dwellP80Days * dayLength)));
}

function clockOf(facts: QueueFacts, group: QueueGroup): { startedAt: Date; dueAt: Date } | null {
  const next =
    facts.nextStartedAt && facts.nextDueAt ? { startedAt: facts.nextStartedAt, dueAt: facts.nextDueAt } : null;
  const relay =
    facts.relaySentAt && facts.relayNeedBy ? { startedAt: facts.relaySentAt, dueAt: facts.relayNeedBy } : null;
  const promise =
    facts.promiseMadeAt && facts.promiseDueAt ? { startedAt: facts.promiseMadeAt, dueAt: facts.promiseDueAt } : null;
  if (group === "unanswered" && facts.unansweredSince && facts.unansweredDueAt) {
    return { startedAt: facts.unansweredSince, dueAt: facts.unansweredDueAt };
  }
  if (group === "waiting") return relay;
  return promise && (!next || promise.dueAt < next.dueAt) ? promise : next;
}

/**
 * Decides where a customer stands on Home: unanswered inbound first, then off the wheel, due by the end of today, waiting on a
 * department, tomorrow, and those without any clock. Within a group the order is F21. Of somebody paused
 * only what she asked, what took her off the wheel and what she was promised counts.
 */
export function placeInQueue(
  given: QueueFacts,
  now: Date,
  endOfToday: Date,
  endOfTomorrow: Date,
): QueuePlacement | null {
  const facts = given.isPaused ? { ...given, nextStartedAt: null, nextDueAt: null, relayNeedBy: null } : given;
  const soonest = [facts.nextDueAt, facts.promiseDueAt]
    .filter((due): due is Date => due !== null)
    .sort((a, b) => a.getTime() - b.getTime())[0];
  const group: QueueGroup | null = facts.unansweredSince
    ? "unanswered"
    : facts.offTrackSince
      ? "off_track"
      : soonest && soonest < endOfToday
        ? "due_today"
        : facts.relayNeedBy
          ? "waiting"
          : soonest && soonest < endOfTomorrow
            ? "tomorrow"
            : !facts.nextDueAt && !facts.isPaused
              ? "no_clock"
              : null;
  if (!group) return null;
  const clock = clockOf(facts, group);
  const factors = {
    overdueRatio: ratioOf(clock, now),
    valuePercentile: facts.valuePercentile,
    dropHazard: dwellHazard(facts.enteredStageAt, facts.dwellP80Days, now),
    sentiment: facts.sentiment,
  };
  return { group, clock, factors, score: queueScore(factors) };
}

const places: Record<QueueGroup, number> = {
  unanswered: 0,
  off_track: 1,
  due_today: 2,
  waiting: 3,
  tomorrow: 4,
  no_clock: 5,
};

/** The order of Home: by group, then by F21 score, then the one due first, then by id so that it never flickers. */
export function compareItems(a: QueueItem, b: QueueItem): number {
  return (
    places[a.group] - places[b.group] ||
    b.score - a.score ||
    (a.clock?.dueAt ?? "").localeCompare(b.clock?.dueAt ?? "") ||
    a.customerId.localeCompare(b.customerId)
  );
}

export type ReasonFacts = {
  group: QueueGroup;
  lastWords: string | null;
  lastMedium: string | null;
  triggers: string[];
  nextName: string | null;
  relayQuestion: string | null;
  promiseText: string | null;
  promiseIsFirst: boolean;
};

const quoteOf = (words: string | null) => (words ? (words.length > 140 ? `${words.slice(0, 139)}…` : words) : null);

/** Why she stands there: the fact, and her own words when she waits for an answer. */
export function reasonOf(facts: ReasonFacts): QueueReason {
  switch (facts.group) {
    case "unanswered":
      return { kind: "unanswered", params: { medium: facts.lastMedium }, quote: quoteOf(facts.lastWords) };
    case "off_track":
      return {
        kind: `trigger_${facts.triggers[0] ?? "T1"}`,
        params: { name: facts.nextName, count: facts.triggers.length },
        quote: null,
      };
    case "waiting":
      return { kind: "relay", params: {}, quote: quoteOf(facts.relayQuestion) };
    case "no_clock":
      return { kind: facts.nextName ? "no_clock" : "nothing_next", params: { name: facts.nextName }, quote: null };
    default:
      return facts.promiseIsFirst
        ? { kind: "promise", params: {}, quote: quoteOf(facts.promiseText) }
        : { kind: "next", params: { name: facts.nextName }, quote: null };
  }
}
