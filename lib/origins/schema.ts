import type { Difference } from "../statistics/newcombe";
import type { Rate } from "../statistics/rate";

/** One origin: wins among all leads, wins among those old enough to be judged, and how long a win takes. */
export type OriginReport = {
  origin: string;
  leads: number;
  won: number;
  /** Won of all that came, with its Wilson interval (DOMAIN F33); the young ones among them may still win. */
  wins: Rate;
  /** Won within the horizon of those at least that old (DOMAIN F13). */
  matured: Rate;
  immature: number;
  isEnough: boolean;
  /** Whole calendar days by which a tenth of all leads was won (DOMAIN F14b); null when the curve does not reach it. */
  daysToTenth: number | null;
  median: number | null;
  /** Share won after that many calendar days by Kaplan and Meier, with its log-log interval. */
  wonBy: { day: number; share: number; lo: number | null; hi: number | null }[];
  /** Against all other origins together (DOMAIN F17), adjusted for how many were compared (DOMAIN F90). */
  chiSquare: number | null;
  p: number | null;
  adjusted: number | null;
  verdict: "faster" | "slower" | "no_difference" | "not_enough";
  /** Matured rate minus that of all others. */
  difference: Difference | null;
};

export type LeftOutLead = {
  journeyId: string;
  customerId: string;
  name: string;
  arrivedOn: string;
  wonOn: string;
  days: number;
};

export type OriginsResult = {
  horizonDays: number;
  leads: number;
  won: number;
  wins: Rate;
  /** Leads in the curves: all but those left out. */
  followed: number;
  wonOnFirstDay: number;
  /** Won before their first contact, by what is written: in no curve, and named. */
  leftOut: LeftOutLead[];
  leftOutCount: number;
  tests: number;
  all: OriginReport;
  origins: OriginReport[];
};
