import { z } from "zod";
import { discardPolicy, draftPolicy, publishPolicy, savePolicy } from "../scenarios/commands";
import { getAdviceInputs, getPolicy, giveAdvice } from "../scenarios/queries";
import { AdviceInputsInput, AdviseInput, PublishPolicy, Rule, SavePolicy, Weights } from "../scenarios/schema";
import { closeCall, companyStages, gateNames, scenarios } from "../scenarios/vocabulary";
import { ById, endpoint } from "../server/api-endpoint";
import { Share } from "./rate";

const ScenarioName = z.enum(scenarios);
const eachScenario = <Each extends z.ZodType>(each: Each) => z.object({ A: each, B: each, C: each });
const Source = z.enum(["data", "default", "person"]);

const Terms = z
  .object({
    close: z.number(),
    relationship: z.number(),
    onboarding: z.number(),
    csmCost: z.number().meta({ description: "0 or below: the time of customer success" }),
    score: z.number().meta({ description: "The sum of the four" }),
  })
  .meta({ id: "ScenarioTerms" });

const GateAnswer = z
  .object({
    isFeasible: z.boolean(),
    failed: z.array(z.enum(gateNames)),
    unchecked: z.array(z.enum(gateNames)).meta({ description: "Gates that nobody said enough for" }),
  })
  .meta({ id: "ScenarioGate" });

const Advice = z
  .object({
    scenarios: eachScenario(Terms),
    gates: eachScenario(GateAnswer),
    choice: z.enum([...scenarios, closeCall]).meta({
      description: "The feasible scenario that scores highest; a close call when the next is less than .05 behind",
    }),
    between: z.array(ScenarioName),
    margin: z.number().nullable(),
    money: eachScenario(z.number()).nullable().meta({
      description: "What each is worth against A in minor units (DOMAIN F60b); null when `money` was not sent",
    }),
    weights: Weights,
    policyNumber: z.number().nullable().meta({ description: "Null: no policy was published, so the usual weights" }),
    sources: z.object({
      complexity: Source,
      inaccessibility: Source,
      relationship: Source,
      valuePct: Source,
      pClose: Source,
      csmSlack: Source,
      kpiClose: Source,
      kpiOnboard: Source,
      companyStage: Source,
      weights: Source,
      freeHours: Source.meta({ description: "`default`: not known, so the gate of hours is unchecked" }),
    }),
  })
  .meta({ id: "ScenarioAdvice" });

const Placed = z.object({
  rule: z.number().nullable().meta({ description: "Counted from 1; null when what a rule asks is not stored" }),
  scenario: ScenarioName.nullable(),
  missing: z.array(z.string()).nullable(),
});

const Inputs = z
  .object({
    journey: z
      .object({
        id: z.uuid(),
        customerId: z.uuid(),
        customerName: z.string(),
        stageName: z.string().nullable(),
        deal: z.object({
          complexity: z.number().nullable(),
          inaccessibility: z.number().nullable(),
          relationship: z.number().nullable(),
          value: z.number().nullable(),
          newCustomer: z.boolean().nullable(),
          template: z.string().nullable(),
        }),
      })
      .nullable(),
    closeRate: Share,
    known: z.object({
      complexity: z.number().optional(),
      inaccessibility: z.number().optional(),
      relationship: z.number().optional(),
      valuePct: z.number().optional(),
      pClose: z.number().optional(),
      csmSlack: z.number().optional().meta({ description: "What logged hours of customer success leave free" }),
    }),
    placed: Placed.nullable(),
    policyNumber: z.number().nullable(),
    freeHours: z.number().nullable(),
  })
  .meta({ id: "ScenarioInputs" });

const Policy = z
  .object({
    id: z.uuid(),
    number: z.number(),
    status: z.enum(["draft", "published"]),
    publishedAt: z.string().nullable(),
    publishedByName: z.string().nullable(),
    version: z.number(),
    weights: Weights,
    companyStage: z.enum(companyStages),
    rules: z.array(Rule),
    hoursB: z.number(),
    hoursC: z.number(),
    freeHours: z.number().nullable(),
    issues: z.array(z.object({ path: z.string(), reason: z.string() })),
  })
  .meta({ id: "ScenarioPolicy" });

const PolicyState = z
  .object({
    inForce: Policy.nullable(),
    draft: Policy.nullable(),
    versions: z.array(
      z.object({
        id: z.uuid(),
        number: z.number(),
        status: z.string(),
        publishedAt: z.string().nullable(),
        rules: z.number(),
      }),
    ),
    simulation: z
      .object({
        days: z.number(),
        deals: z.number(),
        byRule: z.array(z.number()),
        byScenario: eachScenario(z.number()),
        undecided: z.number(),
        missing: z.array(z.object({ field: z.string(), deals: z.number() })),
        isPartial: z.boolean(),
        hoursNeeded: z.number(),
        freeHours: z.number().nullable(),
      })
      .nullable()
      .meta({ description: "The draft, else the policy in force, over the deals that ended in these days" }),
    use: z
      .array(z.object({ scenario: ScenarioName, handoffs: z.number(), overridden: z.number() }))
      .meta({ description: "Handoffs drafted in 90 days by scenario, and how many were chosen against the policy" }),
    templates: z.array(z.object({ key: z.string(), name: z.string() })),
  })
  .meta({ id: "ScenarioPolicyState" });

const tag = "Scenarios";
const editors = "Admin, Owner.";
const Versioned = z.object({ id: z.uuid(), version: z.number() });

/** When customer success joins a sale: the advisor and the policy. */
export const scenarioEndpoints = [
  endpoint({
    method: "POST",
    path: "/handoffs/advice",
    tag,
    summary:
      "Advise when customer success joins a deal: every scenario term by term, gates, and the choice (DOMAIN F60).",
    permission: "Everybody.",
    body: AdviseInput,
    response: Advice,
    handle: giveAdvice,
  }),
  endpoint({
    method: "GET",
    path: "/scenario-inputs",
    tag,
    summary: "What is stored of what the advisor asks, of a journey or of all deals that ended lately.",
    permission: "Everybody, of the journeys they see.",
    query: AdviceInputsInput,
    response: Inputs,
    handle: getAdviceInputs,
  }),
  endpoint({
    method: "GET",
    path: "/scenario-policy",
    tag,
    summary: "The policy in force, the draft of the next, every version, and the simulation on 90 days.",
    permission: "Everybody.",
    response: PolicyState,
    handle: getPolicy,
  }),
  endpoint({
    method: "POST",
    path: "/scenario-policy/draft",
    tag,
    summary: "Begin the next policy as a copy of the one in force.",
    permission: editors,
    response: Versioned,
    status: 201,
    handle: draftPolicy,
  }),
  endpoint({
    method: "PATCH",
    path: "/scenario-policy/{id}",
    tag,
    summary: "Replace weights, rules and hours of a draft.",
    permission: editors,
    params: ById,
    body: SavePolicy.omit({ id: true }),
    response: Versioned,
    handle: savePolicy,
  }),
  endpoint({
    method: "POST",
    path: "/scenario-policy/{id}/publish",
    tag,
    summary: "Publish a draft; refused while its last rule does not take every deal.",
    permission: editors,
    params: ById,
    body: PublishPolicy.omit({ id: true }),
    response: z.object({ id: z.uuid(), number: z.number() }),
    handle: publishPolicy,
  }),
  endpoint({
    method: "DELETE",
    path: "/scenario-policy/{id}",
    tag,
    summary: "Throw a draft away.",
    permission: editors,
    params: ById,
    handle: discardPolicy,
  }),
];
