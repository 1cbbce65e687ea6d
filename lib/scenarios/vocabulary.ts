/** When customer success joins a sale: A after the close, B in the final stage as support for closing, C near the end for onboarding. */
export const scenarios = ["A", "B", "C"] as const;
export type Scenario = (typeof scenarios)[number];

/** Hours of customer success that B and C take before the deal is won, unless a policy says otherwise (DOMAIN F60b). */
export const usualHours = { B: 4, C: 11 };

/** How far the company itself is in finding its market. */
export const companyStages = ["searching", "unspecified", "established"] as const;
export type CompanyStage = (typeof companyStages)[number];

/** What the advisor asks, every one a share 0..1, in the order a person thinks of them. */
export const inputNames = [
  "complexity",
  "inaccessibility",
  "relationship",
  "valuePct",
  "pClose",
  "csmSlack",
  "kpiClose",
  "kpiOnboard",
] as const;
export type InputName = (typeof inputNames)[number];
export type Inputs = Record<InputName, number>;

/** What a rule may ask of a deal. A share is asked to reach a limit or to stay below it. */
export const shareFields = ["complexity", "inaccessibility", "relationship", "value"] as const;
export type ShareField = (typeof shareFields)[number];

export const gateNames = ["p_close", "named_csm", "csm_hours"] as const;
export type GateName = (typeof gateNames)[number];

/** What the choice says when the best two are too near. */
export const closeCall = "close call: either";
