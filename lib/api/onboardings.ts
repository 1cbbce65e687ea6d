import { z } from "zod";
import { addMilestone, editMilestone, endOnboarding, noteKickoff, setMilestone } from "../onboardings/commands";
import { defineFirstValue, getFirstValue, measureFirstValue } from "../onboardings/first-value";
import { createPlan, listPlans, savePlan } from "../onboardings/plans";
import { getOnboarding, listOnboardings } from "../onboardings/queries";
import {
  AddMilestone,
  CreatePlan,
  DefineFirstValue,
  EditMilestone,
  EndOnboarding,
  MeasureFirstValue,
  milestoneStates,
  NoteKickoff,
  OnboardingsInput,
  onboardingStates,
  PlanMilestone,
  SavePlan,
  SetMilestone,
  StartOnboarding,
} from "../onboardings/schema";
import { startOnboarding } from "../onboardings/start";
import { ById, endpoint } from "../server/api-endpoint";

const Health = z
  .object({
    score: z.number().nullable().meta({ description: "0 to 100, the sum of the points; null without data" }),
    level: z.enum(["at_risk", "watch", "on_track", "no_data"]),
    terms: z.array(
      z.object({
        name: z.enum(["milestones", "touchpoints", "off_track", "experience", "first_value"]),
        weight: z.number(),
        value: z.number().nullable().meta({ description: "0 to 1; null without data, when the others count for it" }),
        points: z.number().nullable(),
        most: z.number().nullable(),
        facts: z.record(z.string(), z.number()),
      }),
    ),
  })
  .meta({ id: "OnboardingHealth" });

const Row = z
  .object({
    id: z.uuid(),
    version: z.number(),
    state: z.enum(onboardingStates),
    customerId: z.uuid(),
    customerName: z.string(),
    journeyId: z.uuid(),
    ownerId: z.uuid().nullable(),
    ownerName: z.string().nullable(),
    wonOn: z.string(),
    startedAt: z.string(),
    kickoffOn: z.string().nullable(),
    endedAt: z.string().nullable(),
    done: z.number(),
    total: z.number(),
    late: z.number(),
    next: z.object({ name: z.string(), nameHe: z.string().nullable(), dueAt: z.string() }).nullable(),
    targetOn: z.string().nullable(),
    reachedOn: z.string().nullable(),
    daysToFirstValue: z.number().nullable().meta({ description: "From the win; null until it was measured" }),
    health: Health,
  })
  .meta({ id: "OnboardingSummary" });

const FirstValue = z
  .object({
    text: z.string(),
    sign: z.string(),
    targetOn: z.string(),
    definedByName: z.string().nullable(),
    reachedOn: z.string().nullable(),
    evidence: z.string(),
    measuredByName: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: "FirstValue" });

const Onboarding = z
  .object({
    ...Row.shape,
    spokeId: z.uuid(),
    planVersion: z.number(),
    endNote: z.string(),
    milestones: z.array(
      z.object({
        id: z.uuid(),
        version: z.number(),
        name: z.string(),
        nameHe: z.string().nullable(),
        ownerId: z.uuid().nullable(),
        ownerName: z.string().nullable(),
        spokeId: z.uuid(),
        dueAt: z.string(),
        firstDueAt: z.string().meta({ description: "As first agreed; being on time is measured against it" }),
        isCustomerVisible: z.boolean(),
        state: z.enum(milestoneStates),
        endedAt: z.string().nullable(),
        endedByName: z.string().nullable(),
        note: z.string(),
      }),
    ),
    firstValue: FirstValue.nullable(),
    mayLead: z.boolean(),
    mine: z.array(z.uuid()).meta({ description: "Milestones that the caller may take" }),
  })
  .meta({ id: "Onboarding" });

const Plan = z
  .object({
    id: z.uuid().nullable().meta({ description: "Null: the usual plan, which nobody has saved" }),
    name: z.string(),
    version: z.number(),
    savedAt: z.string().nullable(),
    savedByName: z.string().nullable(),
    milestones: z.array(PlanMilestone),
  })
  .meta({ id: "OnboardingPlan" });

const Version = z.object({ version: z.number() });
const Versioned = z.object({ id: z.uuid(), version: z.number() });
const tag = "Onboardings";
const readers = "Everybody who sees the customer, its owner, and whoever has a milestone in it.";
const leaders = "OSC, CS, Implementation, Manager; its owner.";
const writers = "Everybody who may edit contacts and sees the customer.";

/** What follows a win: onboardings with their milestones, their plans, and the first value of a journey. */
export const onboardingEndpoints = [
  endpoint({
    method: "GET",
    path: "/onboardings",
    tag,
    summary: "Onboardings: open ones with those in danger first, at most two hundred; ended ones newest first.",
    permission: readers,
    query: OnboardingsInput,
    response: z.object({ data: z.array(Row), nextCursor: z.string().nullable(), isPartial: z.boolean() }),
    handle: listOnboardings,
  }),
  endpoint({
    method: "GET",
    path: "/onboardings/{id}",
    tag,
    summary: "One onboarding with its milestones, its first value, and its health term by term.",
    permission: readers,
    params: ById,
    response: Onboarding,
    handle: getOnboarding,
  }),
  endpoint({
    method: "POST",
    path: "/onboardings",
    tag,
    summary:
      "Begin the onboarding of a won journey from a plan; a sales-to-CS handoff that is accepted does so by itself.",
    permission: "OSC, CS, Implementation, Manager.",
    body: StartOnboarding,
    response: Versioned,
    status: 201,
    handle: startOnboarding,
  }),
  endpoint({
    method: "POST",
    path: "/onboardings/{id}/milestones",
    tag,
    summary: "Add a milestone.",
    permission: leaders,
    params: ById,
    body: AddMilestone.omit({ id: true }),
    response: z.object({ version: z.number(), milestoneId: z.uuid() }),
    status: 201,
    handle: addMilestone,
  }),
  endpoint({
    method: "PATCH",
    path: "/onboardings/{id}/milestones/{milestoneId}",
    tag,
    summary: "Rewrite an open milestone; the day first agreed stays.",
    permission: leaders,
    params: z.strictObject({ id: z.uuid(), milestoneId: z.uuid() }),
    body: EditMilestone.omit({ id: true, milestoneId: true }),
    response: Version,
    handle: editMilestone,
  }),
  endpoint({
    method: "POST",
    path: "/onboardings/{id}/milestones/{milestoneId}/state",
    tag,
    summary: "Begin, finish, miss or cancel a milestone; what ended stays so.",
    permission: "The milestone's owner and department; whoever leads.",
    params: z.strictObject({ id: z.uuid(), milestoneId: z.uuid() }),
    body: SetMilestone.omit({ id: true, milestoneId: true }),
    response: Version,
    handle: setMilestone,
  }),
  endpoint({
    method: "POST",
    path: "/onboardings/{id}/kickoff",
    tag,
    summary: "Write down the day of the kickoff, once.",
    permission: leaders,
    params: ById,
    body: NoteKickoff.omit({ id: true }),
    response: Version,
    handle: noteKickoff,
  }),
  endpoint({
    method: "POST",
    path: "/onboardings/{id}/end",
    tag,
    summary: "End it: done once no milestone is open, or cancelled with a reason.",
    permission: leaders,
    params: ById,
    body: EndOnboarding.omit({ id: true }),
    response: Version,
    handle: endOnboarding,
  }),
  endpoint({
    method: "GET",
    path: "/onboarding-plans",
    tag,
    summary: "Plans to begin an onboarding from; the usual one while none was saved.",
    permission: "Everybody.",
    response: z.object({ data: z.array(Plan) }),
    handle: listPlans,
  }),
  endpoint({
    method: "POST",
    path: "/onboarding-plans",
    tag,
    summary: "Write a new plan.",
    permission: "Manager.",
    body: CreatePlan,
    response: Versioned,
    status: 201,
    handle: createPlan,
  }),
  endpoint({
    method: "PATCH",
    path: "/onboarding-plans/{id}",
    tag,
    summary: "Rewrite a plan; onboardings that were begun keep what they were begun with.",
    permission: "Manager.",
    params: ById,
    body: SavePlan.omit({ id: true }),
    response: Versioned,
    handle: savePlan,
  }),
  endpoint({
    method: "GET",
    path: "/customers/{id}/first-value",
    tag,
    summary: "What was agreed at the sale to be the first value, and when it came.",
    permission: readers,
    params: ById,
    query: z.strictObject({ journeyId: z.uuid().optional() }),
    response: z.object({ journeyId: z.uuid(), firstValue: FirstValue.nullable() }),
    handle: (ctx, { id, journeyId }) => getFirstValue(ctx, { customerId: id, journeyId }),
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/first-value",
    tag,
    summary: "Say what the first value is, how one will notice, and by when. `version` 0 the first time.",
    permission: writers,
    params: ById,
    body: DefineFirstValue.omit({ customerId: true }),
    response: Version,
    handle: (ctx, { id, ...input }) => defineFirstValue(ctx, { ...input, customerId: id }),
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/first-value/reached",
    tag,
    summary: "Write down on which day the first value came and by what one saw it, once.",
    permission: writers,
    params: ById,
    body: MeasureFirstValue.omit({ customerId: true }),
    response: Version,
    handle: (ctx, { id, ...input }) => measureFirstValue(ctx, { ...input, customerId: id }),
  }),
];
