import { z } from "zod";
import { acknowledgeRelay, answerRelay, declineRelay, sendRelay } from "../relays/commands";
import { listRelays } from "../relays/list";
import { AnswerRelay, DeclineRelay, RelayKey, SendRelay } from "../relays/schema";
import { endpoint, Paging, pageOf } from "../server/api-endpoint";
import { onRow } from "./writes";

const states = ["sent", "acked", "done", "declined", "expired"] as const;

const RelayRow = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    journeyId: z.uuid(),
    fromId: z.uuid(),
    toSpokeId: z.uuid(),
    toId: z.uuid().nullable(),
    question: z.string(),
    state: z.string().meta({ description: states.join(", ") }),
    needBy: z.string(),
    sentAt: z.string(),
    ackedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    answer: z.string().nullable(),
    declineReason: z.string().nullable(),
    escalation: z.number().meta({ description: "0 owner, 1 hub too, 2 team lead, 3 manager" }),
    version: z.number(),
  })
  .meta({ id: "Relay" });

const tag = "Relays";
const receiver = { noun: "relays", tag, permission: "Whoever was asked, her department, Manager." };

export const relayEndpoints = [
  endpoint({
    method: "GET",
    path: "/relays",
    tag,
    summary: "Questions to departments, newest first.",
    permission: "Everybody; about customers one may see, and to one's own department.",
    query: z.strictObject({
      ...Paging.shape,
      customerId: z.uuid().optional(),
      spokeId: z.uuid().optional(),
      state: z.enum(states).optional(),
    }),
    response: pageOf(RelayRow),
    handle: listRelays,
  }),
  endpoint({
    method: "POST",
    path: "/relays",
    tag,
    summary: "Ask a department, or one of its people, about a customer; the clock runs.",
    permission: "OSC and Manager to anybody, the departments to the hub.",
    body: SendRelay,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handle: sendRelay,
  }),
  onRow({
    ...receiver,
    verb: "acknowledge",
    summary: "Say that the question arrived.",
    schema: RelayKey,
    command: acknowledgeRelay,
  }),
  onRow({
    ...receiver,
    verb: "answer",
    summary: "Answer; it lands on the customer's timeline.",
    schema: AnswerRelay,
    command: answerRelay,
  }),
  onRow({
    ...receiver,
    verb: "decline",
    summary: "Send the question back with the reason.",
    schema: DeclineRelay,
    command: declineRelay,
  }),
];
