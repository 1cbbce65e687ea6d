import { z } from "zod";
import type { Difference } from "../statistics/newcombe";
import type { Rate } from "../statistics/rate";

export const improvementStates = ["proposed", "accepted", "in_progress", "done", "rejected"] as const;
export type ImprovementState = (typeof improvementStates)[number];

/** What the measure says: nothing before it is done, and "not proven" unless the interval says otherwise. */
export type ImprovementVerdict = "not_done" | "too_few" | "proven" | "not_proven" | "worse";

const cause = z.string().regex(/^[a-z0-9_]{1,40}$/);
const title = z.string().trim().min(1).max(200);
const description = z.string().trim().max(4_000);

export const ProposeImprovement = z.strictObject({
  cause,
  /** The type of contact whose comments are measured; every type when left out. */
  interactionType: z.string().trim().max(100).nullish(),
  title,
  description: description.default(""),
  ownerId: z.uuid().optional(),
  dueOn: z.iso.date().optional(),
});
export type ProposeImprovement = z.output<typeof ProposeImprovement>;

const key = { id: z.uuid(), version: z.number().int() };

export const EditImprovement = z.strictObject({
  ...key,
  title: title.optional(),
  description: description.optional(),
  ownerId: z.uuid().optional(),
  dueOn: z.iso.date().optional(),
  interactionType: z.string().trim().max(100).nullable().optional(),
});
export type EditImprovement = z.output<typeof EditImprovement>;

export const MoveImprovement = z.strictObject({
  ...key,
  state: z.enum(["accepted", "in_progress", "done", "rejected"]),
  /** Why it was rejected, or what was done. */
  note: z.string().trim().max(2_000).default(""),
});
export type MoveImprovement = z.output<typeof MoveImprovement>;

export const LinkCase = z.strictObject({ id: z.uuid(), caseId: z.uuid() });
export type LinkCase = z.output<typeof LinkCase>;

export const ImprovementsInput = z.strictObject({
  show: z.enum(["open", "ended", "all"]).default("open"),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type ImprovementsInput = z.output<typeof ImprovementsInput>;

/** Comments that speak ill of the cause, before it began and after it was done, in windows of the same length. */
export type ImprovementMeasure = {
  before: Rate;
  beforeFrom: string;
  beforeUntil: string;
  after: Rate | null;
  afterFrom: string | null;
  afterUntil: string | null;
  /** Share before minus share after, with its 95 % interval; above 0 is better. */
  difference: Difference | null;
  verdict: ImprovementVerdict;
};

export type ImprovementRow = {
  id: string;
  version: number;
  cause: string;
  causeName: string;
  causeNameHe: string;
  interactionType: string | null;
  title: string;
  state: ImprovementState;
  ownerId: string | null;
  ownerName: string | null;
  dueOn: string;
  isLate: boolean;
  proposedAt: string;
  proposedByName: string | null;
  startedAt: string | null;
  doneAt: string | null;
  cases: number;
};

export type LinkedCase = {
  id: string;
  customerId: string | null;
  customerName: string | null;
  medium: string;
  type: string;
  openedAt: string;
  state: string;
  outcome: string;
};

export type ImprovementView = ImprovementRow & {
  description: string;
  endedNote: string;
  themeId: string;
  windowDays: number;
  measure: ImprovementMeasure;
  linked: LinkedCase[];
  /** Whether the reader may decide about it, and whether she may move it on because it is hers. */
  mayLead: boolean;
  mayMove: boolean;
};
