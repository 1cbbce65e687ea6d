import { z } from "zod";
import { roles } from "../auth/roles";
import { interactionTypes, media } from "../journeys/vocabulary";

export const criterionKinds = ["operational", "moment", "customer"] as const;
export const criticalKinds = ["customer", "business", "compliance"] as const;

/** Stored facts that decide an operational criterion by themselves. Each measures what must stay at or below the threshold. */
export const operationalRules = ["answer_seconds", "answer_minutes", "next_step", "no_repeat", "promise_kept"] as const;
export type OperationalRule = (typeof operationalRules)[number];

/** Media that a standard can be for: those in which somebody speaks with the customer. */
export const standardMedia = media.filter(
  (medium): medium is Exclude<(typeof media)[number], "note" | "unknown"> => medium !== "note" && medium !== "unknown",
);

/** One criterion as the editor holds it; what makes no sense together is for the rules to say. */
export const CriterionInput = z.strictObject({
  name: z.string().trim().max(160),
  nameHe: z.string().trim().max(160).default(""),
  /** Whole numbers, so that a share is exact. */
  weight: z.number().int().min(0).max(1_000),
  kind: z.enum(criterionKinds),
  /** The fact that decides an operational criterion; null leaves it to a person. */
  rule: z.enum(operationalRules).nullable().default(null),
  /** Seconds, staffed minutes, or the score from which a customer's answer passes. */
  threshold: z.number().min(0).max(1_000_000).nullable().default(null),
  /** Whose error missing it is; any of them fails the interaction. */
  critical: z.enum(criticalKinds).nullable().default(null),
  momentId: z.uuid().nullable().default(null),
  responsibleRole: z.enum(roles).nullable().default(null),
});
export type CriterionInput = z.output<typeof CriterionInput>;

export const CreateStandard = z.strictObject({
  medium: z.enum(media),
  /** Null makes the standard of the medium alone. */
  interactionType: z.enum(interactionTypes).nullable().default(null),
});
export type CreateStandard = z.output<typeof CreateStandard>;

export const StandardKey = z.strictObject({ id: z.uuid() });
export type StandardKey = z.output<typeof StandardKey>;

export const SaveDraft = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  /** Share of the applicable weight, above 0 and at most 1. */
  passMark: z.number().gt(0).max(1),
  criteria: z.array(CriterionInput).max(40),
});
export type SaveDraft = z.output<typeof SaveDraft>;

export const PublishDraft = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  /** From when on interactions are judged by it; left out means from now on. */
  effectiveFrom: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
});
export type PublishDraft = z.output<typeof PublishDraft>;

export type CriterionView = CriterionInput & { id: string; momentName: string | null; momentNameHe: string | null };

/** A version without its criteria. */
export type VersionSummary = {
  id: string;
  number: number;
  status: "draft" | "published";
  passMark: number;
  effectiveFrom: string | null;
  publishedAt: string | null;
  publishedByName: string | null;
  criteria: number;
  /** Interactions that were judged by it. */
  evaluated: number;
};

export type StandardView = {
  id: string;
  medium: string;
  interactionType: string | null;
  retiredAt: string | null;
  /** The version that interactions are judged by now. */
  inForceId: string | null;
  draftId: string | null;
  /** Newest first. */
  versions: VersionSummary[];
};

/** What is wrong with a draft: where it stands, and a key of the messages. */
export type StandardIssue = { path: string; reason: string };

export type CriterionPart = "name" | "weight" | "kind" | "threshold" | "critical" | "moment" | "responsible";

/** What publishing a draft changes against the version before it. */
export type StandardDiff = {
  passMark: { before: number; after: number } | null;
  added: string[];
  removed: string[];
  changed: { name: string; parts: CriterionPart[] }[];
};

export type StandardVersionView = VersionSummary & {
  /** Of the row, for the next save. */
  version: number;
  standardId: string;
  medium: string;
  interactionType: string | null;
  criterionList: CriterionView[];
  issues: StandardIssue[];
  /** Null for a published version, and for the first one. */
  diff: StandardDiff | null;
};
