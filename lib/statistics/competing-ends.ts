/** How many advanced, dropped or were last seen still there, after the same time; times ascending, each once. */
export type EndCount = { time: number; advanced: number; dropped: number; censored: number };

/** What has become of all that entered just after `time`: the three shares (0..1) sum to 1. */
export type EndPoint = { time: number; atRisk: number; advance: number; drop: number; still: number };

/**
 * The cumulative incidence of advance and of drop, which compete, by Aalen and Johansen (DOMAIN F16).
 *
 * One point per time at which something ended. Null when nothing was counted, empty when everything was censored.
 */
export function cumulativeIncidence(counts: readonly EndCount[]): readonly EndPoint[] | null {
  let atRisk = counts.reduce((sum, { advanced, dropped, censored }) => sum + advanced + dropped + censored, 0);
  if (atRisk === 0) return null;
  const points: EndPoint[] = [];
  let [advance, drop, still] = [0, 0, 1];
  for (const { time, advanced, dropped, censored } of counts) {
    const ended = advanced + dropped;
    if (ended > 0) {
      advance += (still * advanced) / atRisk;
      drop += (still * dropped) / atRisk;
      still = ended === atRisk ? 0 : still * (1 - ended / atRisk);
      points.push({ time, atRisk, advance, drop, still });
    }
    atRisk -= ended + censored;
  }
  return points;
}
