import { z } from "zod";
import { packetKeys } from "../handoffs/packet";
import { handoffStates, handoffTypes, rejectReasons } from "../handoffs/schema";
import { scenarios } from "../scenarios/vocabulary";

export const HandoffRow = z
  .object({
    id: z.uuid(),
    version: z.number(),
    parentId: z.uuid().nullable().meta({ description: "The whole of which it is a part" }),
    isParent: z.boolean().meta({ description: "It goes to several departments, each with a part of its own" }),
    state: z.enum(handoffStates),
    type: z.enum(handoffTypes),
    customerId: z.uuid(),
    customerName: z.string(),
    journeyId: z.uuid(),
    fromSpokeId: z.uuid(),
    fromId: z.uuid(),
    fromName: z.string(),
    toSpokeId: z.uuid(),
    toId: z.uuid().nullable(),
    toName: z.string().nullable(),
    draftedAt: z.string(),
    proposedAt: z.string().nullable(),
    dueAccept: z.string().nullable().meta({ description: "One business day after the proposal" }),
    expiredAt: z.string().nullable(),
    acceptedAt: z.string().nullable(),
    acceptedById: z.uuid().nullable(),
    acceptedByName: z.string().nullable(),
    dueFirstTouch: z.string().nullable().meta({ description: "Two business days after it was accepted" }),
    completedAt: z.string().nullable(),
    introductionDue: z.string().nullable().meta({ description: "By when the OSC introduces whoever took it" }),
    introducedAt: z.string().nullable().meta({ description: "From then on the customer's page shows whoever took it" }),
    rejectReason: z.enum(rejectReasons).nullable(),
    rejectNote: z.string(),
    missingItems: z.array(z.enum(packetKeys)),
    rejections: z.number(),
    escalation: z.number(),
    completeness: z.number().nullable().meta({ description: "Of the packet as it was proposed, 0 to 1" }),
    rating: z.number().nullable(),
    hadToRepeat: z.boolean().nullable(),
    quality: z.number().nullable().meta({ description: "0 to 1, once it was rated" }),
    scenario: z.enum(scenarios).nullable().meta({ description: "From sales to customer success" }),
    given: z.enum(scenarios).nullable().meta({ description: "What the deal was given at its decision stage" }),
    policyAnswer: z.enum(scenarios).nullable().meta({ description: "What the policy in force answered then" }),
    policyNumber: z.number().nullable(),
    overrideReason: z.string().nullable().meta({ description: "Why it is not the policy's" }),
  })
  .meta({ id: "HandoffSummary" });

const Fact = z.object({
  key: z.enum(packetKeys),
  isMandatory: z.boolean(),
  isPresent: z.boolean().nullable().meta({ description: "Null when the item does not apply" }),
  isApplicable: z.boolean(),
  text: z.string(),
  known: z.array(z.string()).meta({ description: "What is known without anybody writing it" }),
});

export const Handoff = z
  .object({
    ...HandoffRow.shape,
    note: z.string(),
    interactionId: z.uuid().nullable(),
    cancelReason: z.string(),
    isDeclined: z.boolean().meta({ description: "The customer refused whoever took her" }),
    parts: z.array(
      z.object({
        id: z.uuid(),
        toSpokeId: z.uuid(),
        toName: z.string().nullable(),
        state: z.enum(handoffStates),
      }),
    ),
    packet: z.array(Fact),
    reasks: z
      .array(
        z.object({
          id: z.uuid(),
          key: z.enum(packetKeys),
          question: z.string(),
          askedAt: z.string(),
          byName: z.string(),
        }),
      )
      .meta({ description: "What the customer was asked again although the packet answers it" }),
    capacityReason: z.string(),
    shortage: z
      .object({ free: z.number(), needed: z.number(), isShort: z.boolean() })
      .nullable()
      .meta({ description: "Minutes that whoever would take it has free, and that the scenario takes" }),
    csmMinutes: z
      .object({ presale: z.number(), after: z.number() })
      .nullable()
      .meta({ description: "What the journey took of customer success before and after it was won" }),
    may: z.object({
      propose: z.boolean(),
      answer: z.boolean(),
      rate: z.boolean(),
      cancel: z.boolean(),
      introduce: z.boolean(),
      reask: z.boolean(),
      logHours: z.boolean(),
      chooseScenario: z.boolean(),
      decline: z.boolean(),
      needsReason: z.boolean(),
    }),
  })
  .meta({ id: "Handoff" });

export const Packet = z
  .object({
    customerId: z.uuid(),
    customerName: z.string(),
    journeyId: z.uuid(),
    stageName: z.string(),
    accountableSpokeId: z.uuid(),
    completeness: z.number(),
    missing: z.array(z.enum(packetKeys)),
    items: z.array(
      z.object({
        ...Fact.shape,
        weight: z.number(),
        stageName: z.string().nullable().meta({ description: "The stage that owns the item" }),
        filledByName: z.string().nullable(),
        filledAt: z.string().nullable(),
        reasked: z.number().meta({ description: "How often the customer was asked it again" }),
        version: z.number(),
      }),
    ),
  })
  .meta({ id: "Packet" });
