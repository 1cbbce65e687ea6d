import { z } from "zod";
import { cancelHandoff, draftHandoff, fillPacketItem } from "../handoffs/commands";
import { declineHandoff } from "../handoffs/decline";
import { introduceHandoff } from "../handoffs/introduce";
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
  IntroduceHandoff,
  MarkReasked,
  ProposeHandoff,
  RateHandoff,
  RejectHandoff,
} from "../handoffs/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { Handoff, HandoffRow, Packet } from "./handoff-shapes";

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
