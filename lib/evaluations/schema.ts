import { z } from "zod";
import { observationStates } from "../moments/schema";

export const criterionResults = ["passed", "missed", "not_applicable"] as const;
export type CriterionFinding = (typeof criterionResults)[number];

export type ScorerKind = "agent" | "qa" | "customer" | "rule";

/** What somebody saw of a moment while the interaction is logged. */
export const ObservationInput = z.strictObject({
  momentId: z.uuid(),
  state: z.enum(observationStates),
  evidence: z.string().trim().max(1_000).default(""),
});
export type ObservationInput = z.output<typeof ObservationInput>;

export const ObserveMoments = z.strictObject({
  id: z.uuid(),
  observations: z.array(ObservationInput).min(1).max(20),
});
export type ObserveMoments = z.output<typeof ObserveMoments>;

export const JudgeInteraction = z.strictObject({
  id: z.uuid(),
  results: z
    .array(z.strictObject({ criterionId: z.uuid(), result: z.enum(criterionResults) }))
    .min(1)
    .max(40),
  comment: z.string().trim().max(2_000).default(""),
});
export type JudgeInteraction = z.output<typeof JudgeInteraction>;

export type EvaluationItemView = {
  criterionId: string;
  name: string;
  nameHe: string;
  weight: number;
  critical: string | null;
  result: CriterionFinding;
  judgedBy: ScorerKind;
};

/** One judgement; the highest number stands, the others are its past. */
export type EvaluationView = {
  id: string;
  number: number;
  versionId: string;
  scorerKind: ScorerKind;
  scorerName: string | null;
  comment: string;
  /** Share of the applicable weight that passed, 0 to 1; null when nothing with weight applied. */
  raw: number | null;
  /** Null until everything was judged. */
  meets: boolean | null;
  isCriticalSafe: boolean;
  judged: number;
  total: number;
  evaluatedAt: string;
  items: EvaluationItemView[];
};

export type ObservationView = {
  id: string;
  momentId: string;
  momentName: string;
  momentNameHe: string;
  state: (typeof observationStates)[number];
  evidence: string;
  observerKind: ScorerKind;
  observerName: string | null;
  observedAt: string;
};

export type ScorecardCriterion = {
  id: string;
  name: string;
  nameHe: string;
  weight: number;
  kind: string;
  rule: string | null;
  critical: string | null;
  momentId: string | null;
  momentName: string | null;
  momentNameHe: string | null;
  responsibleRole: string | null;
  /** What stands, and who found it. */
  result: CriterionFinding | null;
  judgedBy: ScorerKind | null;
};

/** What a judge has before her: the contact, the criteria with what stands, and what was seen. */
export type Scorecard = {
  interaction: {
    id: string;
    medium: string;
    type: string;
    direction: string;
    startedAt: string;
    summary: string;
    agentId: string | null;
    agentName: string | null;
  };
  passMark: number;
  versionNumber: number;
  criteria: ScorecardCriterion[];
  current: Omit<EvaluationView, "items"> | null;
  observations: ObservationView[];
  /** Why she may not judge it; null when she may. */
  refusal: string | null;
};

/** One contact that waits for a judge. */
export type ScorecardRow = {
  interactionId: string;
  medium: string;
  type: string;
  startedAt: string;
  agentName: string;
  judged: number;
  total: number;
  raw: number | null;
};
