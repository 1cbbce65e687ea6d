import { z } from "zod";
import type { MomentLine } from "../drivers/schema";
import type { ItemView } from "../enablement/schema";
import type { ChannelStanding, ConsistencyReason, ConsistencyVerdict } from "../experience/consistency";
import type { Coverage } from "../experience/coverage";
import type { EnablementEffect } from "../experience/enablement-effect";
import type { RateSignals } from "../experience/rate-signals";
import type { NetPromoters } from "../experience/scores";
import type { Homogeneity } from "../statistics/chi-square";
import type { FunnelPlot } from "../statistics/funnel-plot";
import type { Difference as Interval } from "../statistics/newcombe";
import type { Rate } from "../statistics/rate";
import type { XmrChart } from "../statistics/xmr";

/** What a board compares: how we talk, or who sells. */
export const dimensions = ["media", "routes"] as const;
export type Dimension = (typeof dimensions)[number];

/** How far back a board looks, in weeks; 0 is everything. */
export const periods = [13, 26, 52, 0] as const;

const filter = {
  by: z.enum(dimensions).default("media"),
  type: z.string().trim().max(100).optional(),
  weeks: z.coerce.number().int().min(0).max(520).default(26),
  target: z.coerce.number().gt(0).lt(1).optional(),
};

export const BoardInput = z.strictObject({
  ...filter,
  /** Of the chart of answer times: as their skew asks, or plain. */
  scale: z.enum(["auto", "plain"]).default("auto"),
});
export type BoardInput = z.output<typeof BoardInput>;

/** The rows behind a number of the board. */
export const RatedInput = z.strictObject({
  type: filter.type,
  weeks: filter.weeks,
  week: z.iso.date().optional(),
  medium: z.string().max(20).optional(),
  route: z.string().max(40).optional(),
  agentId: z.uuid().optional(),
  class: z.enum(["positive", "neutral", "negative"]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type RatedInput = z.output<typeof RatedInput>;

/**
 * One cell of the matrix: the chance of so few positive ones at the target, and the same adjusted for looking at many cells at once,
 * by which `isBelow` says low; both null below twenty ratings.
 */
export type MatrixCell = Rate & {
  medium: string;
  route: string;
  chance: number | null;
  adjusted: number | null;
  isBelow: boolean;
};

/** All channels together beside the period of the same length before; the difference, now minus before, only with twenty ratings in both. */
export type PeriodChange = { now: Rate; before: Rate; difference: Interval | null };

export type WeekCount = { week: string; k: number; n: number };

/** A channel week by week; the limits rest on its first twelve weeks that have data, of which the first `frozen` here are the last. */
export type WeeklyChart = { key: string; weeks: readonly WeekCount[]; signals: RateSignals | null; frozen: number };

export type PersonCount = { memberId: string; name: string; isFormer: boolean; k: number; n: number };

/** A test of difference with what its curve alone would say, where counts are thin and p is simulated. */
export type Difference = Homogeneity & { curveP: number };

/** A consistency report: each channel, the verdict by rule F35 with its reason, and the index that is never shown without it. */
export type ConsistencyReport = {
  by: Dimension;
  type: string | null;
  weeks: number;
  since: string | null;
  asOf: string;
  target: number;
  channels: ChannelStanding[];
  level: number | null;
  tau: number | null;
  cci: number | null;
  mu: number | null;
  rho: number | null;
  strength: number | null;
  /** Whether all channels share one rate, and whether the judged ones do. */
  allChannels: Difference | null;
  judgedChannels: Difference | null;
  /** Of the test of difference where counts are too thin for its curve. */
  seed: number;
  gap: number | null;
  verdict: ConsistencyVerdict;
  reason: ConsistencyReason;
  worst: string | null;
  /** Customers rated in two channels or more whom every one of them served well (F35b). */
  customers: Rate;
  coverage: Coverage;
};

/** How fast people answered leads, week by week: medians in minutes, on the scale their skew asks for. */
export type SpeedChart = {
  weeks: readonly { week: string; minutes: number; n: number }[];
  chart: XmrChart | null;
  isLog: boolean;
};

/** Everything the consistency board shows. */
export type ConsistencyBoard = {
  report: ConsistencyReport;
  other: ConsistencyReport;
  /** Null when the board shows everything. */
  change: PeriodChange | null;
  types: readonly string[];
  media: readonly string[];
  routes: readonly string[];
  /** Cells with ratings, and the margins of both sides under the empty name. */
  cells: readonly MatrixCell[];
  weekly: readonly WeeklyChart[];
  people: FunnelPlot<PersonCount>;
  speed: SpeedChart;
  disagreements: number;
};

/** The pictures of the board: matrix, weekly charts of rates, chart of answer times and funnel. */
export type ConsistencyCharts = Pick<ConsistencyReport, "by" | "type" | "weeks" | "since" | "asOf" | "target"> &
  Pick<ConsistencyBoard, "change" | "cells" | "weekly" | "people" | "speed">;

/** What to do next, below the verdict. */
export type NextSteps = {
  /** Whether a run could put moments in an order at all. */
  isRanked: boolean;
  mend: MomentLine | null;
  worked: { item: ItemView; effect: EnablementEffect } | null;
};

/** What customers said in the usual measures (F30, F31). */
export type VoiceReport = {
  type: string | null;
  weeks: number;
  n: number;
  classes: { positive: number; neutral: number; negative: number };
  meanDisconfirmation: number | null;
  metOrExceeded: Rate;
  positive: Rate;
  strict: Rate;
  csat: Rate;
  ces: { mean: number | null; easy: Rate };
  /** Of single contacts. */
  nps: NetPromoters | null;
  /** Of the relationship as a whole, with how many of the asked answered; null where the report is of one type or one team. */
  relationship: { nps: NetPromoters | null; coverage: Coverage } | null;
};

/** One rated contact as a line. */
export type RatedRow = {
  id: string;
  customerId: string;
  customerName: string;
  medium: string;
  route: string | null;
  type: string;
  agentName: string | null;
  class: "positive" | "neutral" | "negative";
  /** The answer that classed it, to be taken back when its customer wants that. */
  responseId: string | null;
  expectation: number | null;
  outcome: number | null;
  disconfirmation: number | null;
  comment: string;
  /** How it kept its standard (F32), as far as that was judged; null where nobody did. */
  standard: { raw: number | null; meets: boolean | null } | null;
  at: string;
};

/** How often each fact that standards ask for was kept, by medium. */
export type FactsReport = { facts: (Rate & { medium: string; name: string; nameHe: string })[] };

export const silenceSides = ["medium", "type", "outcome"] as const;

/** Those who answered beside those who kept silent (DOMAIN C2). */
export type SilenceReport = {
  answered: number;
  silent: number;
  coverage: Coverage;
  /** Whether both sides are many enough to say anything. */
  isTold: boolean;
  /** Hours from asking to the answer, within which half, eight and nine of ten of the answers came; null without an answer. */
  hours: { median: number; p80: number; p90: number } | null;
  sides: {
    side: (typeof silenceSides)[number];
    groups: {
      key: string;
      answered: number;
      silent: number;
      /** Its share among those who answered minus its share among the silent, with its 95 % interval. */
      difference: number | null;
      lo: number | null;
      hi: number | null;
      isDifferent: boolean;
    }[];
  }[];
};
