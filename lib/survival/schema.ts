import { z } from "zod";
import type { Rate } from "../statistics/rate";

/** One day of a stage's curve: who was still at risk, and what had become of all who entered; shares in 0..1. */
export type CurvePoint = {
  day: number;
  atRisk: number;
  still: number;
  lo: number | null;
  hi: number | null;
  advance: number;
  drop: number;
};

/** How one group moves through a stage beside all others; null where nothing can be told. */
export type GroupPace = {
  origin: string;
  entries: number;
  ended: number;
  median: number | null;
  chiSquare: number | null;
  p: number | null;
  /** p, adjusted for all comparisons of the run (DOMAIN F90). */
  adjusted: number | null;
  verdict: "differs" | "no_difference" | "not_enough";
};

export type StageSurvival = {
  template: string;
  templateName: string;
  stage: string;
  name: string;
  entries: number;
  advanced: number;
  dropped: number;
  /** Still there, on hold, merged, gone back or set aside: counted until last seen. */
  open: number;
  /** Of the open ones, who have been there longer than four in five stay (DOMAIN F12). */
  slow: Rate;
  q25: number | null;
  median: number | null;
  p80: number | null;
  /** Mean days up to the longest day seen (DOMAIN F14c); null without entries. */
  meanUpTo: { limit: number; mean: number } | null;
  /** Fewer than thirty have left: the curve is drawn, and nothing is concluded from it. */
  isEnough: boolean;
  points: CurvePoint[];
  isThinned: boolean;
  groups: GroupPace[];
};

export type SurvivalResult = {
  stages: StageSurvival[];
  /** How many comparisons were made, and for how many p was adjusted. */
  tests: number;
  /** Journeys that something happened to before they began, and that no stage counts. */
  leftOut: number;
};

export const StaysInput = z.strictObject({
  run: z.uuid(),
  template: z.string().max(100),
  stage: z.string().max(100),
  ended: z.enum(["advanced", "dropped", "open"]),
  origin: z.string().max(200).optional(),
});
export type StaysInput = z.output<typeof StaysInput>;

/** One stay behind a number; customer and name are null when the reader may not see her. */
export type StayRow = {
  journeyId: string;
  customerId: string | null;
  name: string | null;
  origin: string;
  enteredAt: string;
  days: number;
};
