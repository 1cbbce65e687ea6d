import { z } from "zod";
import { latestEvent, listEvents } from "../events/queries";
import { subscribe } from "../live/hub";
import { eventStream, resumeFrom } from "../live/stream";
import { endpoint, pageOf } from "../server/api-endpoint";

const EventView = z
  .object({
    seq: z.number().meta({ description: "Without gaps, in the order of the commits" }),
    type: z.string().meta({ example: "interaction.logged" }),
    subject: z.string().nullable().meta({ example: "interaction:0192f0c4-…" }),
    customerId: z.uuid().nullable(),
    journeyId: z.uuid().nullable(),
    at: z.string(),
  })
  .meta({ id: "Event", description: "Ids only: read what it is about under your own permissions." });

export const eventEndpoints = [
  endpoint({
    method: "GET",
    path: "/events",
    tag: "Events",
    summary: "What happened behind `after`; with `Accept: text/event-stream` it goes on as it happens.",
    permission: "Everybody; events of customers one may see.",
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    cursorName: "after",
    answers: "events",
    response: pageOf(EventView),
    handle: async (ctx, { after, limit }, { request }) => {
      if (!request.headers.get("accept")?.includes("text/event-stream"))
        return listEvents(ctx, { after: after ?? 0, limit });
      const last = resumeFrom(request, after?.toString()) ?? (await latestEvent(ctx.workspaceId));
      const pass = { kind: "key", id: ctx.actor.kind === "key" ? ctx.actor.id : "" } as const;
      return eventStream({
        isNamed: true,
        signal: request.signal,
        begin: ({ send, end }) => subscribe({ ctx, pass, last, deliver: send, end }),
      });
    },
  }),
];
