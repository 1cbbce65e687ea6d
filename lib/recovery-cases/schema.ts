import { z } from "zod";
import type { Rate } from "../statistics/rate";

/** What opened a case: the customer's own word, a rule decided by stored facts, or a moment that was missed. */
export const caseOrigins = ["response", "rule", "moment"] as const;
export type CaseOrigin = (typeof caseOrigins)[number];

export const caseStates = ["open", "playing", "recovered", "lost", "false_alarm"] as const;
export type CaseState = (typeof caseStates)[number];

/** The steps of every case, in order; the last is always that the customer was told. */
export const caseSteps = ["call_and_apologise", "put_right", "customer_told"] as const;
export type CaseStepName = (typeof caseSteps)[number];

const key = { id: z.uuid(), version: z.number().int() };

export const TakeCaseStep = z.strictObject({
  id: z.uuid(),
  /** Left out, whichever stands: a step is taken once whoever else works beside. */
  version: z.number().int().optional(),
  stepId: z.uuid(),
  /** What was done; for the last step what the customer was told, and needed there. */
  note: z.string().trim().max(2_000).default(""),
});
export type TakeCaseStep = z.output<typeof TakeCaseStep>;

export const AssignCase = z.strictObject({ ...key, ownerId: z.uuid() });
export type AssignCase = z.output<typeof AssignCase>;

export const CloseCase = z.strictObject({
  ...key,
  state: z.enum(["recovered", "lost"]),
  outcome: z.string().trim().min(1).max(2_000),
  /** Key of a theme of the codebook: why it happened. */
  cause: z.string().regex(/^[a-z0-9_]{1,40}$/),
});
export type CloseCase = z.output<typeof CloseCase>;

export const SetRecovery = z.strictObject({
  repeatThreshold: z.number().int().min(2).max(100),
  repeatDays: z.number().int().min(7).max(365),
  /** Of light off-track events, how many of a hundred get no play, to tell what plays do; as it is when left out. */
  holdoutPercent: z.number().int().min(0).max(20).optional(),
  version: z.number().int(),
});
export type SetRecovery = z.output<typeof SetRecovery>;

export type RecoverySettings = {
  repeatThreshold: number;
  repeatDays: number;
  holdoutPercent: number;
  version: number;
};

export const CasesInput = z.strictObject({
  show: z.enum(["open", "late", "closed"]).default("open"),
  mine: z.enum(["1"]).optional(),
  cause: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .optional(),
  type: z.string().trim().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type CasesInput = z.output<typeof CasesInput>;

export type CaseStepView = {
  id: string;
  name: CaseStepName;
  ownerId: string | null;
  ownerName: string | null;
  dueAt: string;
  doneAt: string | null;
  doneByName: string | null;
  note: string;
};

/** A case as a list shows it. */
export type CaseRow = {
  id: string;
  version: number;
  state: CaseState;
  origin: CaseOrigin;
  interactionId: string;
  medium: string;
  type: string;
  at: string;
  customerId: string;
  customerName: string;
  agentName: string | null;
  ownerId: string | null;
  ownerName: string | null;
  openedAt: string;
  dueAt: string;
  closedAt: string | null;
  escalation: number;
  comment: string;
  done: number;
  total: number;
  nextStep: CaseStepName | null;
  cause: string | null;
};

export type CaseView = CaseRow & {
  outcome: string;
  closedByName: string | null;
  momentName: string | null;
  momentNameHe: string | null;
  steps: CaseStepView[];
  improvementId: string | null;
  /** Whether the reader may take any step and close it, beyond what is her own. */
  mayLead: boolean;
};

/** How things stand with cases that the reader may see. */
export type CaseSummary = {
  open: number;
  late: number;
  oldestOpenedAt: string | null;
  /** Of the cases closed in the last 90 days, how many customers were told by the due time. */
  toldInTime: Rate;
  causes: { cause: string; count: number }[];
};
