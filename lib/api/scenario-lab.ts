import { z } from "zod";
import { assignScenario, listAssignments } from "../scenario-lab/assign";
import {
  createExperiment,
  discardExperiment,
  listExperiments,
  startExperiment,
  stopExperiment,
} from "../scenario-lab/experiments";
import { covariates } from "../scenario-lab/report-schema";
import { getLab, LabInput } from "../scenario-lab/runs";
import {
  AssignmentsInput,
  AssignScenario,
  assignmentSources,
  CreateExperiment,
  experimentStates,
  StartExperiment,
  StopExperiment,
} from "../scenario-lab/schema";
import { scenarios } from "../scenarios/vocabulary";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { Share } from "./rate";

const ScenarioName = z.enum(scenarios);

const Assignment = z
  .object({
    id: z.uuid(),
    journeyId: z.uuid(),
    customerId: z.uuid(),
    customerName: z.string(),
    scenario: ScenarioName,
    pClose: z.number().nullable().meta({ description: "The chance of winning as it was known then" }),
    segment: z.string(),
    source: z.enum(assignmentSources),
    policyNumber: z.number().nullable(),
    reason: z.string(),
    experimentName: z.string().nullable(),
    decidedAt: z.string(),
    decidedByName: z.string().nullable(),
  })
  .meta({ id: "ScenarioAssignment" });

const Arm = z.object({
  scenario: ScenarioName,
  won: z.number(),
  finished: z.number(),
  pending: z.number().meta({ description: "Neither won nor lost yet; no failures" }),
  mean: z.number().meta({ description: "Mean of Beta(1 + won, 1 + not won)" }),
});

const Experiment = z
  .object({
    id: z.uuid(),
    version: z.number(),
    key: z.string(),
    name: z.string(),
    method: z.enum(["hash", "blocks"]),
    share: z.number(),
    seed: z.number(),
    blockSize: z.number(),
    minPClose: z.number().nullable(),
    expectedFirst: z.number(),
    expectedSecond: z.number(),
    perArm: z.number().meta({ description: "Deals that each arm needs to tell the expected rates apart (DOMAIN F65)" }),
    stopChance: z.number(),
    stopPerArm: z.number(),
    status: z.enum(experimentStates),
    startedAt: z.string().nullable(),
    stoppedAt: z.string().nullable(),
    stopNote: z.string(),
    winner: ScenarioName.nullable(),
    first: Arm,
    second: Arm,
    chance: z.number().meta({ description: "That the second wins more often than the first (DOMAIN F65b)" }),
    stopsWith: ScenarioName.nullable().meta({ description: "Null while the stop rule lets it go on" }),
  })
  .meta({ id: "ScenarioExperiment" });

const Wait = z.object({
  n: z.number(),
  come: z.number(),
  median: z.number().nullable(),
  p80: z.number().nullable(),
  curve: z.array(z.object({ days: z.number(), waiting: z.number() })),
});
const Mean = z.object({
  n: z.number(),
  mean: z.number().nullable(),
  lo: z.number().nullable(),
  hi: z.number().nullable(),
});
const Count = z.object({ k: z.number(), n: z.number() });
const Difference = z.object({ difference: z.number(), lo: z.number(), hi: z.number() });
const WithError = z.object({ ...Difference.shape, standardError: z.number() });

const Pair = z
  .object({
    treated: ScenarioName,
    control: ScenarioName,
    n: z.object({ treated: z.number(), control: z.number() }),
    crude: Difference.nullable(),
    fair: WithError.nullable().meta({
      description: "Mantel-Haenszel over segment and band of the chance (DOMAIN F64)",
    }),
    isTurned: z.boolean().meta({ description: "The plain and the fair difference point to opposite sides" }),
    isClear: z.boolean(),
    needs: z.number().nullable(),
    strata: z.array(
      z.object({
        segment: z.string(),
        band: z.number().nullable(),
        treated: Count,
        control: Count,
        difference: z.number().nullable(),
      }),
    ),
    weighted: z
      .object({
        effect: z.number(),
        treated: z.number(),
        control: z.number(),
        naive: z.number(),
        effectiveTreated: z.number(),
        effectiveControl: z.number(),
        trimmed: z.number(),
      })
      .nullable(),
    balance: z.array(
      z.object({
        name: z.enum(covariates),
        n: z.number(),
        before: z.number().nullable(),
        after: z.number().nullable(),
        isOff: z.boolean(),
      }),
    ),
    kickoffDays: WithError.nullable(),
    firstValueDays: WithError.nullable(),
  })
  .meta({ id: "HandoffLabPair" });

const Report = z
  .object({
    weeks: z.number(),
    since: z.string().nullable(),
    asOf: z.string(),
    deals: z.number(),
    unassigned: z.number(),
    drawn: z.number(),
    outcomes: z.array(
      z.object({
        scenario: ScenarioName,
        assigned: z.number(),
        pending: z.number(),
        handedOver: z.number().nullable().meta({ description: "Those whose handoff was accepted" }),
        crossed: z
          .number()
          .nullable()
          .meta({ description: "Of them those that followed another scenario; they count where they were given" }),
        close: Share,
        kickoff: Wait,
        firstValue: Wait,
        health: Mean,
        effort: Mean,
        hours: Mean.meta({ description: "Hours of customer success before the sale, of deals that ended" }),
      }),
    ),
    pairs: z.array(Pair),
  })
  .meta({ id: "HandoffLab" });

const tag = "Scenarios";
const readers = "Manager, Auditor, of their scope.";
const Versioned = z.object({ id: z.uuid(), version: z.number() });

/** Scenarios as they were given to deals, what each did, and experiments that give them by lot. */
export const scenarioLabEndpoints = [
  endpoint({
    method: "GET",
    path: "/scenario-assignments",
    tag,
    summary: "Scenarios that were given to deals at their decision stage, newest first.",
    permission: "Everybody who sees the customer.",
    query: AssignmentsInput,
    response: pageOf(Assignment),
    handle: listAssignments,
  }),
  endpoint({
    method: "POST",
    path: "/scenario-assignments",
    tag,
    summary: "Give a deal at its decision stage a scenario, once: the policy's, another with a reason, or by lot.",
    permission: "Those who hand over; Manager.",
    body: AssignScenario,
    response: z.object({ id: z.uuid(), scenario: ScenarioName, source: z.enum(assignmentSources) }),
    status: 201,
    handle: assignScenario,
  }),
  endpoint({
    method: "GET",
    path: "/reports/handoff-lab",
    tag,
    summary: "What each scenario did and how they compare, as the newest run of `handoff-lab` found it.",
    permission: readers,
    query: LabInput,
    response: z.object({
      run: z
        .object({
          id: z.uuid(),
          asOf: z.string(),
          knownAt: z.string(),
          seed: z.number(),
          configVersion: z.number(),
          resultSha256: z.string(),
        })
        .nullable(),
      report: Report.nullable(),
      isMoving: z.boolean(),
    }),
    handle: getLab,
  }),
  endpoint({
    method: "GET",
    path: "/scenario-experiments",
    tag,
    summary: "Experiments as they stand; looking early shows chances only.",
    permission: readers,
    response: z.object({ experiments: z.array(Experiment), recentDeals: z.number(), mayRun: z.boolean() }),
    handle: listExperiments,
  }),
  endpoint({
    method: "POST",
    path: "/scenario-experiments",
    tag,
    summary: "Write an experiment; answers how many deals each arm needs.",
    permission: "Manager.",
    body: CreateExperiment,
    response: z.object({ ...Versioned.shape, perArm: z.number() }),
    status: 201,
    handle: createExperiment,
  }),
  endpoint({
    method: "POST",
    path: "/scenario-experiments/{id}/start",
    tag,
    summary: "Start it; from now on nothing of it changes.",
    permission: "Manager.",
    params: ById,
    body: StartExperiment.omit({ id: true }),
    response: z.object({ version: z.number() }),
    handle: startExperiment,
  }),
  endpoint({
    method: "POST",
    path: "/scenario-experiments/{id}/stop",
    tag,
    summary: "Stop it: with the winner that the rule names, or without one and a reason.",
    permission: "Manager.",
    params: ById,
    body: StopExperiment.omit({ id: true }),
    response: z.object({ version: z.number(), winner: ScenarioName.nullable() }),
    handle: stopExperiment,
  }),
  endpoint({
    method: "DELETE",
    path: "/scenario-experiments/{id}",
    tag,
    summary: "Throw a draft away.",
    permission: "Manager.",
    params: ById,
    handle: discardExperiment,
  }),
];
