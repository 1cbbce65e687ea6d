import { z } from "zod";
import { AsOf } from "../reports/schema";
import { causes, theCustomer, type WaitLine, type WaitSums } from "./rules";

export const waitingDays = ["30", "90", "365"] as const;

/** Whose waiting: of the customers who came in within so many days, narrowed by where they stand and who they are. */
export const WaitingInput = z.strictObject({
  days: z.enum(waitingDays).default("90"),
  /** Key of a stage: only the time spent there counts. */
  stage: z.string().min(1).max(100).optional(),
  origin: z.string().min(1).max(200).optional(),
  osc: z.uuid().optional(),
  asOf: AsOf.optional(),
  /** Only what was recorded until then counts; everything when left out. */
  knownAt: z.iso.datetime({ offset: true }).optional(),
});
export type WaitingInput = z.output<typeof WaitingInput>;

/** Which customers behind a number: who had the baton, who was waited for, and why. */
export const WaitingRows = z.strictObject({
  ...WaitingInput.shape,
  baton: z.uuid().optional(),
  whom: z.union([z.uuid(), z.literal(theCustomer)]).optional(),
  cause: z.enum(causes).optional(),
});
export type WaitingRows = z.output<typeof WaitingRows>;

export type WaitSpoke = { id: string; code: string; name: string; nameHe: string; position: number };

/** How the time of a segment's customers went by; lengths are milliseconds, `staffed` those in business time. */
export type WaitingReport = WaitSums & {
  since: string;
  asOf: string;
  knownAt: string;
  customers: number;
  /** Only the newest thousand journeys are looked at. */
  isTruncated: boolean;
  spokes: WaitSpoke[];
};

/** One customer behind a number. Name and id are null where the reader may not see her. */
export type WaitingRow = { customerId: string | null; name: string | null; elapsed: number; staffed: number };

export type WaitingBehind = { rows: WaitingRow[]; total: number };

/** What the filters of the screen offer. */
export type WaitingChoices = {
  stages: { key: string; name: string }[];
  origins: string[];
  oscs: { id: string; name: string }[];
};

export type CustomerStretch = {
  from: string;
  to: string;
  batonId: string;
  stage: string;
  cause: (typeof causes)[number];
  whom: string;
  elapsed: number;
  staffed: number;
};

/** One customer's time: the lines of all her journeys, and the stretches they are made of, the newest first. */
export type CustomerWaiting = WaitSums & {
  customerId: string;
  name: string;
  asOf: string;
  spokes: WaitSpoke[];
  stretches: CustomerStretch[];
  /** How many stretches there are; at most two hundred are listed. */
  total: number;
};

export type { WaitLine };
