/** What decides the place of a customer in the queue; every part but `overdueRatio` is in 0..1. */
export type QueueFactors = {
  /** Elapsed time by allowed time of the expected next touchpoint (F11), or null where no clock runs. */
  overdueRatio: number | null;
  valuePercentile: number;
  dropHazard: number;
  /** Negative 1, neutral 0.5, positive 0. */
  sentiment: number;
};

/** How much a customer needs her consultant now, 0..100, highest first (DOMAIN F21). */
export function queueScore({ overdueRatio, valuePercentile, dropHazard, sentiment }: QueueFactors): number {
  const lateness = within(0, 1, (overdueRatio ?? 0) / 2);
  return (
    35 * lateness + 25 * within(0, 1, valuePercentile) + 25 * within(0, 1, dropHazard) + 15 * within(0, 1, sentiment)
  );
}

function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value));
}

/** What the order of two customers in the queue depends on. */
export type QueuePlace = { hasUnansweredInbound: boolean; hasClock: boolean; score: number };

/**
 * Sorts the queue: unanswered inbound always first, then by score, and below everything what has no clock (DOMAIN F21).
 *
 * Equal places keep the order they came in.
 */
export function compareQueuePlaces(a: QueuePlace, b: QueuePlace): number {
  return bandOf(a) - bandOf(b) || b.score - a.score;
}

function bandOf({ hasUnansweredInbound, hasClock }: QueuePlace): number {
  if (hasUnansweredInbound) return 0;
  return hasClock ? 1 : 2;
}
