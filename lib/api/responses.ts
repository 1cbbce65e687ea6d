import { z } from "zod";
import { listAnswers } from "../responses/answers";
import { giveResponse, setSurvey } from "../responses/commands";
import { getSurvey, listDisagreements, listResponses } from "../responses/queries";
import { listRelationshipAnswers } from "../responses/relationship-queries";
import { withdrawRelationship } from "../responses/relationship-survey";
import {
  AnswersInput,
  DisagreementInput,
  GiveResponse,
  RelationshipAnswersInput,
  responseSources,
  SetSurvey,
  secondQuestions,
  WithdrawResponse,
} from "../responses/schema";
import { getToolAccess, renewToolSecret } from "../responses/tool";
import { withdrawResponse } from "../responses/withdraw";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const ExperienceClass = z.enum(["positive", "neutral", "negative"]);
const score = z.number().nullable();

const Receipt = z
  .object({
    id: z.uuid(),
    interactionId: z.uuid(),
    source: z.enum(responseSources),
    class: ExperienceClass.nullable().meta({ description: "Of this answer alone (DOMAIN F31)" }),
    isLate: z.boolean().meta({ description: "After fourteen days: kept for themes alone" }),
    countsForClass: z.boolean().meta({ description: "Whether it classed its interaction: the first timely word does" }),
    isNew: z.boolean().meta({ description: "False when this externalId had been sent before" }),
  })
  .meta({ id: "ResponseReceipt" });

const Response = z
  .object({
    ...Receipt.omit({ isNew: true }).shape,
    authorName: z.string().nullable(),
    expectation: score,
    outcome: score,
    disconfirmation: score,
    csat: score,
    ces: score,
    nps: score,
    comment: z.string(),
    language: z.string().nullable(),
    answeredAt: z.string(),
    recordedAt: z.string(),
  })
  .meta({ id: "Response" });

const Disagreement = z
  .object({
    interactionId: z.uuid(),
    customerId: z.uuid(),
    customerName: z.string(),
    medium: z.string(),
    type: z.string(),
    at: z.string(),
    staffName: z.string(),
    staffClass: ExperienceClass,
    staffComment: z.string(),
    customerClass: ExperienceClass,
    customerComment: z.string(),
  })
  .meta({ id: "Disagreement" });

const Answer = z
  .object({
    ...Receipt.omit({ isNew: true }).shape,
    customerId: z.uuid(),
    customerName: z.string(),
    medium: z.string(),
    route: z.string().nullable(),
    type: z.string(),
    agentName: z.string().nullable(),
    expectation: score,
    outcome: score,
    disconfirmation: score,
    csat: score,
    ces: score,
    comment: z.string(),
    at: z.string(),
  })
  .meta({ id: "Answer" });

const Survey = z
  .object({
    isOn: z.boolean(),
    probability: z.number(),
    target: z.number(),
    seconds: z.record(z.string(), z.enum(secondQuestions)).meta({
      description:
        "What is asked beside the comparison, by type of contact: outcome, csat or ease. Other types ask how easy it was after an order call, a complaint, a repair or a bill, else how it was.",
    }),
    asksRelationship: z
      .boolean()
      .meta({ description: "Whether who bought is asked twice a year about the relationship" }),
    version: z.number(),
  })
  .meta({ id: "Survey" });

const RelationshipAnswer = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    customerName: z.string(),
    personName: z.string(),
    nps: z.number(),
    comment: z.string(),
    language: z.string(),
    isLate: z.boolean().meta({ description: "After fourteen days: part of no figure" }),
    at: z.string(),
  })
  .meta({ id: "RelationshipAnswer" });

const ToolAccess = z.object({ address: z.string(), secret: z.string() }).meta({ id: "SurveyToolAccess" });

export const responseEndpoints = [
  endpoint({
    method: "POST",
    path: "/interactions/{id}/responses",
    tag: "Responses",
    summary: "What the customer said of one interaction, or how a member saw it (source staff). It is never changed.",
    permission: "Manager and Admin; source staff: everybody who may edit contacts.",
    params: ById,
    body: GiveResponse,
    response: Receipt,
    status: 201,
    handle: (ctx, { id, ...input }) => giveResponse(ctx, { ...input, interactionId: id }),
  }),
  endpoint({
    method: "GET",
    path: "/interactions/{id}/responses",
    tag: "Responses",
    summary: "Everything said of one interaction.",
    permission:
      "Whoever may see the scores of the interaction: managers and QA all, an OSC her journeys', others their own.",
    params: ById,
    response: z.array(Response),
    handle: (ctx, { id }) => listResponses(ctx, { interactionId: id }),
  }),
  endpoint({
    method: "POST",
    path: "/responses/{id}/withdraw",
    tag: "Responses",
    summary:
      "Take a customer's answer out of every figure because she wants it so. That there was one stays in the audit.",
    permission: "Manager and Admin.",
    params: ById,
    body: WithdrawResponse.omit({ id: true }),
    handle: withdrawResponse,
  }),
  endpoint({
    method: "GET",
    path: "/responses",
    tag: "Responses",
    summary: "Every answer of customers, the latest first: those that class a contact, and late and second ones.",
    permission: "Manager and Auditor.",
    query: AnswersInput,
    response: pageOf(Answer),
    handle: listAnswers,
  }),
  endpoint({
    method: "GET",
    path: "/responses/disagreements",
    tag: "Responses",
    summary: "Interactions that a member saw otherwise than their customer.",
    permission: "Manager and Auditor.",
    query: DisagreementInput,
    response: pageOf(Disagreement),
    handle: listDisagreements,
  }),
  endpoint({
    method: "GET",
    path: "/relationship-responses",
    tag: "Responses",
    summary: "What persons said of the relationship as a whole, the latest first.",
    permission: "Manager and Auditor.",
    query: RelationshipAnswersInput,
    response: pageOf(RelationshipAnswer),
    handle: listRelationshipAnswers,
  }),
  endpoint({
    method: "POST",
    path: "/relationship-responses/{id}/withdraw",
    tag: "Responses",
    summary:
      "Delete what a person said of the relationship because she wants it so. That there was an answer stays in the audit.",
    permission: "Manager and Admin.",
    params: ById,
    body: WithdrawResponse.omit({ id: true }),
    handle: withdrawRelationship,
  }),
  endpoint({
    method: "GET",
    path: "/survey",
    tag: "Responses",
    summary: "Whether customers are asked, how many and what, and which share of positive interactions is aimed at.",
    permission: "Manager and Admin.",
    response: Survey,
    handle: getSurvey,
  }),
  endpoint({
    method: "PATCH",
    path: "/survey",
    tag: "Responses",
    summary:
      "Set whether customers are asked, and what. `version` is the one that was read; 0 before anything was set.",
    permission: "Manager and Admin.",
    body: SetSurvey,
    response: z.object({ version: z.number() }),
    handle: setSurvey,
  }),
  endpoint({
    method: "GET",
    path: "/survey/tool",
    tag: "Responses",
    summary:
      "Where outside survey tools send answers, and the secret they sign with: X-Timestamp (seconds) and X-Signature (hex HMAC-SHA-256 over `<seconds>.<body>`).",
    permission: "Admin.",
    response: ToolAccess,
    isSecret: true,
    handle: getToolAccess,
  }),
  endpoint({
    method: "POST",
    path: "/survey/tool/renew",
    tag: "Responses",
    summary: "Make a new secret for outside survey tools; the one before ends at once.",
    permission: "Admin.",
    response: ToolAccess,
    isSecret: true,
    handle: renewToolSecret,
  }),
];
