import { baselineOf } from "@/lib/statistics/control-baseline";
import type { Count } from "@/lib/statistics/newcombe";
import { isLaneyFitting, laneyChart, laneyPoints, pChart, type RateChart } from "@/lib/statistics/p-chart";
import { minimumTrials } from "@/lib/statistics/rate";

/** A chart of weekly rates; `alerts` are the places of signals that rest on 20 ratings or more, each a review task. */
export type RateSignals = RateChart & { method: "p_chart" | "laney"; alerts: readonly number[] };

/**
 * The weekly rates of a channel with limits frozen on its first weeks that have data, and what calls for a review
 * (DOMAIN C4, F36).
 *
 * Laney's chart takes over where twenty large weeks spread beyond chance (F36b). After a documented change hand over the
 * weeks since then. Null when no week has data.
 */
export function signalsOf(weeks: readonly Count[]): RateSignals | null {
  const counted = weeks.filter(({ n }) => n > 0);
  const wide = counted.slice(0, laneyPoints);
  const laney = isLaneyFitting(wide) ? laneyChart(weeks, wide) : null;
  const chart = laney ?? pChart(weeks, baselineOf(counted));
  if (!chart) return null;
  const alerts = chart.points.flatMap(({ n, isSignal }, place) => (isSignal && n >= minimumTrials ? place : []));
  return { ...chart, method: laney ? "laney" : "p_chart", alerts };
}
