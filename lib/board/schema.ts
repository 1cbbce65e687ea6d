import { z } from "zod";

/** How the board is cut and whose customers it shows; both stand in the URL. */
export const BoardFilter = z.object({
  by: z.enum(["stage", "spoke"]).default("stage"),
  who: z.enum(["mine", "all"]).optional(),
  template: z.uuid().optional(),
});
export type BoardFilter = z.output<typeof BoardFilter>;
export type BoardFilterInput = z.input<typeof BoardFilter>;

export type BoardSpoke = { id: string; key: string; code: string; name: string; nameHe: string; position: number };

/** One row: a journey that stands in the column. */
export type BoardCard = {
  journeyId: string;
  customerId: string;
  version: number;
  name: string;
  place: string | null;
  status: string;
  templateId: string;
  stageId: string;
  spokeId: string;
  /** Days in the stage without the time it was paused. */
  days: number;
  /** Whether four in five have left the stage by now. */
  isSlow: boolean;
  isOffTrack: boolean;
  nextName: string | null;
  clock: { startedAt: string; dueAt: string } | null;
  /** Positions of the spokes that were ever involved. */
  involved: number[];
  /** Keys that the stage requires and that are still empty. */
  missing: string[];
  hasNeed: boolean;
};

export type BoardStage = {
  id: string;
  templateId: string;
  key: string;
  name: string;
  position: number;
  spokeId: string;
  entryStatus: string;
  p50: number | null;
  p80: number | null;
  allowedNext: string[];
  requiredFields: string[];
};

export type BoardColumn = {
  /** The id of the stage, or of the spoke. */
  id: string;
  name: string;
  spoke: BoardSpoke;
  p50: number | null;
  p80: number | null;
  count: number;
  offTrack: number;
  /** At most twenty: off track first, then the longest here; ordered by days. */
  cards: BoardCard[];
};

export type BoardTemplate = { id: string; name: string; number: number; status: string; isDefault: boolean };

export type Board = {
  by: "stage" | "spoke";
  who: "mine" | "all";
  /** The template whose stages are the columns; null when cut by spoke. */
  templateId: string | null;
  templates: BoardTemplate[];
  stages: BoardStage[];
  spokes: BoardSpoke[];
  columns: BoardColumn[];
  /** Everybody on this board. */
  total: number;
  canMove: boolean;
};

/** How many stand in each column, and how many of them are off track. */
export type BoardCounts = {
  by: "stage" | "spoke";
  who: "mine" | "all";
  columns: { id: string; name: string; count: number; offTrack: number }[];
  total: number;
};
