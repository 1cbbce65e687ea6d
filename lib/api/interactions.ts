import { z } from "zod";
import { logInteraction } from "../interactions/commands";
import { listInteractions } from "../interactions/queries";
import { LogInteraction } from "../interactions/schema";
import { endpoint, Paging, pageOf } from "../server/api-endpoint";

const Interaction = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    journeyId: z.uuid().nullable(),
    personId: z.uuid().nullable(),
    personName: z.string().nullable(),
    medium: z.string(),
    route: z.string().nullable(),
    direction: z.string(),
    type: z.string(),
    isTwoWay: z.boolean(),
    isAutomated: z.boolean(),
    agentId: z.uuid().nullable(),
    agentName: z.string().nullable(),
    spokeId: z.uuid().nullable(),
    startedAt: z.string(),
    summary: z.string(),
    moments: z.array(z.string()),
    felt: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: "Interaction" });

const Logged = z
  .object({ id: z.uuid(), journeyId: z.uuid(), touchpointId: z.uuid().nullable() })
  .meta({ id: "LoggedInteraction" });

export const interactionEndpoints = [
  endpoint({
    method: "POST",
    path: "/interactions",
    tag: "Interactions",
    summary: "Log one contact with a customer, and what is expected next.",
    permission: "Everybody who may edit contacts.",
    body: LogInteraction,
    response: Logged,
    status: 201,
    handle: logInteraction,
  }),
  endpoint({
    method: "GET",
    path: "/customers/{id}/interactions",
    tag: "Interactions",
    summary: "A customer's contacts, newest first.",
    permission: "Everybody who may see the customer.",
    params: z.object({ id: z.uuid() }),
    query: Paging,
    response: pageOf(Interaction),
    handle: (ctx, { id, ...page }) => listInteractions(ctx, { customerId: id, ...page }),
  }),
];
