import { type Homogeneity, homogeneity } from "@/lib/statistics/chi-square";
import { minimumTrials } from "@/lib/statistics/rate";
import { chanceToReach, type Prior, priorOf, shrink } from "@/lib/statistics/shrinkage";
import { isAtLeast, isAtMost } from "@/lib/statistics/tolerance";
import { wilson } from "@/lib/statistics/wilson";

/** `k` positive of `n` rated interactions by one medium or one route. */
export type ChannelCount = { key: string; k: number; n: number };

/** One channel's figures in 0..1: own rate with its 95 % interval, pulled rate with its middle 90 %; null without data. */
export type ChannelStanding = ChannelCount & {
  rate: number | null;
  lo: number | null;
  hi: number | null;
  shrunken: number | null;
  lo90: number | null;
  hi90: number | null;
  /** The chance that its true rate is the target or more. */
  chanceToReach: number | null;
  /** Whether it has 20 ratings and so takes part in the verdict. */
  isJudged: boolean;
};

export type ConsistencyVerdict =
  | "insufficient_data"
  | "consistently_positive"
  | "consistently_below"
  | "inconsistent"
  | "not_proven";

export type ConsistencyReason =
  | "fewer_than_two_channels"
  | "all_reach_target"
  | "all_miss_target"
  | "channels_differ"
  | "gap_without_evidence"
  | "target_undecided";

export type Consistency = {
  target: number;
  channels: readonly ChannelStanding[];
  prior: Prior | null;
  /** The pulled rates weighed by their ratings, and their spread around it. */
  level: number | null;
  tau: number | null;
  /** 1 when all channels are alike, 0 at the largest spread for that level; never shown without the verdict. */
  cci: number | null;
  allChannels: Homogeneity | null;
  judgedChannels: Homogeneity | null;
  /** The largest difference between pulled rates of judged channels. */
  gap: number | null;
  verdict: ConsistencyVerdict;
  reason: ConsistencyReason;
  /** The judged channel with the lowest pulled rate. */
  worst: string | null;
};

const sure = 0.9;
const unlikely = 0.1;
const significance = 0.05;
const relevantGap = 0.05;

/**
 * Whether customers are served alike in every channel, and at `target` (0..1) or better (DOMAIN F35).
 *
 * Run it for media and for routes separately. Channels with fewer than 20 ratings are shown and not judged. `seed` serves
 * the test of difference where counts are too thin for its curve. Throws RangeError unless 0 <= k <= n.
 */
export function consistencyOf(counts: readonly ChannelCount[], target: number, seed: number): Consistency {
  const prior = priorOf(counts);
  const channels = counts.map((count) => standingOf(count, prior, target));
  const judged = channels.filter(({ isJudged }) => isJudged);
  const rates = judged.flatMap(({ shrunken }) => shrunken ?? []);
  const gap = rates.length < 2 ? null : Math.max(...rates) - Math.min(...rates);
  const judgedChannels = homogeneity(judged, seed);
  return {
    target,
    channels,
    prior,
    ...spreadOf(channels),
    allChannels: homogeneity(counts, seed),
    judgedChannels,
    gap,
    ...judge(judged, gap, judgedChannels),
    worst: judged.length < 2 ? null : lowestOf(judged),
  };
}

function standingOf(count: ChannelCount, prior: Prior | null, target: number): ChannelStanding {
  const interval = wilson(count.k, count.n);
  const own = { ...count, rate: interval && count.k / count.n, lo: interval?.lo ?? null, hi: interval?.hi ?? null };
  if (!interval || !prior) {
    return { ...own, shrunken: null, lo90: null, hi90: null, chanceToReach: null, isJudged: false };
  }
  const { rate, lo90, hi90 } = shrink(count, prior);
  return {
    ...own,
    shrunken: rate,
    lo90,
    hi90,
    chanceToReach: chanceToReach(target, count, prior),
    isJudged: count.n >= minimumTrials,
  };
}

function spreadOf(channels: readonly ChannelStanding[]): Pick<Consistency, "level" | "tau" | "cci"> {
  const known = channels.flatMap(({ shrunken, n }) => (shrunken === null ? [] : { shrunken, n }));
  if (known.length === 0) return { level: null, tau: null, cci: null };
  const all = known.reduce((sum, { n }) => sum + n, 0);
  const level = known.reduce((sum, { shrunken, n }) => sum + (n / all) * shrunken, 0);
  const tau = Math.sqrt(known.reduce((sum, { shrunken, n }) => sum + (n / all) * (shrunken - level) ** 2, 0));
  const widest = Math.sqrt(Math.max(0, level * (1 - level)));
  return { level, tau, cci: widest === 0 ? 1 : 1 - tau / widest };
}

function judge(
  judged: readonly ChannelStanding[],
  gap: number | null,
  difference: Homogeneity | null,
): Pick<Consistency, "verdict" | "reason"> {
  if (gap === null || !difference) return { verdict: "insufficient_data", reason: "fewer_than_two_channels" };
  const chances = judged.map((channel) => channel.chanceToReach ?? Number.NaN);
  const isDifferent = !isAtLeast(difference.p, significance);
  const isWide = !isAtMost(gap, relevantGap);
  if (chances.every((chance) => isAtLeast(chance, sure)) && !(isDifferent && isWide)) {
    return { verdict: "consistently_positive", reason: "all_reach_target" };
  }
  if (chances.every((chance) => isAtMost(chance, unlikely))) {
    return { verdict: "consistently_below", reason: "all_miss_target" };
  }
  if (isDifferent && isWide) return { verdict: "inconsistent", reason: "channels_differ" };
  return { verdict: "not_proven", reason: isWide ? "gap_without_evidence" : "target_undecided" };
}

function lowestOf(judged: readonly ChannelStanding[]): string | null {
  const [lowest] = judged.toSorted((a, b) => (a.shrunken ?? 1) - (b.shrunken ?? 1) || (a.key < b.key ? -1 : 1));
  return lowest?.key ?? null;
}
