import { AppError } from "../errors";
import { isAtLeast } from "../statistics/tolerance";
import type { Advice, Gate, Terms, Weights } from "./schema";
import {
  type CompanyStage,
  closeCall,
  type GateName,
  type Inputs,
  inputNames,
  type Scenario,
  scenarios,
} from "./vocabulary";

/** How much each scenario has of each term (DOMAIN F60); A, after the close only, is the zero they are measured from. */
const tables = {
  close: { A: 0, B: 1, C: 0.7 },
  relationship: { A: 0, B: 0.8, C: 1 },
  onboarding: { A: 0, B: 0.3, C: 1 },
  csmCost: { A: 0, B: 0.5, C: 1 },
} as const;

export const defaultWeights: Weights = { close: 1, relationship: 0.5, onboarding: 1, csmCost: 1 };

/** A company that still searches its market needs the relation more. */
const stageFactors: Record<CompanyStage, number> = { searching: 1.5, unspecified: 1, established: 0.5 };

/** From which chance of closing on C may begin, and below which distance two scenarios are a close call (DOMAIN F60). */
export const gateLimits = { pCloseOfC: 0.6, margin: 0.05 };

/** What is known about customer success; null is not known, and its gate stays unchecked. */
export type Capacity = {
  hasNamedCsm: boolean | null;
  freeHours: number | null;
  hours: { B: number; C: number };
};

const unknownCapacity: Capacity = { hasNamedCsm: null, freeHours: null, hours: { B: 0, C: 0 } };

/**
 * The score of every scenario term by term (DOMAIN F60): what the term adds, what customer success costs below zero, and their
 * sum. Throws `invalid` with the field for an input outside 0..1 or a negative weight.
 */
export function scoreScenarios(
  inputs: Inputs,
  weights: Weights = defaultWeights,
  companyStage: CompanyStage = "unspecified",
): Record<Scenario, Terms> {
  requireShares(inputs);
  requireWeights(weights);
  const { complexity, inaccessibility, relationship, valuePct, pClose, csmSlack, kpiClose, kpiOnboard } = inputs;
  const full = {
    close: weights.close * kpiClose * 4 * pClose * (1 - pClose),
    relationship: weights.relationship * stageFactors[companyStage] * relationship,
    onboarding: weights.onboarding * ((complexity + inaccessibility) / 2) * kpiOnboard,
    csmCost: weights.csmCost * (1 - csmSlack) * (1 - 0.5 * valuePct),
  };
  const termsOf = (scenario: Scenario): Terms => {
    const close = tables.close[scenario] * full.close;
    const relation = tables.relationship[scenario] * full.relationship;
    const onboarding = tables.onboarding[scenario] * full.onboarding;
    const csmCost = 0 - tables.csmCost[scenario] * full.csmCost;
    return { close, relationship: relation, onboarding, csmCost, score: close + relation + onboarding + csmCost };
  };
  return { A: termsOf("A"), B: termsOf("B"), C: termsOf("C") };
}

/**
 * What keeps a scenario from being taken (DOMAIN F60): C before a chance of .6, B and C without a named customer success
 * manager or with fewer free hours than they need. What nobody said stays unchecked. A is always feasible.
 */
export function gatesOf(pClose: number, capacity: Capacity = unknownCapacity): Record<Scenario, Gate> {
  const { hasNamedCsm, freeHours, hours } = capacity;
  const gateOf = (scenario: "B" | "C"): Gate => {
    const failed: GateName[] = [];
    const unchecked: GateName[] = [];
    if (scenario === "C" && !isAtLeast(pClose, gateLimits.pCloseOfC)) failed.push("p_close");
    if (hasNamedCsm === null) unchecked.push("named_csm");
    else if (!hasNamedCsm) failed.push("named_csm");
    if (freeHours === null) unchecked.push("csm_hours");
    else if (!isAtLeast(freeHours, hours[scenario])) failed.push("csm_hours");
    return { isFeasible: failed.length === 0, failed, unchecked };
  };
  return { A: { isFeasible: true, failed: [], unchecked: [] }, B: gateOf("B"), C: gateOf("C") };
}

/** Scores, gates and the choice among the feasible; the best two less than .05 apart are a close call (DOMAIN F60). */
export function advise(
  inputs: Inputs,
  { weights, companyStage, capacity }: { weights?: Weights; companyStage?: CompanyStage; capacity?: Capacity } = {},
): Advice {
  const scores = scoreScenarios(inputs, weights, companyStage);
  const gates = gatesOf(inputs.pClose, capacity);
  const ranked = scenarios
    .filter((scenario) => gates[scenario].isFeasible)
    .sort((one, other) => scores[other].score - scores[one].score);
  const [best = "A", second] = ranked;
  const margin = second ? scores[best].score - scores[second].score : null;
  const isClose = second !== undefined && margin !== null && !isAtLeast(margin, gateLimits.margin);
  return {
    scenarios: scores,
    gates,
    choice: isClose ? closeCall : best,
    between: isClose ? [best, second] : [best],
    margin,
  };
}

function requireShares(inputs: Inputs): void {
  const wrong = inputNames.filter((name) => !(inputs[name] >= 0 && inputs[name] <= 1));
  if (wrong.length === 0) return;
  throw new AppError("invalid", "input", { fields: Object.fromEntries(wrong.map((name) => [name, "out_of_range"])) });
}

function requireWeights(weights: Weights): void {
  const wrong = Object.entries(weights).filter(([, weight]) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong.length === 0) return;
  throw new AppError("invalid", "input", {
    fields: Object.fromEntries(wrong.map(([name]) => [`weights.${name}`, "out_of_range"])),
  });
}
