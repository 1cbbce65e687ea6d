import type { Scenario } from "../scenarios/vocabulary";
import type { Count, Difference } from "../statistics/newcombe";
import type { Rate } from "../statistics/rate";
import type { MeanDifference } from "../statistics/stratified-difference";

/** What was known of a deal when its scenario was given; null is not known. */
export const covariates = ["pClose", "value", "complexity", "inaccessibility", "relationship", "newCustomer"] as const;
export type Covariate = (typeof covariates)[number];

/** Days from the win until something came, or until they were last looked at. */
export type Waited = { days: number; hasCome: boolean };

/** A deal that reached its decision stage and was given a scenario, with what came of it. */
export type LabDeal = {
  scenario: Scenario;
  /** Whether it was given by lot; those are read by their experiment. */
  isDrawn: boolean;
  /** What the handoff that was accepted followed; null while there is none, or it followed nothing. */
  followed: Scenario | null;
  segment: string;
  facts: Record<Covariate, number | null>;
  /** Null: neither won nor lost yet. */
  isWon: boolean | null;
  kickoff: Waited | null;
  firstValue: Waited | null;
  health: number | null;
  effort: number | null;
  /** Of customer success before the sale; null while it has not ended. */
  hours: number | null;
};

/** A mean with its 95 % interval; the interval needs two values. */
export type Mean = { n: number; mean: number | null; lo: number | null; hi: number | null };

/** How long it took, by Kaplan-Meier: those for whom it has not come yet count as long as they were seen (DOMAIN F14). */
export type Wait = {
  n: number;
  come: number;
  /** Days by which half, and four fifths, had it; null when the curve does not reach it. */
  median: number | null;
  p80: number | null;
  /** The share that still waits after so many days. */
  curve: { days: number; waiting: number }[];
};

export type ScenarioOutcome = {
  scenario: Scenario;
  assigned: number;
  pending: number;
  /** Those whose handoff was accepted, and of them those that followed another scenario; runs from before know neither. */
  handedOver: number | null;
  crossed: number | null;
  close: Rate;
  kickoff: Wait;
  firstValue: Wait;
  /** Ninety days after the win, 0 to 100. */
  health: Mean;
  /** "The company made it easy", 1 to 7, of the contact by which the receiver took over. */
  effort: Mean;
  /** Hours of customer success before the sale in deals that ended; none logged counts as 0. Runs from before they were counted have none. */
  hours: Mean;
};

/** One stratum: segment and band of the chance of winning, fixed before the end. */
export type LabStratum = {
  segment: string;
  band: number | null;
  treated: Count;
  control: Count;
  difference: number | null;
};

export type Balance = {
  name: Covariate;
  n: number;
  /** Standardised differences; null where nothing is known or nothing varies. */
  before: number | null;
  after: number | null;
  /** More than .1 apart after weighting. */
  isOff: boolean;
};

export type Fair = { difference: number; standardError: number; lo: number; hi: number };

export type Weighted = {
  effect: number;
  treated: number;
  control: number;
  naive: number;
  effectiveTreated: number;
  effectiveControl: number;
  trimmed: number;
};

/** One scenario against another, as it is and fairly. */
export type LabPair = {
  treated: Scenario;
  control: Scenario;
  n: { treated: number; control: number };
  crude: Difference | null;
  fair: Fair | null;
  /** The plain and the fair difference point to opposite sides (Simpson). */
  isTurned: boolean;
  /** The fair interval does not hold zero. */
  isClear: boolean;
  /** How many more deals the smaller group needs to tell the fair difference from none; null when nothing can be said. */
  needs: number | null;
  strata: LabStratum[];
  weighted: Weighted | null;
  balance: Balance[];
  kickoffDays: MeanDifference | null;
  firstValueDays: MeanDifference | null;
};

export type LabReport = {
  weeks: number;
  since: string | null;
  asOf: string;
  deals: number;
  /** Deals that were at their decision stage in that time and were given no scenario. */
  unassigned: number;
  drawn: number;
  outcomes: ScenarioOutcome[];
  pairs: LabPair[];
};
