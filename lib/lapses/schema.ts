import { z } from "zod";
import type { Rate } from "../statistics/rate";

/** Ways to lose customers without anybody having dropped them (DOMAIN 6B, 6F). */
export const lapseMeasures = ["silent", "slow", "handoff", "capture"] as const;
export type LapseMeasure = (typeof lapseMeasures)[number];

/** What the customers of a measure are told apart by. */
export const lapseGroupings = ["stage", "spoke", "pair", "channel"] as const;
export type LapseGrouping = (typeof lapseGroupings)[number];

export type LapsesParameters = { windowDays: number };

/** What is asked every night; only answers to this open and end leaks. */
export const usualLapses: LapsesParameters = { windowDays: 90 };

/** One group beside all others of the same measure; one that is more than the others, two nights in a row, is a leak. */
export type LapseGroup = {
  by: LapseGrouping;
  /** `template/stage`, the department's key, `from>to`, or the medium. */
  key: string;
  share: Rate;
  others: Rate;
  /** Own share minus the others' with its 95 % interval (DOMAIN F89); null where either has nobody. */
  difference: { difference: number; lo: number; hi: number } | null;
  p: number | null;
  /** p, adjusted for every comparison of the run (DOMAIN F90); null where it was not made. */
  adjusted: number | null;
  verdict: "more" | "not_told" | "too_few";
};

export type LapseSection = {
  measure: LapseMeasure;
  share: Rate;
  /** Of those, by why: a customer can be in both. */
  parts: Record<string, number>;
  /** Who could not be judged: no limit, too few ends, not due yet. */
  leftOut: number;
  groups: LapseGroup[];
};

/** From when on somebody in a stage is silent or slow, in days; null where nothing says so. */
export type LapseLimit = {
  template: string;
  stage: string;
  name: string;
  silenceDays: number | null;
  slowFromDay: number | null;
};

export type LapsesResult = LapsesParameters & { tests: number; limits: LapseLimit[]; sections: LapseSection[] };

const page = z.coerce.number().int().min(1).max(10_000).default(1);

/** How many customers a page of those behind a number shows. */
export const lapsedPerPage = 50;

export const LapsedInput = z.strictObject({
  run: z.uuid(),
  measure: z.enum(lapseMeasures),
  by: z.enum(lapseGroupings).optional(),
  key: z.string().max(200).optional(),
  page,
});
export type LapsedInput = z.output<typeof LapsedInput>;

export type LapsedRow = { journeyId: string; customerId: string | null; name: string | null; at: string; days: number };
