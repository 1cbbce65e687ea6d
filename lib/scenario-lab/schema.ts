import { z } from "zod";
import { scenarios } from "../scenarios/vocabulary";

export const assignmentSources = ["experiment", "policy", "person"] as const;
export type AssignmentSource = (typeof assignmentSources)[number];

export const experimentStates = ["draft", "running", "stopped"] as const;
export type ExperimentState = (typeof experimentStates)[number];

const words = (length: number) => z.string().trim().max(length);
const rate = z.number().gt(0).lt(1);

export const AssignScenario = z.strictObject({
  journeyId: z.uuid(),
  /** Left out: what the policy says, or the lot of the running experiment. */
  scenario: z.enum(scenarios).optional(),
  /** Why another than the policy's, and needed there. */
  reason: words(1_000).default(""),
});
export type AssignScenario = z.output<typeof AssignScenario>;

export const AssignmentsInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type AssignmentsInput = z.output<typeof AssignmentsInput>;

export const CreateExperiment = z
  .strictObject({
    id: z.uuid().optional(),
    key: z.string().regex(/^[a-z0-9_]{1,40}$/),
    name: words(200).min(1),
    /** What is compared against, and what is tried. */
    first: z.enum(scenarios),
    second: z.enum(scenarios),
    method: z.enum(["hash", "blocks"]),
    /** Of the second scenario; blocks hold both equally. */
    share: rate.default(0.5),
    seed: z.number().int().min(0).max(2_147_483_647).default(7),
    blockSize: z.number().int().min(2).max(20).default(4),
    minPClose: z.number().min(0).max(1).nullable().default(null),
    /** The rates of winning that are to be told apart. */
    expectedFirst: rate,
    expectedSecond: rate,
    stopChance: z.number().min(0.95).max(0.999).default(0.95),
    stopPerArm: z.number().int().min(50).max(100_000).default(50),
  })
  .superRefine((input, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: "custom", path: [path], message });
    if (input.first === input.second) issue("second", "same_scenario");
    if (Math.abs(input.expectedFirst - input.expectedSecond) < 0.001) issue("expectedSecond", "same_rate");
    if (input.method === "blocks" && input.share !== 0.5) issue("share", "half_in_blocks");
    if (input.method === "blocks" && input.blockSize % 2 !== 0) issue("blockSize", "even_blocks");
  });
export type CreateExperiment = z.output<typeof CreateExperiment>;

const key = { id: z.uuid(), version: z.number().int() };

export const StartExperiment = z.strictObject(key);
export type StartExperiment = z.output<typeof StartExperiment>;

export const StopExperiment = z.strictObject({ ...key, note: words(1_000).default("") });
export type StopExperiment = z.output<typeof StopExperiment>;

export const ExperimentKey = z.strictObject({ id: z.uuid() });
export type ExperimentKey = z.output<typeof ExperimentKey>;

export type AssignmentView = {
  id: string;
  journeyId: string;
  customerId: string;
  customerName: string;
  scenario: (typeof scenarios)[number];
  pClose: number | null;
  segment: string;
  source: AssignmentSource;
  policyNumber: number | null;
  reason: string;
  experimentName: string | null;
  decidedAt: string;
  decidedByName: string | null;
};

/** A deal that stands at its decision stage and was given no scenario. */
export type WaitingDeal = { journeyId: string; customerId: string; customerName: string; since: string };

/** What is to be known before a scenario is given to a deal. */
export type DealStanding = {
  assignment: AssignmentView | null;
  /** Whether the reader may give it one now; else why not, a key of the messages. */
  mayAssign: boolean;
  why: string | null;
  /** The name of the experiment that will draw, when one takes this deal. */
  experiment: string | null;
};

/** One arm as it stands: finished outcomes, those won, and what is still pending, which is no failure. */
export type ArmView = {
  scenario: (typeof scenarios)[number];
  won: number;
  finished: number;
  pending: number;
  /** The mean of Beta(1 + won, 1 + not won). */
  mean: number;
};

export type ExperimentView = {
  id: string;
  version: number;
  key: string;
  name: string;
  method: "hash" | "blocks";
  share: number;
  seed: number;
  blockSize: number;
  minPClose: number | null;
  expectedFirst: number;
  expectedSecond: number;
  perArm: number;
  stopChance: number;
  stopPerArm: number;
  status: ExperimentState;
  startedAt: string | null;
  stoppedAt: string | null;
  stopNote: string;
  winner: (typeof scenarios)[number] | null;
  first: ArmView;
  second: ArmView;
  /** The chance that the second wins more often than the first. */
  chance: number;
  /** The scenario that the stop rule would end it with now; null while it must go on. */
  stopsWith: (typeof scenarios)[number] | null;
};

export type ExperimentBoard = {
  experiments: ExperimentView[];
  /** Deals that ended in the last 90 days: what an experiment can hope for. */
  recentDeals: number;
  mayRun: boolean;
};
