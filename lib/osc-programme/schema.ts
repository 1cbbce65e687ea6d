import { z } from "zod";
import type { BackPlan, ProgrammeCounts } from "./rules";

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Which customers stand behind a number of the programme. */
export const programmeGroups = [
  "leads",
  "immature",
  "set",
  "kept",
  "sales",
  "company_sales",
  "aged",
  "visited",
  "visited_without",
  "won_without",
] as const;
export type ProgrammeGroup = (typeof programmeGroups)[number];

export const ProgrammeRows = z.strictObject({
  run: z.uuid(),
  group: z.enum(programmeGroups),
  osc: z.uuid().optional(),
});
export type ProgrammeRows = z.output<typeof ProgrammeRows>;

export const ProgrammeInput = z.strictObject({ month: Month.optional() });
export type ProgrammeInput = z.output<typeof ProgrammeInput>;

/** `sales` of the whole company in the month, null for no goal; `version` is the one that was read, 0 where none was set. */
export const SetProgrammeGoal = z.strictObject({
  month: Month,
  sales: z.coerce.number().int().min(1).max(1_000_000).nullable(),
  version: z.number().int().min(0),
});
export type SetProgrammeGoal = z.output<typeof SetProgrammeGoal>;

/** A month's goal, what it takes, and what has happened in it so far. */
export type ProgrammeMonth = {
  month: string;
  goal: { sales: number; version: number; setByName: string | null; setAt: string } | null;
  /** Null without a goal, and while a share of the programme is 0 or unknown. */
  plan: BackPlan | null;
  soFar: ProgrammeCounts;
};

export type ProgrammeRow = {
  journeyId: string;
  /** Null for who the reader may not see. */
  customerId: string | null;
  name: string | null;
  arrivedAt: string;
  setAt: string | null;
  keptAt: string | null;
  wonAt: string | null;
};
