import type { WheelFacts } from "../search/schema";
import type { SavedViewView } from "../views/schema";

/** One line of the customers list. */
export type CustomerRow = {
  id: string;
  journeyId: string;
  name: string;
  place: string | null;
  origin: string | null;
  segment: string | null;
  flag: string | null;
  /** Version of the customer, for whoever changes her name or place in the list. */
  version: number;
  stageName: string;
  status: string;
  oscId: string;
  oscName: string;
  spokeKey: string;
  accountableName: string | null;
  wheel: WheelFacts;
  nextName: string | null;
  nextStartedAt: string | null;
  nextDueAt: string | null;
  unansweredSince: string | null;
  unansweredDueAt: string | null;
  offTrackSince: string | null;
  lastActivityAt: string;
};

export type CustomerPage = { rows: CustomerRow[]; nextCursor: string | null };

/** What the list's filters offer, its views, and how many customers the filter finds. */
export type ListFrame = {
  stages: { id: string; name: string; template: string }[];
  spokes: { key: string; code: string; name: string; nameHe: string; position: number }[];
  oscs: { id: string; name: string }[];
  origins: string[];
  views: SavedViewView[];
  /** Null when it cannot be told from counters. Above `countLimit` only that it is more. */
  count: number | null;
  openDuplicates: number;
};

/** Counts above this are shown as "10,000+". */
export const countLimit = 10_000;
