import { z } from "zod";
import type { LeakSize } from "../statistics/leak-size";
import type { Rate } from "../statistics/rate";

/** What a stage's entries are told apart by: where they came from, whose they were, and the last months beside those before. */
export const leakDimensions = ["origin", "osc", "recent"] as const;
export type LeakDimension = (typeof leakDimensions)[number];

/** How customers are lost: they drop out, or slip away without anybody having dropped them (DOMAIN 6B). */
export const leakMeasures = ["dropped", "silent", "slow", "handoff", "capture"] as const;
export type LeakMeasure = (typeof leakMeasures)[number];

/** What the groups of any measure are told apart by. */
export const leakGroupings = [...leakDimensions, "stage", "spoke", "pair", "channel"] as const;
export type LeakGrouping = (typeof leakGroupings)[number];

/** What the numbers say of one group in one stage; only `leak` meets all five conditions of DOMAIN 6B. */
export type LeakVerdict = "leak" | "mix" | "not_proven" | "too_few";

/** How much of a difference the groups' own rates make, and how much another mix of groups makes (DOMAIN F19). */
export type MixShare = { by: "origin" | "osc"; total: number; rate: number; mix: number; mixShare: number };

export type LeakFinding = {
  template: string;
  stage: string;
  stageName: string;
  dimension: LeakDimension;
  /** The origin, the id of the consultant, or `last` for the last months. */
  value: string;
  verdict: LeakVerdict;
  /** Why it is no leak, by the letter of the condition that does not hold; empty for a leak. */
  missing: ("a" | "c" | "d" | "e" | "mix")[];
  drops: Rate;
  reference: Rate;
  size: LeakSize | null;
  adjusted: number | null;
  mix: MixShare | null;
  winRate: Rate;
  /** Money lost by the figure and by the careful figure, in minor units of the workspace's currency; null where none is known. */
  valueMinor: number | null;
  valueAtLeastMinor: number | null;
};

/** What a leak that stands was found by: of a lapse, `drops` are those who lapsed and `reference` all others (DOMAIN 6B). */
export type StandingFinding = Omit<LeakFinding, "dimension"> & { dimension: LeakGrouping };

/** One stage of the map: what became of its matured entries within the horizon. */
export type LeakStage = {
  template: string;
  templateName: string;
  stage: string;
  name: string;
  entries: number;
  immature: number;
  advanced: Rate;
  dropped: Rate;
  isEnough: boolean;
};

export type LeaksParameters = { horizonDays: number; windowDays: number; recentDays: number };

export type LeaksResult = LeaksParameters & {
  currency: string;
  /** Mean value of a won journey in minor units, from how many; null when no win of the window says what it was worth. */
  valuePerWinMinor: number | null;
  winsWithValue: number;
  tests: number;
  stages: LeakStage[];
  /** Leaks and changes of mix, and at most fifty groups, no person among them, that lose more than others without its being proven. */
  findings: LeakFinding[];
};

export const leakStates = ["suspected", "confirmed", "being_fixed", "closed", "rejected"] as const;
export type LeakState = (typeof leakStates)[number];

export const LeakKey = z.strictObject({ id: z.uuid() });
export type LeakKey = z.output<typeof LeakKey>;

const key = { id: z.uuid(), version: z.number().int() };

export const EditLeak = z.strictObject({
  ...key,
  ownerId: z.uuid().optional(),
  dueOn: z.iso.date().optional(),
  action: z.string().trim().max(2_000).optional(),
});
export type EditLeak = z.output<typeof EditLeak>;

export const MoveLeak = z.strictObject({
  ...key,
  state: z.enum(["being_fixed", "rejected"]),
  /** What is being done, or why it is no leak. */
  note: z.string().trim().max(2_000).default(""),
});
export type MoveLeak = z.output<typeof MoveLeak>;

export const ListLeaks = z.strictObject({
  show: z.enum(["standing", "ended", "all"]).default("standing"),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type ListLeaks = z.output<typeof ListLeaks>;

export type LeakRow = {
  id: string;
  version: number;
  template: string;
  stage: string;
  stageName: string;
  measure: LeakMeasure;
  dimension: LeakGrouping;
  value: string;
  /** The consultant's name where the group is hers. */
  valueName: string | null;
  state: LeakState;
  ownerId: string | null;
  ownerName: string | null;
  dueOn: string | null;
  isLate: boolean;
  foundAt: string;
  confirmedAt: string | null;
  fixingSince: string | null;
  endedAt: string | null;
  note: string;
  action: string;
  /** As the last run that found it says. */
  finding: StandingFinding;
  runId: string;
};

export type LeakCustomer = {
  journeyId: string;
  customerId: string | null;
  name: string | null;
  enteredAt: string;
  days: number;
  status: string;
};

/**
 * The next cohort: who entered since the fixing began and is matured, beside the cohort that the leak was found in. Of a lapse,
 * who lapses today beside who did when the fixing began.
 */
export type NextCohort = {
  dropped: Rate;
  immature: number;
  improvement: { difference: number; lo: number; hi: number } | null;
};

export type LeakView = LeakRow & {
  horizonDays: number;
  customers: LeakCustomer[];
  customersTotal: number;
  /** What the drops are associated with (DOMAIN F19b): an account and not a cause. */
  associated: { kind: "spoke" | "handoff" | "channel" | "said"; key: string; drops: number }[];
  next: NextCohort | null;
  currency: string;
  /** What the departments among what is associated are called. */
  spokes: { key: string; name: string; nameHe: string }[];
  mayLead: boolean;
  mayMove: boolean;
};
