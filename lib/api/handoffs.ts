import { z } from "zod";
import { cancelHandoff, draftHandoff, fillPacketItem } from "../handoffs/commands";
import { declineHandoff } from "../handoffs/decline";
import { introduceHandoff } from "../handoffs/introduce";
import { packetKeys } from "../handoffs/packet";
import { proposeHandoff } from "../handoffs/propose";
import { getHandoff, getPacket, listHandoffs } from "../handoffs/queries";
import { markReasked } from "../handoffs/reask";
import { acceptHandoff, completeHandoff, rateHandoff, rejectHandoff } from "../handoffs/receive";
import { chooseScenario } from "../handoffs/scenario";
import {
  AcceptHandoff,
  CancelHandoff,
  ChooseScenario,
  CompleteHandoff,
  DraftHandoff,
  FillPacketItem,
  HandoffsInput,
  handoffStates,
  handoffTypes,
  IntroduceHandoff,
  MarkReasked,
  ProposeHandoff,
  RateHandoff,
  RejectHandoff,
  rejectReasons,
} from "../handoffs/schema";
import { scenarios } from "../scenarios/vocabulary";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const HandoffRow = z
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

const Handoff = z
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

const Packet = z
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

const Version = z.object({ version: z.number() });
const tag = "Handoffs";
const readers = "Everybody who sees the customer, and both departments.";
const sender = "The accountable department; a manager with a reason.";
const receiver = "Members of the receiving department, except who sent it.";

/** Handing a journey from one department to another, with the packet that goes along. */
export const handoffEndpoints = [
  endpoint({
    method: "GET",
    path: "/handoffs",
    tag,
    summary: "Handoffs, newest first: those to the caller's department, from it, or all.",
    permission: readers,
    query: HandoffsInput,
    response: pageOf(HandoffRow),
    handle: listHandoffs,
  }),
  endpoint({
    method: "GET",
    path: "/handoffs/{id}",
    tag,
    summary: "One handoff with the packet as it was proposed.",
    permission: readers,
    params: ById,
    response: Handoff,
    handle: getHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs",
    tag,
    summary: "Prepare a handoff of a customer's journey to another department; nobody is asked yet.",
    permission: sender,
    body: DraftHandoff,
    response: z.object({ id: z.uuid(), version: z.number() }),
    status: 201,
    handle: draftHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/scenario",
    tag,
    summary:
      "Choose the scenario before it is proposed; another than the policy's where its rule allows it, with a reason.",
    permission: sender,
    params: ById,
    body: ChooseScenario.omit({ id: true }),
    response: Version,
    handle: chooseScenario,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/propose",
    tag,
    summary: "Ask the receiver to take it, also again after a refusal; refused while a mandatory item is missing.",
    permission: sender,
    params: ById,
    body: ProposeHandoff.omit({ id: true }),
    response: z.object({ version: z.number(), dueAccept: z.string(), completeness: z.number() }),
    handle: proposeHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/accept",
    tag,
    summary: "Take the journey; from now on the receiver answers for it.",
    permission: receiver,
    params: ById,
    body: AcceptHandoff.omit({ id: true }),
    response: z.object({ version: z.number(), dueFirstTouch: z.string() }),
    handle: acceptHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/reject",
    tag,
    summary: "Send it back with why and what is missing; the sender still answers.",
    permission: receiver,
    params: ById,
    body: RejectHandoff.omit({ id: true }),
    response: Version,
    handle: rejectHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/complete",
    tag,
    summary: "Name the receiver's first two-way contact after she accepted; a contact logged here does so by itself.",
    permission: receiver,
    params: ById,
    body: CompleteHandoff.omit({ id: true }),
    response: Version,
    handle: completeHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/introduce",
    tag,
    summary: "Say that the OSC has introduced whoever took it: logs the contact, or names one that was logged.",
    permission: "The journey's OSC, and members of the receiving department.",
    params: ById,
    body: IntroduceHandoff.omit({ id: true }),
    response: Version,
    handle: introduceHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/reasked",
    tag,
    summary:
      "Mark a question that was asked again although an item of the packet answers it; it counts in the quality.",
    permission: receiver,
    params: ById,
    body: MarkReasked.omit({ id: true }),
    response: z.object({ id: z.uuid(), version: z.number() }),
    status: 201,
    handle: markReasked,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/rate",
    tag,
    summary: "Rate what was handed over, 1 to 5, and whether the customer had to repeat herself; answers the quality.",
    permission: receiver,
    params: ById,
    body: RateHandoff.omit({ id: true }),
    response: z.object({ version: z.number(), quality: z.number() }),
    handle: rateHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/cancel",
    tag,
    summary: "Give a handoff up before it was accepted.",
    permission: sender,
    params: ById,
    body: CancelHandoff.omit({ id: true }),
    response: Version,
    handle: cancelHandoff,
  }),
  endpoint({
    method: "POST",
    path: "/handoffs/{id}/decline",
    tag,
    summary: "Say that the customer refuses whoever took her, before their first talk: she stays with the sender.",
    permission: "The journey's OSC, both departments, and a manager; always with a reason.",
    params: ById,
    body: CancelHandoff.omit({ id: true }),
    response: Version,
    handle: declineHandoff,
  }),
  endpoint({
    method: "GET",
    path: "/customers/{id}/packet",
    tag,
    summary: "What the next department needs to know of the customer's journey, and how complete it is.",
    permission: readers,
    params: ById,
    query: z.strictObject({ journeyId: z.uuid().optional() }),
    response: Packet,
    handle: async (ctx, { id, journeyId }) => (await getPacket(ctx, { customerId: id, journeyId })).packet,
  }),
  endpoint({
    method: "POST",
    path: "/customers/{id}/packet",
    tag,
    summary: "Write one item of the packet, or say that it does not apply (for promises: none were made).",
    permission: "Everybody who may edit contacts and sees the customer.",
    params: ById,
    body: FillPacketItem.omit({ customerId: true }),
    response: Version,
    handle: (ctx, { id, ...input }) => fillPacketItem(ctx, { ...input, customerId: id }),
  }),
];
