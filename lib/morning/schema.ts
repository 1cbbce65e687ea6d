import { z } from "zod";

/** What is counted by day, in the order in which it is told. */
export const changeKinds = [
  "new_leads",
  "won",
  "lost",
  "off_track",
  "recovered",
  "promises_broken",
  "handoffs_proposed",
  "handoffs_accepted",
  "handoffs_rejected",
  "handoffs_expired",
  "negative",
  "cases",
  "conflicts",
  "approvals",
  "leaks_confirmed",
  "leaks_closed",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changeDays = ["yesterday", "today"] as const;
export type ChangeDay = (typeof changeDays)[number];

/** One thing that is counted: today so far, yesterday, and how often on the same weekday of the weeks before. */
export type Change = {
  kind: ChangeKind;
  today: number;
  yesterday: number;
  /** Median of the same weekday in the eight weeks before; null with fewer than four of them. */
  usual: number | null;
  /** Least and most of those weeks; null as `usual`. */
  least: number | null;
  most: number | null;
};

/** What waits for somebody who leads, by kind. */
export const decisionKinds = [
  "case_late",
  "handoff_rejected_twice",
  "relay_stalled",
  "leak_unowned",
  "leak_late",
  "approval",
  "osc_overloaded",
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export type Decision = {
  kind: DecisionKind;
  id: string;
  /** What it is decided on: the case, handoff, customer, leak, proposal or consultant. */
  opens: string;
  /** Of the customer or consultant, or of the leak's stage; null when nothing has a name. */
  name: string | null;
  detail: string | null;
  /** Since when it waits; null for what has no beginning. */
  since: string | null;
  isUrgent: boolean;
};

export type Morning = {
  asOf: string;
  /** Yesterday's day `yyyy-mm-dd` in the workspace's time zone. */
  yesterday: string;
  /** How many of the eight weeks the workspace has known. */
  weeks: number;
  isTeam: boolean;
  changes: Change[];
  decisions: Decision[];
  /** Of each kind how many there are in all; at most twenty of a kind are listed. */
  totals: Partial<Record<DecisionKind, number>>;
};

export const MorningRows = z.strictObject({
  kind: z.enum(changeKinds),
  day: z.enum(changeDays).default("yesterday"),
});
export type MorningRows = z.output<typeof MorningRows>;

export type MorningRow = {
  id: string;
  customerId: string | null;
  name: string | null;
  at: string;
  detail: string | null;
};
