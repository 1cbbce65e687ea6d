import { z } from "zod";
import { judgeInteraction, observeMoments } from "../evaluations/commands";
import { listEvaluations, listObservations, listScorecards } from "../evaluations/queries";
import { criterionResults, JudgeInteraction, ObserveMoments } from "../evaluations/schema";
import { observationStates } from "../moments/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const scorer = z.enum(["agent", "qa", "customer", "rule"]);

const Evaluation = z
  .object({
    id: z.uuid(),
    number: z.number().meta({ description: "The highest stands" }),
    versionId: z.uuid(),
    scorerKind: scorer,
    scorerName: z.string().nullable(),
    comment: z.string(),
    raw: z
      .number()
      .nullable()
      .meta({ description: "Passed weight over applicable weight of what was judged (DOMAIN F32)" }),
    meets: z.boolean().nullable().meta({ description: "Null until every criterion was judged" }),
    isCriticalSafe: z.boolean(),
    judged: z.number(),
    total: z.number(),
    evaluatedAt: z.string(),
    items: z.array(
      z.object({
        criterionId: z.uuid(),
        name: z.string(),
        nameHe: z.string(),
        weight: z.number(),
        critical: z.string().nullable(),
        result: z.enum(criterionResults),
        judgedBy: scorer,
      }),
    ),
  })
  .meta({ id: "Evaluation" });

const Observation = z
  .object({
    id: z.uuid(),
    momentId: z.uuid(),
    momentName: z.string(),
    momentNameHe: z.string(),
    state: z.enum(observationStates),
    evidence: z.string(),
    observerKind: scorer,
    observerName: z.string().nullable(),
    observedAt: z.string(),
  })
  .meta({ id: "MomentObservation" });

const ScorecardRow = z
  .object({
    interactionId: z.uuid(),
    medium: z.string(),
    type: z.string(),
    startedAt: z.string(),
    agentName: z.string(),
    judged: z.number(),
    total: z.number(),
    raw: z.number().nullable(),
  })
  .meta({ id: "ScorecardRow" });

const tag = "Standards";
const readers = "Manager, QA: all they see; an OSC: her own and those on her journeys; others: their own.";

/** How single contacts kept their standard, and what was seen of their moments. */
export const evaluationEndpoints = [
  endpoint({
    method: "GET",
    path: "/interactions/{id}/evaluations",
    tag,
    summary: "Every evaluation of a contact, the standing one first.",
    permission: readers,
    params: ById,
    response: pageOf(Evaluation),
    handle: async (ctx, { id }) => ({ data: await listEvaluations(ctx, id), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/interactions/{id}/evaluations",
    tag,
    summary: "Judge a contact by the standard of its time; what stood before stays in its past.",
    permission: "Manager, QA; nobody her own.",
    params: ById,
    body: JudgeInteraction.omit({ id: true }),
    response: z.object({
      id: z.uuid(),
      number: z.number(),
      raw: z.number().nullable(),
      meets: z.boolean().nullable(),
    }),
    status: 201,
    handle: judgeInteraction,
  }),
  endpoint({
    method: "GET",
    path: "/interactions/{id}/observations",
    tag,
    summary: "What was seen of the moments of a contact, newest first.",
    permission: readers,
    params: ById,
    response: pageOf(Observation),
    handle: async (ctx, { id }) => ({ data: await listObservations(ctx, id), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/interactions/{id}/observations",
    tag,
    summary: "Add what was seen of the moments of a contact.",
    permission: "Everybody who may edit contacts, and QA.",
    params: ById,
    body: ObserveMoments.omit({ id: true }),
    response: z.object({ observed: z.number() }),
    status: 201,
    handle: observeMoments,
  }),
  endpoint({
    method: "GET",
    path: "/scorecards",
    tag,
    summary: "Contacts that wait for a judge: of every colleague at most five of the last fourteen days.",
    permission: "Manager, QA.",
    response: pageOf(ScorecardRow),
    handle: async (ctx) => ({ data: await listScorecards(ctx), nextCursor: null }),
  }),
];
