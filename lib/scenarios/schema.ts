import { z } from "zod";
import type { Rate } from "../statistics/rate";
import {
  type CompanyStage,
  type closeCall,
  companyStages,
  type GateName,
  type InputName,
  type Inputs,
  type Scenario,
  scenarios,
  shareFields,
} from "./vocabulary";

const share = z.number().min(0).max(1);

const hours = z.number().min(0).max(10_000);

const gain = z.number().min(-1).max(1);
const minor = z.number().int();

const EffectInput = z.strictObject({
  /** What the scenario is believed to add to the chance of closing. */
  pCloseGain: gain,
  daysSaved: z.number().min(-3650).max(3650),
  hours,
  /** What was observed of that gain in `n` deals; it outweighs the belief as they grow, which counts as `k` deals. */
  evidence: z
    .strictObject({ observed: gain, n: z.number().int().min(0), k: z.number().positive().max(1_000_000).optional() })
    .optional(),
});

/** What a deal's margin, a day of use and an hour of customer success are worth, in minor units of one currency. */
export const MoneyInput = z.strictObject({
  marginMinor: minor,
  valuePerDayMinor: minor,
  hourMinor: minor,
  B: EffectInput,
  C: EffectInput,
});
export type MoneyInput = z.output<typeof MoneyInput>;

export const AdviseInput = z.strictObject({
  /** How hard onboarding will be. */
  complexity: share,
  /** How hard the product is to get at without help. */
  inaccessibility: share,
  /** How much a personal relation is wanted. */
  relationship: share,
  /** Where the deal's value stands among deals. */
  valuePct: share,
  /** The chance that the deal is won. */
  pClose: share,
  /** The free share of the customer success managers' time; left out, what their logged hours leave free, else the middle. */
  csmSlack: share.optional(),
  /** How much the goals stress closing, and quick onboarding. */
  kpiClose: share,
  kpiOnboard: share,
  companyStage: z.enum(companyStages).optional(),
  /** Whether a customer success manager is named for the deal; left out, the gate stays unchecked. */
  hasNamedCsm: z.boolean().optional(),
  /** Who of customer success is named; what is free is hers then. */
  csmId: z.uuid().optional(),
  /** Free hours of customer success in the window, left out those that logged hours leave; needed are those of the policy in force. */
  freeHours: hours.optional(),
  /** Asks for the money view as well. */
  money: MoneyInput.optional(),
});
export type AdviseInput = z.output<typeof AdviseInput>;

const weight = z.number().min(0).max(10);

export const Weights = z.strictObject({ close: weight, relationship: weight, onboarding: weight, csmCost: weight });
export type Weights = z.output<typeof Weights>;

export const Condition = z.discriminatedUnion("field", [
  z.strictObject({ field: z.enum(shareFields), is: z.enum(["at_least", "below"]), value: share }),
  z.strictObject({ field: z.literal("new_customer"), is: z.literal("equal"), value: z.boolean() }),
  z.strictObject({
    field: z.literal("template"),
    is: z.literal("equal"),
    value: z.string().regex(/^[a-z0-9_]{1,60}$/),
  }),
]);
export type Condition = z.output<typeof Condition>;

export const Rule = z.strictObject({
  /** Every one of them must hold; none is the catch-all. */
  conditions: z.array(Condition).max(8),
  scenario: z.enum(scenarios),
  /** What a person may choose instead, with a reason; every scenario when left out. */
  overrides: z.array(z.enum(scenarios)).max(scenarios.length).optional(),
});
export type Rule = z.output<typeof Rule>;

export const SavePolicy = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  weights: Weights,
  companyStage: z.enum(companyStages),
  rules: z.array(Rule).max(50),
  /** Hours of customer success that a deal takes before it is won, and how many are free in 90 days; null is not known. */
  hoursB: hours,
  hoursC: hours,
  freeHours: hours.nullable(),
});
export type SavePolicy = z.output<typeof SavePolicy>;

export const PublishPolicy = z.strictObject({ id: z.uuid(), version: z.number().int().min(1) });
export type PublishPolicy = z.output<typeof PublishPolicy>;

export const PolicyKey = z.strictObject({ id: z.uuid() });
export type PolicyKey = z.output<typeof PolicyKey>;

export type Terms = { close: number; relationship: number; onboarding: number; csmCost: number; score: number };

export type Gate = { isFeasible: boolean; failed: GateName[]; unchecked: GateName[] };

/** Where an input came from: stored data, what is taken when nobody says, or a person. */
export type Source = "data" | "default" | "person";

export type Advice = {
  scenarios: Record<Scenario, Terms>;
  gates: Record<Scenario, Gate>;
  /** The feasible scenario that scores highest; "close call: either" when the next one is less than .05 behind. */
  choice: Scenario | typeof closeCall;
  /** The scenarios that choice is between: one, or the two of a close call. */
  between: Scenario[];
  /** How far the second feasible one is behind; null when only one is feasible. */
  margin: number | null;
};

export type AdviceAnswer = Advice & {
  /** What each scenario is worth against A in minor units; null when not asked for. */
  money: Record<Scenario, number> | null;
  weights: Weights;
  policyNumber: number | null;
  /** Of the free hours, "default" says that nobody knows them, and the gate stays unchecked. */
  sources: Record<InputName | "companyStage" | "weights" | "freeHours", Source>;
};

/** A deal as a rule sees it; null is not known. */
export type Deal = {
  complexity: number | null;
  inaccessibility: number | null;
  relationship: number | null;
  value: number | null;
  newCustomer: boolean | null;
  template: string | null;
};

/** Which rule a deal falls to; undecided when a rule asks what is not known of the deal. */
export type Placed =
  | { rule: number; scenario: Scenario; missing: null }
  | { rule: null; scenario: null; missing: string[] };

export const AdviceInputsInput = z.strictObject({ journeyId: z.uuid().optional() });
export type AdviceInputsInput = z.output<typeof AdviceInputsInput>;

/** What is stored of what the advisor asks. */
export type AdviceInputs = {
  /** `stageName` is the stage whose closing rate is taken; null when nobody who ended lately passed it. */
  journey: { id: string; customerId: string; customerName: string; stageName: string | null; deal: Deal } | null;
  closeRate: Rate;
  known: Partial<Inputs>;
};

export type AdviceInputsAnswer = AdviceInputs & {
  /** Where the policy in force places the journey's deal. */
  placed: Placed | null;
  policyNumber: number | null;
  /** What logged hours leave free in the four weeks that end today; null when nobody's capacity is known. */
  freeHours: number | null;
};

export type Simulation = {
  days: number;
  deals: number;
  /** How many of those deals fall to each rule, in the order of the rules. */
  byRule: number[];
  byScenario: Record<Scenario, number>;
  undecided: number;
  /** For how many undecided deals each of these is not stored. */
  missing: { field: string; deals: number }[];
  /** Whether there were more deals than are read. */
  isPartial: boolean;
  hoursNeeded: number;
  freeHours: number | null;
};

/** What keeps a policy from being published: where it stands, and a key of the messages. */
export type PolicyIssue = { path: string; reason: string };

export type PolicyView = {
  id: string;
  number: number;
  status: "draft" | "published";
  publishedAt: string | null;
  publishedByName: string | null;
  version: number;
  weights: Weights;
  companyStage: CompanyStage;
  rules: Rule[];
  hoursB: number;
  hoursC: number;
  freeHours: number | null;
  issues: PolicyIssue[];
};

export type PolicyState = {
  inForce: PolicyView | null;
  draft: PolicyView | null;
  versions: { id: string; number: number; status: string; publishedAt: string | null; rules: number }[];
  /** The draft, else the policy in force, over the deals that ended lately; null without either. */
  simulation: Simulation | null;
  /** Handoffs to customer success that were drafted in the same 90 days, by scenario, and how many were chosen against the policy. */
  use: { scenario: Scenario; handoffs: number; overridden: number }[];
  templates: { key: string; name: string }[];
};
